import type { Static } from '@sinclair/typebox'
import { useQuery } from '@tanstack/react-query'
import type { NotesReply, TasksReply } from '../../src/api/v2/contacts/wire.ts'
import { get } from '../api/client.ts'
import { askAnew } from '../api/live/askAnew.ts'
import { useLive } from '../api/live/live.ts'

export type Note = Static<typeof NotesReply>['notes'][number]
export type Task = Static<typeof TasksReply>['tasks'][number]

/*
 * Notes and tasks are their contact's (contract 3.1): the contact and each of its deals show the same ones.
 */

export const notesKey = (contactId: string) => ['notes', contactId]
export const tasksKey = (contactId: string) => ['tasks', contactId]

/** Pinned ones first, then the newest. */
export function useNotes(contactId: string) {
  useRefetchOf('note', contactId, notesKey(contactId))
  return useQuery({
    queryKey: notesKey(contactId),
    queryFn: async ({ signal }) => {
      const { notes } = await get<Static<typeof NotesReply>>(`/contacts/${contactId}/notes`, undefined, signal)
      return notes.toSorted(
        (a, b) => Number(b.pinned) - Number(a.pinned) || Date.parse(b.dateAdded) - Date.parse(a.dateAdded),
      )
    },
  })
}

/** What is due first, first. */
export function useTasks(contactId: string) {
  useRefetchOf('task', contactId, tasksKey(contactId))
  return useQuery({
    queryKey: tasksKey(contactId),
    queryFn: async ({ signal }) => {
      const { tasks } = await get<Static<typeof TasksReply>>(`/contacts/${contactId}/tasks`, undefined, signal)
      return tasks.toSorted((a, b) => Date.parse(a.dueDate) - Date.parse(b.dueDate))
    },
  })
}

function useRefetchOf(record: 'note' | 'task', contactId: string, queryKey: unknown[]) {
  useLive(record, (changes) => {
    if (changes.some((change) => change.contactId === contactId)) void askAnew({ queryKey })
  })
}
