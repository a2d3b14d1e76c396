import { type Dispatch, type SetStateAction, useRef, useState } from 'react'
import type { Selection } from 'react-aria-components'
import { tell, tellFailure } from '../../ui/feedback/toast.ts'
import { listWords as words } from '../../words/list.ts'
import { everyDeal, type View } from '../ask.ts'
import type { Deal } from '../deals.ts'
import type { Keeper } from '../keeper.ts'
import { saysOf, type Wish } from './actions.ts'
import { type Outcome, type Refused, runBulk } from './run.ts'
import { undoBulk } from './undo.ts'

/** Deals that were selected, or all that the filters find. */
export type Chosen = Deal[] | 'all'

/** A deal that stayed as it was, and why. */
export type RefusedDeal = Refused & Pick<Deal, 'name'>

export interface Progress {
  done: number
  total: number
}

/** Runs one action at a time, tells what came of it, and keeps selected what was refused. */
export function useBulk(view: View, keeper: Keeper, setSelection: Dispatch<SetStateAction<Selection>>) {
  const [progress, setProgress] = useState<Progress | null>(null)
  const [refused, setRefused] = useState<{ deals: RefusedDeal[]; done: number } | null>(null)
  const isStopped = useRef(false)

  async function run(wish: Wish, chosen: Chosen) {
    isStopped.current = false
    try {
      const deals = chosen === 'all' ? await gather(view) : chosen
      const outcome = await runBulk(idsOf(deals), wish.action, watch(deals.length))
      report(wish, deals, outcome)
      deselect(chosen, deals, outcome.done)
    } catch (error) {
      tellFailure(words.broken(0, 0), (error as Error).message)
    }
    setProgress(null)
  }

  /** One deal is done before anybody could read how far it has come. */
  function watch(total: number) {
    let done = 0
    const show = () => total > 1 && setProgress({ done, total })
    show()
    return (batch: string[]) => {
      done += batch.length
      show()
      keeper.look(batch)
      return !isStopped.current
    }
  }

  function report(wish: Wish, deals: Deal[], { done, refused, failure }: Outcome) {
    const byId = new Map(deals.map((deal) => [deal.id, deal]))
    const changed = done.map((id) => byId.get(id) as Deal)
    const undo = () => void undoBulk(view, wish.action, changed, keeper.look)
    if (changed.length > 0) tell(saysOf(wish, changed), { undo })
    if (failure) tellFailure(words.broken(done.length, deals.length), failure)
    if (refused.length === 0) return
    const named = refused.map((one) => ({ ...one, name: byId.get(one.id)?.name ?? one.id }))
    setRefused({ deals: named, done: done.length })
  }

  /** What was refused, or not tried, can be tried again. */
  function deselect(chosen: Chosen, deals: Deal[], done: string[]) {
    const settled = new Set<string | number>(done)
    setSelection((before) => {
      if (before === 'all' && chosen !== 'all') return before
      const ids = before === 'all' ? idsOf(deals) : [...before]
      return new Set(ids.filter((id) => !settled.has(id)))
    })
  }

  return {
    run,
    progress,
    stop: () => {
      isStopped.current = true
    },
    refused,
    forget: () => setRefused(null),
  }
}

const idsOf = (deals: Deal[]) => deals.map(({ id }) => id)

/** Before anything is changed, for what has changed may not be found by the filters any more. */
async function gather(view: View): Promise<Deal[]> {
  const deals: Deal[] = []
  for await (const page of everyDeal(view)) deals.push(...page)
  return deals
}
