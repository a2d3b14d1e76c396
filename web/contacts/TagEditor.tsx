import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { useChange } from '../api/change.ts'
import { del, post } from '../api/client.ts'
import { useTags } from '../api/lookups.ts'
import { queryClient } from '../api/queries.ts'
import { Button } from '../ui/actions/Button.tsx'
import { Icon } from '../ui/actions/Icon.tsx'
import { ComboBox } from '../ui/choices/ComboBox.tsx'
import { Popover } from '../ui/overlays/Popover.tsx'
import { contactWords as words } from '../words/contacts.ts'
import { type Contact, contactKey } from './contact.ts'

interface Props {
  contact: Contact
  isReadOnly: boolean
}

/** The tags of a contact: taken away with a click, added from those that are known or by a new name. */
export function TagEditor({ contact, isReadOnly }: Props) {
  const { tags } = contact
  const change = useTagChange(contact)
  if (isReadOnly && tags.length === 0) return null
  return (
    <section className="tag-editor" aria-label={words.tags}>
      {tags.map((tag) => (
        <span key={tag} className="badge neutral tag">
          <span className="one-line">{tag}</span>
          {!isReadOnly && (
            <AriaButton
              className="tag-remove"
              aria-label={words.removeTag(tag)}
              onPress={() => change.mutate({ tag, isAdded: false })}
            >
              <Icon icon={X} size={12} />
            </AriaButton>
          )}
        </span>
      ))}
      {!isReadOnly && (
        <Popover
          label={words.addTag}
          trigger={
            <Button look="plain" icon={Plus}>
              {words.addTag}
            </Button>
          }
        >
          {(close) => (
            <TagPicker
              taken={tags}
              onChoose={(tag) => {
                close()
                change.mutate({ tag, isAdded: true })
              }}
            />
          )}
        </Popover>
      )}
    </section>
  )
}

function useTagChange({ id, tags }: Contact) {
  return useChange<{ tag: string; isAdded: boolean }>({
    run: ({ tag, isAdded }) => {
      const path = `/contacts/${id}/tags`
      return isAdded ? post(path, { tags: [tag] }) : del(path, { body: { tags: [tag] } })
    },
    foresee({ tag, isAdded }) {
      const show = (tags: string[]) =>
        queryClient.setQueryData<Contact>(contactKey(id), (contact) => contact && { ...contact, tags })
      show(isAdded ? [...new Set([...tags, tag.trim().toLowerCase()])] : tags.filter((other) => other !== tag))
      return () => show(tags)
    },
    refused: () => words.tagsNotChanged,
    refetch: [contactKey(id), ['lookups', 'tags']],
  })
}

const created = 'new '

function TagPicker({ taken, onChoose }: { taken: string[]; onChoose: (tag: string) => void }) {
  const known = useTags()
  const [typed, setTyped] = useState('')
  const wanted = typed.trim().toLowerCase()
  const fitting = known.map(({ name }) => name).filter((name) => name.includes(wanted) && !taken.includes(name))
  const isNew = wanted !== '' && !fitting.includes(wanted) && !taken.includes(wanted)
  return (
    <ComboBox
      label={words.newTag}
      isLabelHidden
      placeholder={words.tagPlaceholder}
      options={[
        ...fitting.map((name) => ({ id: name, label: name })),
        ...(isNew ? [{ id: created, label: words.createTag(wanted) }] : []),
      ]}
      value={null}
      onChange={(id) => id && onChoose(id === created ? wanted : id)}
      isSearchedElsewhere
      onInputChange={setTyped}
      autoFocus
    />
  )
}
