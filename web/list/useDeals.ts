import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useLive } from '../api/live/live.ts'
import { listKey, type View } from './ask.ts'
import { dealsOf, type List, type Place } from './deals.ts'
import { createKeeper } from './keeper.ts'

/** The deals of a view as far as they are known, more of them when they are needed, and all of it while it changes. */
export function useDeals(view: View) {
  const client = useQueryClient()
  const keeper = useMemo(() => createKeeper(client, view), [client, view])
  useLive('opportunity', (changes) => keeper.look([...new Set(changes.map(({ recordId }) => recordId))]))
  useLive('contact', (changes) => keeper.look(keeper.ofContacts(changes.map(({ recordId }) => recordId))))

  const query = useInfiniteQuery({
    queryKey: listKey(view),
    queryFn: ({ pageParam, signal }) => keeper.ask(pageParam, signal),
    initialPageParam: null as Place | null,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const deals = useMemo(() => dealsOf(query.data as List | undefined), [query.data])
  const { hasNextPage, isFetching, fetchNextPage } = query
  const loadMore = () => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }
  // All that was known may leave the list at once, while there are more behind it.
  const isEmptied = deals.length === 0 && hasNextPage
  useEffect(() => {
    if (isEmptied && !isFetching) void fetchNextPage()
  }, [isEmptied, isFetching, fetchNextPage])
  return {
    ...query,
    keeper,
    deals,
    total: query.data?.pages[0]?.total,
    loadMore,
    isEmptied,
  }
}
