import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Filters } from '../filters/filters.ts'
import { askTotals, type Totals, totalsKey } from './ask.ts'

/** One question for the heads of all columns. */
export function useTotals(filters: Filters): Totals | undefined {
  const { data } = useQuery({
    queryKey: totalsKey(filters),
    queryFn: ({ signal }) => askTotals(filters, signal),
    enabled: filters.pipelineId !== null,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  })
  return data
}
