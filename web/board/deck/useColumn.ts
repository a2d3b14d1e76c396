import { keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { BoardState } from '../BoardContext.ts'
import { columnKey } from './ask.ts'
import { type Column, cardsOf, type Page, type Place } from './cards.ts'

/** The cards of a stage, page by page; changes come to them through the deck. */
export function useColumn({ filters, deck }: BoardState, stageId: string) {
  const { data, isPending, isError, hasNextPage, isFetchNextPageError, isFetching, fetchNextPage, refetch } =
    useInfiniteQuery<Page, Error, Column, QueryKey, Place>({
      queryKey: columnKey(filters, stageId),
      queryFn: ({ pageParam, signal }) => deck.ask(stageId, pageParam, signal),
      initialPageParam: null,
      getNextPageParam: ({ next }) => next,
      placeholderData: keepPreviousData,
      // What changed while no board was shown was not heard.
      staleTime: 0,
    })
  const cards = useMemo(() => cardsOf(data), [data])
  const loadMore = useCallback(() => {
    // One that has begun meanwhile is not broken off: it may be what brings what changed.
    if (!isFetching) void fetchNextPage({ cancelRefetch: false })
  }, [isFetching, fetchNextPage])
  return {
    cards,
    isPending,
    isFailed: isError && cards.length === 0,
    // Not again and again by itself: the next change of the column tries anew.
    hasMore: hasNextPage && !isFetchNextPageError,
    loadMore,
    /** It ends here only because the rest could not be had. */
    isCut: isFetchNextPageError,
    retryRest: () => void fetchNextPage(),
    retry: () => void refetch(),
  }
}
