import { EllipsisVertical, Pencil, Pin, PinOff, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useChange } from '../../api/change.ts'
import { del, post, put } from '../../api/client.ts'
import { useUsers } from '../../api/lookups.ts'
import { useMay } from '../../api/session.tsx'
import { IconButton } from '../../ui/actions/Button.tsx'
import { Icon } from '../../ui/actions/Icon.tsx'
import { Menu } from '../../ui/actions/Menu.tsx'
import { Avatar } from '../../ui/marks/Avatar.tsx'
import { Time } from '../../ui/marks/Time.tsx'
import { recordWords as words } from '../../words/records.ts'
import { type Note, notesKey } from '../beside.ts'
import { NoteForm } from './NoteForm.tsx'
import { noteHtml } from './noteHtml.ts'

export function NoteItem({ note }: { note: Note }) {
  const { id, contactId, bodyText, userId, dateAdded, pinned, title } = note
  const mayWrite = useMay()('contacts.write')
  const [isEditing, setEditing] = useState(false)
  const author = useUsers().find((user) => user.id === userId)?.name ?? words.someone
  const change = useChange<Partial<Note>>({
    run: (part) => put(`/contacts/${contactId}/notes/${id}`, part),
    refetch: [notesKey(contactId)],
  })
  return (
    <li className="note" data-pinned={pinned || undefined}>
      <header className="note-header small">
        {userId && <Avatar id={userId} name={author} isDecoration />}
        {userId && <span className="note-author one-line">{author}</span>}
        <span className="faint">
          <Time at={dateAdded} />
        </span>
        {pinned && (
          <span className="note-pin" title={words.pinned}>
            <Icon icon={Pin} size={12} />
            <span className="unseen">{words.pinned}</span>
          </span>
        )}
        {mayWrite && <NoteMenu note={note} onEdit={() => setEditing(true)} />}
      </header>
      {title && <h4>{title}</h4>}
      {isEditing ? (
        <NoteForm
          name={`note.${contactId}.${id}`}
          initial={bodyText}
          action={words.save}
          problem={change.error}
          onSave={async (text) => {
            // What was not touched keeps its markup.
            if (text !== bodyText) await change.mutateAsync({ body: noteHtml(text) })
          }}
          onClose={() => setEditing(false)}
        />
      ) : (
        <p className="note-text">{bodyText}</p>
      )}
    </li>
  )
}

function NoteMenu({
  note: { id, contactId, body, title, color, userId, pinned },
  onEdit,
}: {
  note: Note
  onEdit: () => void
}) {
  const path = `/contacts/${contactId}/notes`
  const refetch = [notesKey(contactId)]
  const pin = useChange({
    run: () => put(`${path}/${id}`, { pinned: !pinned }),
    refused: () => words.notPinned,
    refetch,
  })
  const addAgain = useChange({
    run: () => post(path, { body, title, color, userId, pinned }),
    refused: () => words.noteNotAdded,
    refetch,
  })
  const remove = useChange({
    run: () => del(`${path}/${id}`),
    says: () => words.noteDeleted,
    undo: () => addAgain.mutate(),
    refused: () => words.noteNotDeleted,
    refetch,
  })
  return (
    <Menu
      label={words.actionsOfNote}
      groups={[
        {
          choices: [
            { id: 'edit', label: words.editNote, icon: Pencil, onAction: onEdit },
            {
              id: 'pin',
              label: pinned ? words.unpin : words.pin,
              icon: pinned ? PinOff : Pin,
              onAction: () => pin.mutate(),
            },
          ],
        },
        {
          choices: [
            { id: 'delete', label: words.deleteNote, icon: Trash2, isDanger: true, onAction: () => remove.mutate() },
          ],
        },
      ]}
    >
      <IconButton icon={EllipsisVertical} label={words.actionsOfNote} />
    </Menu>
  )
}
