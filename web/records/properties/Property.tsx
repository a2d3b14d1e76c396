import type { ReactNode } from 'react'
import { Button } from '../../ui/actions/Button.tsx'
import { recordWords as words } from '../../words/records.ts'
import type { FieldState } from './useField.ts'
import './properties.css'

/** Fields in place, one below the other: label at the left, what stands in it at the right. */
export const Properties = ({ label, children }: { label?: string; children: ReactNode }) => (
  <fieldset className="properties" {...(label && { 'aria-label': label })}>
    {children}
  </fieldset>
)

/** Around one field in place. What was typed and is not saved yet says so, and can be saved or thrown away. */
export function Property<T>({ field, children }: { field: FieldState<T>; children: ReactNode }) {
  const { handlers, isLeft, isPending, commit, discard } = field
  return (
    <div className="property" data-pending={isPending || undefined}>
      <div {...handlers}>{children}</div>
      {isLeft && (
        <p className="property-left small" role="status">
          <span className="soft">{words.unsaved}</span>
          <Button look="plain" onPress={commit}>
            {words.save}
          </Button>
          <Button look="plain" onPress={discard}>
            {words.discard}
          </Button>
        </p>
      )}
    </div>
  )
}

/** What cannot be changed here, in the same row. */
export const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="property fact">
    <span className="field-label">{label}</span>
    <span className="fact-value">{children}</span>
  </div>
)
