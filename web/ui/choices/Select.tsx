import { ChevronsUpDown } from 'lucide-react'
import {
  type SelectProps as AriaProps,
  Select as AriaSelect,
  Button,
  ListBox,
  Popover,
  SelectValue,
} from 'react-aria-components'
import { Icon } from '../actions/Icon.tsx'
import { Field, type FieldProps } from '../fields/Field.tsx'
import { type Option, OptionItem } from './options.tsx'

interface Props
  extends Omit<AriaProps<Option>, 'className' | 'style' | 'children' | 'value' | 'onChange' | 'selectionMode'>,
    FieldProps {
  options: Option[]
  value: string | null
  onChange: (id: string) => void
}

/** One of a few. Of many, or of many that the server searches, a ComboBox. */
export function Select({ label, isLabelHidden, help, error, options, value, onChange, ...props }: Props) {
  return (
    <AriaSelect
      {...props}
      value={value}
      onChange={(id) => id !== null && onChange(String(id))}
      isInvalid={props.isInvalid ?? (error ? true : undefined)}
      className="field"
    >
      <Field label={label} isLabelHidden={isLabelHidden} help={help} error={error}>
        <Button className="control select">
          <SelectValue className="select-value" />
          <Icon icon={ChevronsUpDown} size={14} />
        </Button>
      </Field>
      <Popover className="popover options-popover" offset={4}>
        <ListBox items={options} className="options">
          {(option) => <OptionItem {...option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
