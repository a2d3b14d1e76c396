import type { ReactNode } from 'react'
import { Link } from 'react-aria-components'
import { useWriting } from './useWriting.ts'

export interface ColumnOf<Row> {
  id: string
  title: string
  cell: (row: Row) => ReactNode
  /** Of all rows together. */
  total?: ReactNode
}

interface Props<Row> {
  label: string
  /** The first one names the row; the others are figures. */
  columns: ColumnOf<Row>[]
  rows: Row[]
  rowId: (row: Row) => string
  totalLabel?: string
}

/** The figures behind a chart. All of its rows are there: it is read from the top to the bottom, and printed. */
export function ReportTable<Row>({ label, columns, rows, rowId, totalLabel }: Props<Row>) {
  const [name, ...figures] = columns
  return (
    <section className="report-table" aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map(({ id, title }) => (
              <th key={id} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowId(row)}>
              <th scope="row">
                <span className="report-name">{name?.cell(row)}</span>
              </th>
              {figures.map(({ id, cell }) => (
                <td key={id}>{cell(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
        {totalLabel && (
          <tfoot>
            <tr>
              <th scope="row">{totalLabel}</th>
              {figures.map(({ id, total }) => (
                <td key={id}>{total}</td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  )
}

/** A figure that opens the deals it counts; nothing to open where there are none. */
export const Count = ({ count, href, label }: { count: string; href?: string | undefined; label?: string }) =>
  count === '0' ? (
    <span className="faint">0</span>
  ) : href ? (
    <Link href={href} {...(label && { 'aria-label': `${label}: ${count}` })}>
      {count}
    </Link>
  ) : (
    count
  )

/** What is not there is no zero. */
export const orNothing = (text: string | null): ReactNode => text ?? <span className="faint">–</span>

export function Sum({ amount }: { amount: number }) {
  const { exact } = useWriting()
  return amount === 0 ? <span className="faint">{exact(0)}</span> : exact(amount)
}
