import { useChange } from '../../api/change.ts'
import { post } from '../../api/client.ts'
import { useMay, useSession } from '../../api/session.tsx'
import { ErrorState } from '../../ui/feedback/ErrorState.tsx'
import { Loading, Skeleton } from '../../ui/feedback/Skeleton.tsx'
import { recordWords as words } from '../../words/records.ts'
import { notesKey, useNotes } from '../beside.ts'
import { Part } from '../Part.tsx'
import { NoteForm } from './NoteForm.tsx'
import { NoteItem } from './NoteItem.tsx'
import { noteHtml } from './noteHtml.ts'

/** What people wrote down about a contact, and a place to write more. */
export function Notes({ contactId }: { contactId: string }) {
  const { data: notes, error, refetch } = useNotes(contactId)
  const { user } = useSession()
  const may = useMay()
  const add = useChange<string>({
    run: (text) => post(`/contacts/${contactId}/notes`, { body: noteHtml(text), userId: user.id }),
    isAlone: true,
    refetch: [notesKey(contactId)],
  })
  if (!may('contacts.readonly')) return null
  return (
    <Part title={words.notes} {...(notes && { count: notes.length })}>
      {may('contacts.write') && (
        <NoteForm name={`note.${contactId}`} action={words.addNote} problem={add.error} onSave={add.mutateAsync} />
      )}
      {error ? (
        <ErrorState title={words.notesFailed} onRetry={() => void refetch()}>
          {error.message}
        </ErrorState>
      ) : notes ? (
        <ul className="notes">
          {notes.map((note) => (
            <NoteItem key={note.id} note={note} />
          ))}
        </ul>
      ) : (
        <Loading>
          <Skeleton height={48} />
        </Loading>
      )}
    </Part>
  )
}
