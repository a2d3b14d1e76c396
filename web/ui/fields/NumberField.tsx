import { Minus, Plus } from 'lucide-react'
import { NumberField as AriaNumberField, Button, Group, Input, type NumberFieldProps } from 'react-aria-components'
import { ui } from '../../words/ui.ts'
import { Icon } from '../actions/Icon.tsx'
import { Field, type FieldProps } from './Field.tsx'

interface Props extends Omit<NumberFieldProps, 'className' | 'style' | 'children'>, FieldProps {
  unit?: string
}

/** A count, a percentage, some days. Money has a field of its own. */
export function NumberField({ label, isLabelHidden, help, error, unit, ...props }: Props) {
  return (
    <AriaNumberField {...props} isInvalid={props.isInvalid ?? (error ? true : undefined)} className="field">
      <Field label={label} isLabelHidden={isLabelHidden} help={help} error={error}>
        <Group className="control">
          <Input className="figures" />
          {unit && <span className="control-side">{unit}</span>}
          <Button slot="decrement" className="control-button" aria-label={ui.decrease}>
            <Icon icon={Minus} size={14} />
          </Button>
          <Button slot="increment" className="control-button" aria-label={ui.increase}>
            <Icon icon={Plus} size={14} />
          </Button>
        </Group>
      </Field>
    </AriaNumberField>
  )
}
