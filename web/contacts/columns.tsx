import { useMemo } from 'react'
import { type Named, useUsers } from '../api/lookups.ts'
import type { ColumnOf } from '../ui/lists/columns.ts'
import { Avatar } from '../ui/marks/Avatar.tsx'
import { Badge } from '../ui/marks/Badge.tsx'
import { Time } from '../ui/marks/Time.tsx'
import { contactWords } from '../words/contacts.ts'
import { isSortable } from './ask.ts'
import { type Found, nameOf } from './contact.ts'

const { columns: titles } = contactWords

/** All that the list can show; which of it, is chosen by the person. */
export function useContactColumns(): ColumnOf<Found>[] {
  const users = useUsers()
  return useMemo(() => columnsOf(users).map((column) => ({ ...column, isSortable: isSortable(column.id) })), [users])
}

const columnsOf = (users: Named[]): ColumnOf<Found>[] => [
  {
    id: 'name',
    title: titles.name,
    width: '3fr',
    minWidth: 180,
    isRowHeader: true,
    cell: (contact) => (
      <>
        <Avatar id={contact.id} name={nameOf(contact)} size={24} isDecoration />
        <span className="one-line contacts-name" title={nameOf(contact)}>
          {nameOf(contact)}
        </span>
      </>
    ),
  },
  { id: 'company', title: titles.company, width: '2fr', minWidth: 140, cell: ({ companyName }) => line(companyName) },
  { id: 'email', title: titles.email, width: '3fr', minWidth: 180, cell: ({ email }) => line(email) },
  { id: 'phone', title: titles.phone, width: 140, cell: ({ phone }) => line(phone, 'figures') },
  { id: 'tags', title: titles.tags, width: '2fr', minWidth: 140, cell: ({ tags }) => <Tags tags={tags} /> },
  {
    id: 'owner',
    title: titles.owner,
    width: 72,
    cell: ({ assignedTo }) => assignedTo && <Avatar id={assignedTo} name={ownerOf(users, assignedTo)} />,
  },
  { id: 'source', title: titles.source, width: '1fr', isOptional: true, cell: ({ source }) => line(source) },
  {
    id: 'activity',
    title: titles.activity,
    width: 120,
    isOptional: true,
    cell: ({ lastActivity }) => lastActivity && <Time at={lastActivity} />,
  },
  { id: 'added', title: titles.added, width: 112, cell: ({ dateAdded }) => <Time at={dateAdded} /> },
]

const line = (text: string | null, look = '') =>
  text && (
    <span className={`one-line soft ${look}`} title={text}>
      {text}
    </span>
  )

const ownerOf = (users: Named[], id: string) => users.find((user) => user.id === id)?.name ?? contactWords.nobody

/** As many as there is room for, and how many more there are. */
const Tags = ({ tags }: { tags: string[] }) => (
  <>
    {tags.slice(0, 2).map((tag) => (
      <span key={tag} className="contacts-tag">
        <Badge>
          <span className="one-line">{tag}</span>
        </Badge>
      </span>
    ))}
    {tags.length > 2 && (
      <span className="faint small" title={tags.slice(2).join(', ')}>
        +{tags.length - 2}
      </span>
    )}
  </>
)
