import { useChange } from '../api/change.ts'
import { del, post, put } from '../api/client.ts'
import { dealWords as words } from '../words/opportunity.ts'
import { type Deal, type DealPatch, type DealReply, showDeal, showPart } from './deal.ts'

interface Wanted {
  deal: Deal
  patch: DealPatch
  says: string
}

/** Changes that are told in a toast with Undo: where it stands, how it ended, whose it is. */
export function useDealChange() {
  const change = useChange<Wanted, DealReply>({
    run: ({ deal, patch }) => put(`/opportunities/${deal.id}`, patch),
    foresee: ({ deal, patch: { customFields: _, ...patch } }) => showPart(deal.id, patch),
    says: ({ says }) => says,
    undo: ({ deal, patch }) =>
      change.mutate({
        deal: { ...deal, ...patch } as Deal,
        patch: asBefore(deal, patch),
        says: words.undone(deal.name),
      }),
    refused: ({ deal }) => words.notChanged(deal.name),
    done: ({ opportunity }) => showDeal(opportunity),
  })
  return change
}

/** The same parts as they were; a reason is told only of what is lost. */
function asBefore(deal: Deal, patch: DealPatch): DealPatch {
  const was = Object.fromEntries(Object.keys(patch).map((field) => [field, deal[field as keyof Deal]])) as DealPatch
  const { lostReasonId: _, ...rest } = was
  return deal.status === 'lost' ? { ...rest, lostReasonId: deal.lostReasonId } : rest
}

/** Into the bin, from which Undo takes it back. */
export function useDealRemoval(onDone: () => void) {
  const restore = useRestore()
  return useChange<Deal>({
    run: ({ id }) => del(`/opportunities/${id}`),
    says: ({ name }) => words.deleted(name),
    undo: ({ id, name }) => restore.mutate({ id, name }),
    refused: ({ name }) => words.notDeleted(name),
    done: onDone,
  })
}

export function useRestore() {
  return useChange<{ id: string; name: string }>({
    run: ({ id }) => post(`/console/bin/${id}/restore`),
    says: ({ name }) => words.restored(name),
    refused: ({ name }) => words.notRestored(name),
    refetch: [],
  })
}
