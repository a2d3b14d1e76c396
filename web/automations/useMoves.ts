import { useChange } from '../api/change.ts'
import { del, post } from '../api/client.ts'
import { queryClient } from '../api/queries.ts'
import { automationWords as words } from '../words/automations.ts'
import { isOutdated } from './DraftConflict.tsx'
import type { Listed, OneReply } from './wire.ts'

/** Whatever takes a workflow from one state to another. */
export type Move = 'publish' | 'unpublish' | 'pause' | 'drain' | 'resume'

export interface Moved {
  id: string
  name: string
  move: Move
  /** Of what is published: the draft that was looked at. Another one by now is not published. */
  basedOn?: string
}

const refetch = [['workflows'], ['workflow'], ['runs'], ['run']]

/** Where somebody else was quicker, `overtaken` asks about it, if it is given; the page shows it otherwise. */
export const useMove = (done?: () => void, overtaken?: (moved: Moved) => void) =>
  useChange<Moved, OneReply>({
    run: ({ id, move, basedOn }) => post<OneReply>(`/console/workflows/${id}/${move}`, basedOn && { basedOn }),
    says: ({ name, move }) => words.did[move](name),
    refused(moved, error) {
      if (!isOutdated(error)) return words.didNot[moved.move](moved.name)
      overtaken?.(moved)
      return null
    },
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
