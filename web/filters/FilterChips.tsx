import type { ReactNode } from 'react'
import { type Named, useTags, useUsers } from '../api/lookups.ts'
import { useSession } from '../api/session.tsx'
import { Button } from '../ui/actions/Button.tsx'
import { Chip, Chips } from '../ui/lists/Chips.tsx'
import { Avatar } from '../ui/marks/Avatar.tsx'
import { useFormats } from '../ui/marks/formats.ts'
import { filterWords as words } from '../words/filters.ts'
import { FoundChips } from './FoundChips.tsx'
import { areSet, type Filters, noFilters, type StatusFilter, statuses } from './filters.ts'
import { Choices, MoneyField, NumberField } from './later.tsx'
import type { ChangeFilters } from './useFilters.ts'

interface Props {
  filters: Filters
  onChange: ChangeFilters
  /** How many deals each status has left, where that is known. */
  counts?: Partial<Record<StatusFilter, number>>
  /** Filters of the page's own, which stand first. */
  children?: ReactNode
}

/** The filters as a sentence, each part of which can be changed: “status is open · owner is Ada · value over 1,000”. */
export const FilterChips = (props: Props) => (
  <Chips label={words.filters}>
    {props.children}
    <StatusChip {...props} />
    <OwnerChip {...props} />
    <TagChip {...props} />
    <ValueChip {...props} />
    <AgeChip {...props} />
    <FoundChips {...props} />
    {areSet(props.filters) && (
      <Button look="plain" onPress={() => props.onChange({ ...noFilters, query: '' })}>
        {words.clear}
      </Button>
    )}
  </Chips>
)

function StatusChip({ filters: { status }, onChange, counts }: Props) {
  const { count } = useFormats()
  return (
    <Chip label={words.status} says={words.isStatus(status)}>
      {(close) => (
        <Choices
          label={words.status}
          isOne
          chosen={[status]}
          options={[...statuses, 'all' as const].map((id) => {
            const found = counts?.[id]
            return { id, label: words.statuses[id], ...(found !== undefined && { detail: count(found) }) }
          })}
          onChange={([id]) => {
            onChange({ status: id as StatusFilter })
            close()
          }}
        />
      )}
    </Chip>
  )
}

function OwnerChip({ filters: { owners }, onChange }: Props) {
  const { user } = useSession()
  const users = useUsers()
  // Whoever sees only their own deals has nobody to choose from.
  if (user.onlyAssigned && owners.length === 0) return null
  const options = [
    { id: 'none', label: words.nobody },
    ...users.map(({ id, name }) => ({ id, label: name, mark: <Avatar id={id} name={name} isDecoration /> })),
  ]
  const nameOf = (id: string) => options.find((option) => option.id === id)?.label ?? words.unknown
  return (
    <Chip
      label={words.owner}
      {...(owners.length > 0 && { says: words.isOwner(owners.map(nameOf)) })}
      onClear={() => onChange({ owners: [] })}
    >
      <Choices label={words.owner} options={options} chosen={owners} onChange={(owners) => onChange({ owners })} />
    </Chip>
  )
}

/** By its name, as it is asked for; a tag in the URL that is gone can still be taken away. */
function TagChip({ filters: { tags }, onChange }: Props) {
  const known = useTags()
  const names = [...new Set([...known.map(({ name }: Named) => name), ...tags])]
  return (
    <Chip
      label={words.tag}
      {...(tags.length > 0 && { says: words.isTag(tags) })}
      onClear={() => onChange({ tags: [] })}
    >
      {names.length === 0 ? (
        <p className="soft">{words.noTags}</p>
      ) : (
        <Choices
          label={words.tag}
          options={names.map((name) => ({ id: name, label: name }))}
          chosen={tags}
          onChange={(tags) => onChange({ tags })}
        />
      )}
    </Chip>
  )
}

function ValueChip({ filters: { minValue, maxValue }, onChange }: Props) {
  const { money } = useFormats()
  const isSet = minValue !== null || maxValue !== null
  const shown = (value: number | null) => (value === null ? null : money(value))
  return (
    <Chip
      label={words.value}
      {...(isSet && { says: words.isValue(shown(minValue), shown(maxValue)) })}
      onClear={() => onChange({ minValue: null, maxValue: null })}
    >
      <MoneyField label={words.atLeast} value={minValue} onChange={(minValue) => onChange({ minValue })} autoFocus />
      <MoneyField label={words.atMost} value={maxValue} onChange={(maxValue) => onChange({ maxValue })} />
    </Chip>
  )
}

function AgeChip({ filters: { days }, onChange }: Props) {
  return (
    <Chip
      label={words.age}
      {...(days !== null && { says: words.isAge(days) })}
      onClear={() => onChange({ days: null })}
    >
      <NumberField
        label={words.atLeast}
        help={words.ageHelp}
        unit={words.days}
        minValue={1}
        maxValue={3650}
        value={days ?? Number.NaN}
        onChange={(days) => onChange({ days: Number.isNaN(days) ? null : days })}
        autoFocus
      />
    </Chip>
  )
}
