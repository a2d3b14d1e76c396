import type { ReactNode, Ref } from 'react'
import {
  type TextFieldProps as AriaProps,
  TextField as AriaTextField,
  Group,
  Input,
  TextArea,
} from 'react-aria-components'
import { Field, type FieldProps } from './Field.tsx'

interface Props extends Omit<AriaProps, 'className' | 'style' | 'children'>, FieldProps {
  placeholder?: string
  /** More than one line: as high as what is in it, from so many lines on. */
  lines?: number
  /** Inside the frame: a unit at the end, an icon at the start. */
  before?: ReactNode
  after?: ReactNode
  inputRef?: Ref<HTMLInputElement>
}

export function TextField({
  label,
  isLabelHidden,
  help,
  error,
  lines,
  before,
  after,
  placeholder,
  inputRef,
  ...props
}: Props) {
  return (
    <AriaTextField {...props} isInvalid={props.isInvalid ?? (error ? true : undefined)} className="field">
      <Field label={label} isLabelHidden={isLabelHidden} help={help} error={error}>
        {lines ? (
          <TextArea
            placeholder={placeholder}
            className="control text-area"
            style={{ minHeight: `calc(${lines * 1.45}em + 14px)` }}
          />
        ) : (
          <Group className="control">
            {before && <span className="control-side">{before}</span>}
            <Input ref={inputRef} placeholder={placeholder} />
            {after && <span className="control-side">{after}</span>}
          </Group>
        )}
      </Field>
    </AriaTextField>
  )
}
