import { Columns3 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { ui } from '../../words/ui.ts'
import { IconButton } from '../actions/Button.tsx'
import { Checkbox } from '../choices/Checkbox.tsx'
import { Popover } from '../overlays/Popover.tsx'
import type { ColumnOf } from './columns.ts'
import './lists.css'

/** Which columns of a page's table are shown, remembered on this device, and the button that chooses them. */
export function useColumns<T>(name: string, columns: ColumnOf<T>[]) {
  const place = `pipewright.columns.${name}`
  const [hidden, setHidden] = useState<string[]>(
    () => remembered(place) ?? idsOf(columns, ({ isOptional }) => isOptional),
  )
  const shown = useMemo(
    () => columns.filter(({ id, isFixed, isRowHeader }) => isFixed || isRowHeader || !hidden.includes(id)),
    [columns, hidden],
  )

  function hide(id: string, isHidden: boolean) {
    const next = isHidden ? [...hidden, id] : hidden.filter((other) => other !== id)
    localStorage.setItem(place, JSON.stringify(next))
    setHidden(next)
  }
  const chooser = (
    <Popover
      label={ui.chooseColumns}
      placement="bottom end"
      trigger={<IconButton icon={Columns3} label={ui.chooseColumns} look="quiet" />}
    >
      <div className="column-choices">
        {columns
          .filter(({ isFixed, isRowHeader }) => !isFixed && !isRowHeader)
          .map(({ id, title }) => (
            <Checkbox key={id} isSelected={!hidden.includes(id)} onChange={(isShown) => hide(id, !isShown)}>
              {title}
            </Checkbox>
          ))}
      </div>
    </Popover>
  )
  return { shown, chooser }
}

const idsOf = <T,>(columns: ColumnOf<T>[], which: (column: ColumnOf<T>) => boolean | undefined) =>
  columns.filter(which).map(({ id }) => id)

function remembered(place: string): string[] | undefined {
  try {
    return JSON.parse(localStorage.getItem(place) ?? '') as string[]
  } catch {
    return undefined
  }
}
