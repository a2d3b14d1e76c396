import type { QueryClient } from '@tanstack/react-query'
import type { Filters } from '../../filters/filters.ts'
import { columnKey, columnsKey } from './ask.ts'
import { type Card, type Column, cardsOf, having, without } from './cards.ts'

/** The columns of one board as they are held here, and what can be done to a card in them. */
export function heldCards(client: QueryClient, filters: Filters) {
  const queries = () => client.getQueryCache().findAll({ queryKey: columnsKey(filters) })
  const columns = () =>
    queries().map(({ queryKey, state }) => ({
      stageId: queryKey[3] as string,
      data: state.data as Column | undefined,
    }))

  /** As it stands in a column now. */
  function find(id: string): Card | undefined {
    for (const { data } of columns()) {
      const card = data?.pages.flatMap(({ cards }) => cards).find((card) => card.id === id)
      if (card) return card
    }
    return undefined
  }

  /** Into its place, out of any other; null is off the board. */
  function put(id: string, card: Card | null): void {
    for (const { stageId, data } of columns()) {
      if (!data) continue
      const next = card?.stageId === stageId ? having(data, card) : without(data, id)
      if (next !== data) client.setQueryData(columnKey(filters, stageId), next)
    }
  }

  function putNewer(id: string, card: Card | null): void {
    const known = find(id)
    if (!(known && card && known.version > card.version)) put(id, card)
  }

  const ofContacts = (ids: Set<string>) =>
    columns().flatMap(({ data }) =>
      cardsOf(data)
        .filter(({ contactId }) => ids.has(contactId))
        .map(({ id }) => id),
    )
  return {
    find,
    put,
    putNewer,
    ofContacts,
    cards: (stageId: string) => cardsOf(client.getQueryData<Column>(columnKey(filters, stageId))),
    /** Whether a page of any column is on its way. */
    isAsking: () => queries().some(({ state }) => state.fetchStatus !== 'idle'),
    /** Whether a column could not be asked anew, so that it may show what is no more. */
    isFailed: () =>
      queries().some(
        (query) => query.isActive() && query.state.status === 'error' && query.state.fetchStatus === 'idle',
      ),
  }
}
