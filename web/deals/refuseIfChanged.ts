import { get } from '../api/client.ts'
import { recordWords as words } from '../words/records.ts'
import type { Deal, DealReply } from './deal.ts'

/** Before a change is undone: somebody else may have changed the same since, and what they did is not undone here. */
export async function refuseIfChanged(id: string, expected: Partial<Deal>): Promise<void> {
  const { opportunity } = await get<DealReply>(`/opportunities/${id}`)
  const isSame = Object.entries(expected).every(
    ([field, value]) => opportunity[field as keyof Deal] === (value ?? null),
  )
  if (!isSame) throw new Error(words.changedSince)
}
