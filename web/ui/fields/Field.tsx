import { CircleAlert } from 'lucide-react'
import { type ReactNode, useContext } from 'react'
import { FieldError, FieldErrorContext, Label, Text, type ValidationResult } from 'react-aria-components'
import { ui } from '../../words/ui.ts'
import { Icon } from '../actions/Icon.tsx'
import { useHeld } from './useHeld.ts'
import './fields.css'

/** What every field has: its label above, help below, and in its place the error, in words that say what to do. */
export interface FieldProps {
  label: string
  /** The label is read aloud but not shown, as for the one field of a row. */
  isLabelHidden?: boolean
  help?: ReactNode
  /** What is wrong, if the caller knows; errors of a Form find their field by its `name`. */
  error?: string
}

interface Props extends FieldProps {
  isRequired?: boolean
  children: ReactNode
}

/** Inside any of React Aria's fields. What stands below it comes and goes between presses only. */
export function Field({ label, isLabelHidden, children, ...now }: Props) {
  const { help, error, validation } = useHeld({ ...now, validation: useContext(FieldErrorContext) })
  return (
    <>
      <Label className={isLabelHidden ? 'unseen' : 'field-label'}>{label}</Label>
      {children}
      {help && (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      )}
      <FieldErrorContext value={validation}>
        <FieldError className="field-error">
          {(validation) => (
            <>
              <Icon icon={CircleAlert} size={14} />
              <span>{error ?? sentence(validation, label)}</span>
            </>
          )}
        </FieldError>
      </FieldErrorContext>
    </>
  )
}

function sentence({ validationErrors, validationDetails }: ValidationResult, label: string): string {
  if (validationDetails.valueMissing) return ui.required(label)
  return validationErrors.join(' ')
}
