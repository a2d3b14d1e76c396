import { ChevronsUpDown } from 'lucide-react'
import {
  ComboBox as AriaComboBox,
  type ComboBoxProps as AriaProps,
  Button,
  Group,
  Input,
  ListBox,
  Popover,
} from 'react-aria-components'
import { ui } from '../../words/ui.ts'
import { Icon } from '../actions/Icon.tsx'
import { Field, type FieldProps } from '../fields/Field.tsx'
import { type Option, OptionItem } from './options.tsx'

interface Props
  extends Omit<
      AriaProps<Option>,
      'className' | 'style' | 'children' | 'value' | 'onChange' | 'items' | 'selectionMode'
    >,
    FieldProps {
  options: Option[]
  value: string | null
  onChange: (id: string | null) => void
  placeholder?: string
  /** The server searches: `options` are what it found for what was typed, which `onInputChange` tells. */
  isSearchedElsewhere?: boolean
}

/** One of many, found by typing. */
export function ComboBox({ label, isLabelHidden, help, error, options, value, onChange, placeholder, ...rest }: Props) {
  const { isSearchedElsewhere, ...props } = rest
  return (
    <AriaComboBox
      menuTrigger="focus"
      {...props}
      value={value}
      onChange={(id) => onChange(id === null ? null : String(id))}
      {...(isSearchedElsewhere ? { items: options } : { defaultItems: options })}
      allowsEmptyCollection
      isInvalid={props.isInvalid ?? (error ? true : undefined)}
      className="field"
    >
      <Field label={label} isLabelHidden={isLabelHidden} help={help} error={error}>
        <Group className="control">
          <Input placeholder={placeholder} />
          <Button className="control-button" aria-label={ui.showChoices}>
            <Icon icon={ChevronsUpDown} size={14} />
          </Button>
        </Group>
      </Field>
      <Popover className="popover options-popover" offset={4}>
        <ListBox<Option> className="options" renderEmptyState={() => <p className="options-none">{ui.nothingFound}</p>}>
          {(option) => <OptionItem {...option} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  )
}
