import type { Static } from '@sinclair/typebox'
import { useState } from 'react'
import type { CountReply, RangeBody } from '../../../src/api/console/deliveryWire.ts'
import { useChange } from '../../api/change.ts'
import { post } from '../../api/client.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { Checkbox } from '../../ui/choices/Checkbox.tsx'
import { Select } from '../../ui/choices/Select.tsx'
import { DateField } from '../../ui/fields/DateField.tsx'
import { Form } from '../../ui/fields/Form.tsx'
import { Buttons, Dialog } from '../../ui/overlays/Dialog.tsx'
import { deliveryWords as words } from '../../words/deliveries.ts'
import { ui } from '../../words/ui.ts'
import type { Webhook } from '../useWebhooks.ts'
import { type Range, rangeBody, type Span, type State, spans, states } from './range.ts'

const usual: Range = { span: 'day', from: null, to: null, states: ['failed'] }

/** Sends much again, such as after the receiver was mended. */
export function RangeDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const [range, setRange] = useState(usual)
  const [hint, setHint] = useState<string>()
  const change = (part: Partial<Range>) => setRange({ ...range, ...part })
  const resend = useChange<Static<typeof RangeBody>, Static<typeof CountReply>>({
    run: (body) => post(`/console/webhooks/${webhook.id}/redeliver`, body),
    isAlone: true,
    says: (_body, { count }) => words.resent(count),
    done: onClose,
    refetch: [['webhooks']],
  })
  const submit = () => {
    setHint(range.states.length === 0 ? words.noStates : undefined)
    if (range.states.length > 0) resend.mutate(rangeBody(range, Date.now()))
  }
  return (
    <Dialog title={words.rangeTitle} onClose={onClose}>
      <Form onSubmit={submit} problem={hint ?? resend.error?.message}>
        <p className="soft">{words.rangeHelp}</p>
        <Select
          label={words.span}
          options={spans.map((id) => ({ id, label: words.spans[id] }))}
          value={range.span}
          onChange={(span) => change({ span: span as Span })}
        />
        {range.span === 'days' && (
          <div className="field-row">
            <DateField label={words.from} value={range.from} onChange={(from) => change({ from })} isRequired />
            <DateField label={words.to} value={range.to} onChange={(to) => change({ to })} />
          </div>
        )}
        <fieldset className="range-states">
          <legend className="field-label">{words.which}</legend>
          {states.map((state) => (
            <Checkbox
              key={state}
              isSelected={range.states.includes(state)}
              onChange={(isChosen) => change({ states: chosen(range.states, state, isChosen) })}
            >
              {words.states[state]}
            </Checkbox>
          ))}
        </fieldset>
        <Buttons>
          <Button onPress={onClose}>{ui.cancel}</Button>
          <Button look="primary" type="submit" isPending={resend.isPending}>
            {words.rangeAction}
          </Button>
        </Buttons>
      </Form>
    </Dialog>
  )
}

const chosen = (before: State[], state: State, isChosen: boolean): State[] =>
  states.filter((one) => (one === state ? isChosen : before.includes(one)))
