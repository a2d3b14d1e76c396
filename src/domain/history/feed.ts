import type { Store } from '../context.ts'
import { createKnown } from './known.ts'
import type { Kept } from './table.ts'
import * as events from './table.ts'

/** Events that were not told before, in order; null where they are too many to tell. `tip` is the last number known. */
export type Tell = (news: Kept[] | null, tip: number) => void

/** All that is changed in a location from now on, told once to this process. */
export interface Feed {
  /** Told from here on. */
  ready: Promise<void>
  /** There may be something new. */
  wake(): void
  tip(): number
  close(): void
}

/** ms: changes that come close together are read together; what nobody announces is looked for this often. */
const times = { gather: 20, look: 1000 }

/** Events told at once; where there are more, whoever hears does better to look at everything anew. */
export const most = 2000

/**
 * How far behind the last number events are looked for, by when they were numbered, in ms. With several writers an event
 * is numbered when it is written and seen when it is committed, so one may appear behind others that came after it.
 * Nearly all appear within `usual`, which each look reads again. Once a second a look goes back by `longest`: no
 * transaction of ours takes longer, but for those that change more than could be told. With one writer numbers appear
 * in their order, and nothing is read again.
 */
export const doubt = { usual: 2000, longest: 60_000 }

export function openFeed(store: Store, now: () => number, locationId: string, tell: Tell): Feed {
  const known = createKnown()
  let timer: NodeJS.Timeout | undefined
  let isWanted = false
  let isClosed = false
  let deepAt = 0

  async function begin(): Promise<void> {
    const floor = store.isShared
      ? await events.lastBefore(store, locationId, now() - doubt.longest)
      : await events.tip(store, locationId)
    known.begin(floor, await events.seqsBehind(store, locationId, floor, Number.MAX_SAFE_INTEGER))
  }

  async function look(): Promise<void> {
    const news = await events.seqsBehind(store, locationId, floorNow(), known.size() + most + 1)
    const unknown = news.filter((seq) => !known.has(seq))
    if (unknown.length > most) {
      await begin()
      return tell(null, known.tip())
    }
    const found = unknown.length > 0 ? await events.load(store, locationId, unknown) : []
    known.add(unknown)
    if (found.length > 0) tell(found, known.tip())
  }

  function floorNow(): number {
    const at = performance.now()
    if (!store.isShared) return known.forget(at)
    if (at < deepAt) return known.tipBefore(at - doubt.usual)
    deepAt = at + times.look
    return known.forget(at - doubt.longest)
  }

  /** One look at a time; who wakes it meanwhile gets another behind it. What fails is looked for again. */
  async function run(): Promise<void> {
    isWanted = false
    await ready.then(look).catch(() => {})
    timer = isWanted && !isClosed ? setTimeout(run, times.gather) : undefined
  }

  function wake(): void {
    isWanted = true
    if (!isClosed) timer ??= setTimeout(run, times.gather)
  }

  const ready = begin()
  const looking = setInterval(wake, times.look)
  return {
    ready,
    wake,
    tip: known.tip,
    close() {
      isClosed = true
      clearInterval(looking)
      clearTimeout(timer)
    },
  }
}

/**
 * What somebody may have missed who knows the event of that number: all behind it, and those before it that may have
 * appeared since, which they may know already. Null where that is too much to tell, or where there is no such event.
 */
export async function missedSince(store: Store, locationId: string, seq: number): Promise<Kept[] | null> {
  const moment = await events.momentOf(store, locationId, seq)
  if (moment === undefined || seq > (await events.tip(store, locationId))) return null
  const floor = store.isShared ? await events.lastBefore(store, locationId, moment - doubt.longest) : seq
  const missed = await events.seqsBehind(store, locationId, floor, most + 1)
  return missed.length > most ? null : events.load(store, locationId, missed)
}
