import { Choices } from '../filters/Choices.tsx'
import { Button } from '../ui/actions/Button.tsx'
import { Chip, Chips } from '../ui/lists/Chips.tsx'
import { developerWords as words } from '../words/developer.ts'
import { noSearch, type Search } from './useRequests.ts'

interface Props {
  search: Search
  onChange: (part: Partial<Search>) => void
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const nameOf = (status: string) => words.statuses[status] ?? status

export const RequestChips = ({ search, onChange }: Props) => (
  <Chips label={words.filters}>
    <OneOf
      label={words.status}
      value={search.status}
      says={search.status}
      options={Object.keys(words.statuses).map((id) => ({ id, label: nameOf(id) }))}
      onChange={(status) => onChange({ status })}
    />
    <OneOf
      label={words.method}
      value={search.method}
      says={search.method}
      options={methods.map((id) => ({ id, label: id }))}
      onChange={(method) => onChange({ method })}
    />
    {(search.status || search.method || search.path) && (
      <Button look="plain" onPress={() => onChange(noSearch)}>
        {words.clear}
      </Button>
    )}
  </Chips>
)

interface OneOfProps {
  label: string
  value: string
  says: string
  options: { id: string; label: string }[]
  onChange: (id: string) => void
}

const OneOf = ({ label, value, says, options, onChange }: OneOfProps) => (
  <Chip label={label} {...(value && { says: words.is(says) })} onClear={() => onChange('')}>
    {(close) => (
      <Choices
        label={label}
        isOne
        chosen={value ? [value] : []}
        options={options}
        onChange={([id = '']) => {
          onChange(id)
          close()
        }}
      />
    )}
  </Chip>
)
