import { useTags, useUsers } from '../api/lookups.ts'
import { useMay, useSession } from '../api/session.tsx'
import { Choices } from '../filters/Choices.tsx'
import { Button } from '../ui/actions/Button.tsx'
import { Chip, Chips } from '../ui/lists/Chips.tsx'
import { Avatar } from '../ui/marks/Avatar.tsx'
import { contactWords as words } from '../words/contacts.ts'
import { isNarrowed, noOwner, type View } from './ask.ts'

interface Props {
  view: View
  onChange: (part: Partial<View>) => void
}

/** What narrows the list, as a sentence each part of which can be changed. */
export const ContactChips = (props: Props) => (
  <Chips label={words.filters}>
    <TagChip {...props} />
    <OwnerChip {...props} />
    {isNarrowed(props.view) && (
      <Button look="plain" onPress={() => props.onChange({ query: '', tags: [], owners: [] })}>
        {words.clear}
      </Button>
    )}
  </Chips>
)

function TagChip({ view: { tags }, onChange }: Props) {
  const known = useTags()
  const names = [...new Set([...known.map(({ name }) => name), ...tags])]
  return (
    <Chip label={words.tag} {...(tags.length > 0 && { says: words.is(tags) })} onClear={() => onChange({ tags: [] })}>
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

function OwnerChip({ view: { owners }, onChange }: Props) {
  const users = useUsers()
  const { user } = useSession()
  const seesOthers = useMay()('users.readonly') && !user.onlyAssigned
  const options = [
    { id: noOwner, label: words.nobody },
    ...users.map(({ id, name }) => ({ id, label: name, mark: <Avatar id={id} name={name} isDecoration /> })),
  ]
  const names = owners.map((owner) => options.find(({ id }) => id === owner)?.label ?? owner)
  if (!seesOthers && owners.length === 0) return null
  return (
    <Chip
      label={words.owner}
      {...(owners.length > 0 && { says: words.is(names) })}
      onClear={() => onChange({ owners: [] })}
    >
      <Choices label={words.owner} options={options} chosen={owners} onChange={(owners) => onChange({ owners })} />
    </Chip>
  )
}
