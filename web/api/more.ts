import type { UseInfiniteQueryResult } from '@tanstack/react-query'

type Paged = Pick<
  UseInfiniteQueryResult,
  'hasNextPage' | 'isFetching' | 'isFetchingNextPage' | 'isFetchNextPageError' | 'fetchNextPage'
>

/**
 * How a table gets to the next page of a query; undefined behind the last one. Asked for while anything is under way, it
 * would break that off, and with it what had changed: the table waits for that (`isBusy`), and then asks.
 */
export function moreOf({ hasNextPage, isFetching, isFetchingNextPage, isFetchNextPageError, fetchNextPage }: Paged) {
  if (!hasNextPage) return undefined
  const load = () => void fetchNextPage()
  return { isLoading: isFetchingNextPage, isBusy: isFetching, isFailed: isFetchNextPageError, load }
}
