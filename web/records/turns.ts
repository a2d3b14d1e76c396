import type { writeOpportunity } from '../../src/api/v3/opportunityWire.ts'
import { get } from '../api/client.ts'
import { recordWords as words } from '../words/records.ts'

const last = new Map<string, Promise<unknown>>()

/** Changes of one record are sent one after the other, so that they are done in the order in which they were made. */
export function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
  const mine = (last.get(id) ?? Promise.resolve()).then(work, work)
  last.set(id, mine)
  const leave = () => {
    if (last.get(id) === mine) last.delete(id)
  }
  mine.then(leave, leave)
  return mine
}

type Deal = ReturnType<typeof writeOpportunity>

/** Before a change is undone: somebody else may have changed the same since, and what they did is not undone here. */
export async function refuseIfChanged(id: string, expected: Partial<Deal>): Promise<void> {
  const { opportunity } = await get<{ opportunity: Deal }>(`/opportunities/${id}`)
  const isSame = Object.entries(expected).every(
    ([field, value]) => opportunity[field as keyof Deal] === (value ?? null),
  )
  if (!isSame) throw new Error(words.changedSince)
}
