import { memo } from 'react'
import { ui } from '../../../words/ui.ts'
import type { ColumnOf } from '../columns.ts'
import { Tick } from './Tick.tsx'

interface Props<T> {
  id: string
  /** Where it stands, from 0, and how far that is below the header. */
  at: number
  top: number
  row: T
  columns: ColumnOf<T>[]
  /** Of the cell that names it. */
  nameId: string
  isCurrent: boolean
  /** Null where rows cannot be selected. */
  isSelected: boolean | null
  onTick: (id: string, isShifted: boolean) => void
}

/** Drawn anew only if something of it is other than before, and its cells only for another row or other columns. */
export const Row = memo(function Row<T>(props: Props<T>) {
  const { id, at, top, row, columns, nameId, isCurrent, isSelected, onTick } = props
  return (
    <tr
      className="row"
      data-row={id}
      data-selected={isSelected || undefined}
      aria-rowindex={at + 2}
      aria-selected={isSelected ?? undefined}
      tabIndex={isCurrent ? 0 : -1}
      style={{ top }}
    >
      {isSelected !== null && (
        <td aria-colindex={1} className="cell box">
          <Tick label={ui.selectRow} of={nameId} isOn={isSelected} onChange={(isShifted) => onTick(id, isShifted)} />
        </td>
      )}
      <Cells row={row} columns={columns} nameId={nameId} before={isSelected === null ? 0 : 1} />
    </tr>
  )
}) as <T>(props: Props<T>) => React.ReactElement

interface CellsProps<T> extends Pick<Props<T>, 'row' | 'columns' | 'nameId'> {
  /** How many columns stand before them. */
  before: number
}

const Cells = memo(function Cells<T>({ row, columns, nameId, before }: CellsProps<T>) {
  return columns.map((column, at) => {
    const shown = {
      'aria-colindex': before + at + 1,
      className: column.align === 'end' ? 'cell end' : 'cell',
      children: column.cell(row),
    }
    return column.isRowHeader ? (
      <th key={column.id} scope="row" id={nameId} {...shown} />
    ) : (
      <td key={column.id} {...shown} />
    )
  })
}) as <T>(props: CellsProps<T>) => React.ReactElement
