import type { Query, QueryFilters } from '@tanstack/react-query'
import { queryClient } from '../queries.ts'

/**
 * Asks anew what is shown of these. What is just being asked for the first time is not broken off by that, and its
 * answer may be older than what was heard: it is shown, and asked for once more behind it.
 */
export function askAnew(which: QueryFilters): Promise<void> {
  for (const query of queryClient.getQueryCache().findAll(which)) if (isFirst(query)) againAfter(query)
  return queryClient.invalidateQueries(which)
}

const isFirst = ({ state }: Query) => state.data === undefined && state.fetchStatus === 'fetching'

function againAfter(query: Query): void {
  const again = () => queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true })
  query.promise?.then(again, nothing)
}

const nothing = () => {}
