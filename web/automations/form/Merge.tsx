import { Braces } from 'lucide-react'
import { createContext, type ReactNode, useContext, useRef } from 'react'
import { IconButton } from '../../ui/actions/Button.tsx'
import { ComboBox } from '../../ui/choices/ComboBox.tsx'
import type { Option } from '../../ui/choices/options.tsx'
import { Popover } from '../../ui/overlays/Popover.tsx'
import { formWords as words } from '../../words/automationForms.ts'

export interface Offers {
  /** What merge fields there are; none where a merge field would not be filled in. */
  merge: Option[]
  /** What conditions may ask about. */
  fields: Option[]
  /** Where something stands in the payloads that came. */
  paths: string[]
}

const OffersContext = createContext<Offers>({ merge: [], fields: [], paths: [] })
export const OffersProvider = OffersContext
export const useOffers = () => useContext(OffersContext)

interface Props {
  value: string
  onChange: (text: string) => void
  children: ReactNode
}

/** A text field with the button that puts a merge field where the caret stands. */
export function WithMerge({ value, onChange, children }: Props) {
  const { merge } = useOffers()
  const frame = useRef<HTMLDivElement>(null)
  if (merge.length === 0) return children

  function insert(field: string) {
    const input = frame.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea')
    const at = input?.selectionStart ?? value.length
    onChange(`${value.slice(0, at)}{{${field}}}${value.slice(input?.selectionEnd ?? at)}`)
  }
  return (
    <div className="merge-field" ref={frame}>
      {children}
      <Popover
        label={words.insert}
        placement="bottom end"
        trigger={<IconButton icon={Braces} label={words.insert} look="quiet" />}
      >
        {(close) => (
          <ComboBox
            label={words.insertSearch}
            placeholder={words.insertPlaceholder}
            options={merge}
            value={null}
            onChange={(id) => {
              if (id) insert(id)
              close()
            }}
            autoFocus
          />
        )}
      </Popover>
    </div>
  )
}
