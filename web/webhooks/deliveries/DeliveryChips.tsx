import { useState } from 'react'
import { Choices } from '../../filters/Choices.tsx'
import { Button } from '../../ui/actions/Button.tsx'
import { DateField } from '../../ui/fields/DateField.tsx'
import { Form } from '../../ui/fields/Form.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { Chip, Chips } from '../../ui/lists/Chips.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { deliveryWords as words } from '../../words/deliveries.ts'
import { eventTypes } from '../eventTypes.ts'
import { isSet, type Search } from './search.ts'

interface Props {
  search: Search
  onChange: (part: Partial<Search>) => void
}

export const noSearch: Search = { state: '', type: '', recordId: '', from: '', to: '' }

/** “state is failed · event is NoteCreate · sent from 20 Nov on” */
export const DeliveryChips = (props: Props) => (
  <Chips label={words.filters}>
    <StateChip {...props} />
    <TypeChip {...props} />
    <RecordChip {...props} />
    <SpanChip {...props} />
    {isSet(props.search) && (
      <Button look="plain" onPress={() => props.onChange(noSearch)}>
        {words.clear}
      </Button>
    )}
  </Chips>
)

const states = ['waiting', 'delivered', 'failed'] as const
const stateName = (state: string) => (words.states as Record<string, string>)[state] ?? state

const StateChip = ({ search: { state }, onChange }: Props) => (
  <Chip
    label={words.state}
    {...(state && { says: words.is(stateName(state).toLowerCase()) })}
    onClear={() => onChange({ state: '' })}
  >
    {(close) => (
      <Choices
        label={words.state}
        isOne
        chosen={state ? [state] : []}
        options={states.map((id) => ({ id, label: stateName(id) }))}
        onChange={([state = '']) => {
          onChange({ state })
          close()
        }}
      />
    )}
  </Chip>
)

const TypeChip = ({ search: { type }, onChange }: Props) => (
  <Chip label={words.type} {...(type && { says: words.is(type) })} onClear={() => onChange({ type: '' })}>
    {(close) => (
      <Choices
        label={words.type}
        isOne
        chosen={type ? [type] : []}
        options={eventTypes.map((id) => ({ id, label: id }))}
        onChange={([type = '']) => {
          onChange({ type })
          close()
        }}
      />
    )}
  </Chip>
)

const RecordChip = ({ search: { recordId }, onChange }: Props) => (
  <Chip label={words.record} {...(recordId && { says: words.is(recordId) })} onClear={() => onChange({ recordId: '' })}>
    {(close) => <RecordForm recordId={recordId} onChange={onChange} close={close} />}
  </Chip>
)

function RecordForm({ recordId, onChange, close }: Omit<Props, 'search'> & { recordId: string; close: () => void }) {
  const [typed, setTyped] = useState(recordId)
  const submit = () => {
    onChange({ recordId: typed.trim() })
    close()
  }
  return (
    <Form onSubmit={submit}>
      <TextField label={words.recordId} help={words.recordIdHelp} value={typed} onChange={setTyped} autoFocus />
    </Form>
  )
}

function SpanChip({ search: { from, to }, onChange }: Props) {
  const { day } = useFormats()
  const shown = (date: string) => (date ? day(new Date(`${date}T12:00`).getTime()) : null)
  return (
    <Chip
      label={words.when}
      {...((from || to) && { says: words.within(shown(from), shown(to)) })}
      onClear={() => onChange({ from: '', to: '' })}
    >
      <DateField label={words.from} value={from || null} onChange={(from) => onChange({ from: from ?? '' })} />
      <DateField label={words.to} value={to || null} onChange={(to) => onChange({ to: to ?? '' })} />
    </Chip>
  )
}
