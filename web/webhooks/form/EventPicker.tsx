import { Checkbox } from '../../ui/choices/Checkbox.tsx'
import { Segments } from '../../ui/choices/Segments.tsx'
import { webhookFormWords as words } from '../../words/webhooks.ts'
import { eventGroups, eventTypes } from '../eventTypes.ts'
import type { Draft } from './draft.ts'

interface Props {
  draft: Draft
  onChange: (part: Partial<Draft>) => void
}

/** Everything, or what is chosen one by one. */
export const EventPicker = ({ draft: { isEvery, types }, onChange }: Props) => (
  <fieldset className="webhook-events-picker">
    <legend className="field-label">{words.events}</legend>
    <Segments
      label={words.events}
      options={[
        { id: 'chosen', label: words.chosen },
        { id: 'every', label: words.every },
      ]}
      value={isEvery ? 'every' : 'chosen'}
      onChange={(id) => onChange({ isEvery: id === 'every' })}
    />
    {isEvery ? (
      <p className="field-help">{words.everyHelp}</p>
    ) : (
      <div className="event-groups">
        {eventGroups.map((group) => (
          <Group key={group.id} group={group} types={types} onChange={(types) => onChange({ types })} />
        ))}
      </div>
    )}
  </fieldset>
)

interface GroupProps {
  group: (typeof eventGroups)[number]
  types: string[]
  onChange: (types: string[]) => void
}

function Group({ group, types, onChange }: GroupProps) {
  const own: readonly string[] = group.types
  const chosen = own.filter((type) => types.includes(type))
  const choose = (some: readonly string[], isChosen: boolean) =>
    onChange(eventTypes.filter((type) => (some.includes(type) ? isChosen : types.includes(type))))
  return (
    <div className="event-group">
      <Checkbox
        isSelected={chosen.length === own.length}
        isIndeterminate={chosen.length > 0 && chosen.length < own.length}
        onChange={(isChosen) => choose(own, isChosen)}
      >
        <strong>{words.allOf(words.groups[group.id])}</strong>
      </Checkbox>
      {own.map((type) => (
        <Checkbox key={type} isSelected={types.includes(type)} onChange={(isChosen) => choose([type], isChosen)}>
          {type}
        </Checkbox>
      ))}
    </div>
  )
}
