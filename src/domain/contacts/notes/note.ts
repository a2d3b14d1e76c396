import { isDeepStrictEqual } from 'node:util'

/** What somebody wrote about a contact; times are epoch milliseconds. */
export interface Note {
  id: string
  contactId: string
  /** Who wrote it, when known. */
  userId: string | null
  title: string | null
  /** HTML or plain text, as sent. */
  body: string
  color: string | null
  pinned: boolean
  createdAt: number
  updatedAt: number
}

export type NoteChange = Partial<Pick<Note, 'userId' | 'title' | 'body' | 'color' | 'pinned'>>
export type NewNote = NoteChange & Pick<Note, 'body'>

export function begin(id: string, contactId: string, wanted: NewNote, now: number): Note {
  return {
    id,
    contactId,
    userId: wanted.userId ?? null,
    title: wanted.title ?? null,
    body: wanted.body,
    color: wanted.color ?? null,
    pinned: wanted.pinned ?? false,
    createdAt: now,
    updatedAt: now,
  }
}

/** The note after a change: the very same object when nothing differs. */
export function change(before: Note, wanted: NoteChange, now: number): Note {
  const after = { ...before, ...wanted }
  return isDeepStrictEqual(before, after) ? before : { ...after, updatedAt: now }
}
