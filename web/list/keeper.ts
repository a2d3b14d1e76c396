import type { QueryClient } from '@tanstack/react-query'
import { askDeals, askPage, askTotal, listKey, type View } from './ask.ts'
import { dealsOf, having, type List, type Place, without } from './deals.ts'

/** More changes at once than these are not looked at one by one. */
const many = 200
/** A change that was heard so shortly before a page was asked for may have been too late for it. */
const justBefore = 1_000
/** No page is on its way for longer. */
const memory = 60_000

export type Keeper = ReturnType<typeof createKeeper>

/**
 * The deals of one list, kept true while they change. Of changes only the ids are heard: those deals are asked about,
 * all together, with the list's own filters and order, and each is put where it belongs now. Nothing else is loaded
 * again, however far the list is scrolled.
 */
export function createKeeper(client: QueryClient, view: View) {
  const key = listKey(view)
  const heard = new Map<string, number>()
  const waiting = new Set<string>()
  let isLooking = false

  const list = () => client.getQueryData<List>(key)
  const isDescending = view.sort.direction === 'desc'

  /** Which of the deals shown are of these contacts: their names and tags stand in the rows. */
  const ofContacts = (ids: string[]): string[] =>
    dealsOf(list())
      .filter(({ contactId }) => ids.includes(contactId))
      .map(({ id }) => id)

  /** A page. What was heard while it was on its way is looked at again, for the page may not know of it. */
  async function ask(from: Place | null, signal: AbortSignal) {
    const begun = performance.now() - justBefore
    const page = await askPage(view, from, signal)
    const missed = [...heard].filter(([, at]) => at >= begun).map(([id]) => id)
    if (missed.length > 0) setTimeout(() => look(missed))
    return page
  }

  /** Finds out where these deals are now. */
  function look(ids: string[]): void {
    const now = performance.now()
    for (const [id, at] of heard) if (at < now - memory) heard.delete(id)
    for (const id of ids) heard.set(id, now)
    if (ids.length > many) return void client.invalidateQueries({ queryKey: key })
    for (const id of ids) waiting.add(id)
    void lookOn()
  }

  /** One question at a time, so that no answer is older than the one before. */
  async function lookOn(): Promise<void> {
    if (isLooking) return
    isLooking = true
    while (waiting.size > 0) {
      const ids = [...waiting].slice(0, many)
      for (const id of ids) waiting.delete(id)
      await lookAt(ids)
    }
    isLooking = false
  }

  async function lookAt(ids: string[]): Promise<void> {
    const answer = await Promise.all([askDeals(view, ids), askTotal(view)]).catch(() => undefined)
    // Whatever went wrong, the list itself is asked again, and tells what is wrong if it stays.
    if (!answer) return client.invalidateQueries({ queryKey: key })
    const [found, total] = answer
    const byId = new Map(found.map((deal) => [deal.id, deal]))
    client.setQueryData<List>(key, (before) => {
      if (!before) return before
      const after = ids.reduce((list, id) => {
        const deal = byId.get(id)
        return deal ? having(list, deal, isDescending) : without(list, id)
      }, before)
      return { ...after, pages: after.pages.map((page) => ({ ...page, total })) }
    })
  }

  return { ask, look, ofContacts }
}
