import { useChange } from '../api/change.ts'
import { del, post } from '../api/client.ts'
import { queryClient } from '../api/queries.ts'
import { automationWords as words } from '../words/automations.ts'
import type { Listed, OneReply } from './wire.ts'

/** Whatever takes a workflow from one state to another. */
export type Move = 'publish' | 'unpublish' | 'pause' | 'drain' | 'resume'

export interface Moved {
  id: string
  name: string
  move: Move
}

const refetch = [['workflows'], ['workflow'], ['runs'], ['run']]

export const useMove = (done?: () => void) =>
  useChange<Moved, OneReply>({
    run: ({ id, move }) => post<OneReply>(`/console/workflows/${id}/${move}`),
    says: ({ name, move }) => words.did[move](name),
    refused: ({ name, move }) => words.didNot[move](name),
    refetch,
    done: ({ workflow }) => {
      remember(workflow)
      done?.()
    },
  })

/** Shown at once, before everything about it is asked anew. */
function remember({ id, state, version }: OneReply['workflow']): void {
  queryClient.setQueryData<Listed[]>(['workflows'], (before) =>
    before?.map((one) => (one.id === id ? { ...one, state, version } : one)),
  )
}

export const useDelete = (done?: () => void) =>
  useChange<{ id: string; name: string }>({
    run: ({ id }) => del(`/console/workflows/${id}`),
    says: ({ name }) => words.did.delete(name),
    refused: ({ name }) => words.didNot.delete(name),
    refetch: [['workflows']],
    ...(done && { done }),
  })
