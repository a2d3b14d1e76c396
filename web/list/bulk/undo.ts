import { noFilters } from '../../filters/filters.ts'
import { tell, tellFailure } from '../../ui/feedback/toast.ts'
import { listWords as words } from '../../words/list.ts'
import { askDeals, type View } from '../ask.ts'
import type { Deal } from '../deals.ts'
import { type Action, isAsLeft, undoing } from './actions.ts'
import { type Outcome, restoreAll, runBulk } from './run.ts'

/** As many as one question may name. */
const together = 200

/** Puts deals back to how they were, but for those that somebody has changed since. */
export async function undoBulk(view: View, action: Action, before: Deal[], look: (ids: string[]) => void) {
  try {
    const { done, refused } = await putBack(view, action, before)
    look(done)
    if (refused.length > 0) tellFailure(words.notUndone(refused.length), refused[0]?.error)
    if (done.length > 0) tell(words.undone(done.length))
  } catch (error) {
    tellFailure(words.notUndone(before.length), (error as Error).message)
  }
}

async function putBack(view: View, action: Action, before: Deal[]): Promise<Outcome> {
  if (action.action === 'delete') return restoreAll(before.map(({ id }) => id))
  const left = await stillAsLeft(view, action, before)
  const outcome: Outcome = {
    done: [],
    refused: before.filter(({ id }) => !left.has(id)).map(({ id }) => ({ id, error: words.changedSince })),
  }
  for (const { action: back, ids } of undoing(
    action,
    before.filter(({ id }) => left.has(id)),
  )) {
    const { done, refused, failure } = await runBulk(ids, back, () => true)
    outcome.done.push(...done)
    outcome.refused.push(...refused)
    if (failure) throw new Error(failure)
  }
  return outcome
}

async function stillAsLeft(view: View, action: Action, before: Deal[]): Promise<Set<string>> {
  const everything = { ...view, filters: { ...noFilters, pipelineId: null, status: 'all' as const, query: '' } }
  const left = new Set<string>()
  for (let at = 0; at < before.length; at += together) {
    const ids = before.slice(at, at + together).map(({ id }) => id)
    for (const deal of await askDeals(everything, ids)) if (isAsLeft(action, deal)) left.add(deal.id)
  }
  return left
}
