import { useChange } from '../api/change.ts'
import { del, post, put } from '../api/client.ts'
import { inTurn } from '../records/turns.ts'
import { dealWords as words } from '../words/deals.ts'
import { type Deal, type DealPatch, type DealReply, showDeal } from './deal.ts'
import { answered, foresee } from './foreseen.ts'
import { refuseIfChanged } from './refuseIfChanged.ts'

type Patch = Pick<DealPatch, 'pipelineId' | 'pipelineStageId' | 'status' | 'lostReasonId' | 'contactId'>

interface Wanted {
  deal: Deal
  patch: Patch
  says: string
  /** For what undoes a change: what that change had made of the deal. */
  undone?: Patch
  isRedo?: boolean
}

/** Changes that are told in a toast with Undo: where it stands, how it ended, whose it is. */
export function useDealChange() {
  const change = useChange<Wanted, DealReply>({
    run: ({ deal: { id }, patch, undone }) =>
      inTurn(id, async () => {
        if (undone) await refuseIfChanged(id, undone)
        return put(`/opportunities/${id}`, patch)
      }),
    foresee: (wanted) => foresee(wanted, wanted.deal.id, { ...wanted.patch, ...momentsOf(wanted.patch) }),
    says: ({ says }) => says,
    isUndo: ({ undone, isRedo }) => undone !== undefined && !isRedo,
    undo({ deal, patch, undone, isRedo }) {
      const isToRedo = undone !== undefined && !isRedo
      change.mutate({
        deal: { ...deal, ...patch },
        patch: asBefore(deal, patch),
        says: isToRedo ? words.redone(deal.name) : words.undone(deal.name),
        undone: patch,
        isRedo: isToRedo,
      })
    },
    refused: ({ deal, undone }) => (undone ? words.notUndone(deal.name) : words.notChanged(deal.name)),
    done({ opportunity }, wanted) {
      showDeal(opportunity)
      answered(wanted)
    },
  })
  return change
}

/** Since when it stands as it now does, until the server tells. */
function momentsOf({ status, pipelineStageId }: Patch): Partial<Deal> {
  const now = new Date().toISOString()
  return { ...(status && { lastStatusChangeAt: now }), ...(pipelineStageId && { lastStageChangeAt: now }) }
}

/** The same parts as they were; a reason is told only of what is lost. */
function asBefore(deal: Deal, patch: Patch): Patch {
  const was = Object.fromEntries(Object.keys(patch).map((field) => [field, deal[field as keyof Patch]])) as Patch
  const { lostReasonId: _, ...rest } = was
  return deal.status === 'lost' ? { ...rest, lostReasonId: deal.lostReasonId } : rest
}

/** Into the bin, from which Undo takes it back. */
export function useDealRemoval(onDone: () => void) {
  const restore = useRestore()
  return useChange<Deal>({
    run: ({ id }) => inTurn(id, () => del(`/opportunities/${id}`)),
    says: ({ name }) => words.deleted(name),
    undo: ({ id, name }) => restore.mutate({ id, name }),
    refused: ({ name }) => words.notDeleted(name),
    done: onDone,
  })
}

export function useRestore() {
  return useChange<{ id: string; name: string }>({
    run: ({ id }) => inTurn(id, () => post(`/console/bin/${id}/restore`)),
    says: ({ name }) => words.restored(name),
    refused: ({ name }) => words.notRestored(name),
    refetch: [],
  })
}
