import { useQuery } from '@tanstack/react-query'
import { get, put } from '../api/client.ts'
import { askAnew } from '../api/live/askAnew.ts'
import { useLive } from '../api/live/live.ts'
import { inTurn } from '../records/turns.ts'
import { type DealPatch, type DealReply, dealKey, dealShown, showDeal } from './deal.ts'
import { useForeseen } from './foreseen.ts'

/** A deal, asked anew when it or its contact changes. */
export function useDeal(id: string) {
  const select = useForeseen()
  useLive('*', (changes) => {
    const contactId = dealShown(id)?.contactId
    if (changes.some(({ recordId }) => recordId === id || recordId === contactId)) {
      void askAnew({ queryKey: dealKey(id) })
    }
  })
  return useQuery({
    queryKey: dealKey(id),
    queryFn: async ({ signal }) => (await get<DealReply>(`/opportunities/${id}`, undefined, signal)).opportunity,
    select,
  })
}

/** For a field in place: sent after what was changed before, what it became is shown, what was refused is thrown. */
export async function saveDeal(id: string, patch: DealPatch): Promise<void> {
  showDeal((await inTurn(id, () => put<DealReply>(`/opportunities/${id}`, patch))).opportunity)
}
