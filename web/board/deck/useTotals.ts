import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Filters } from '../../filters/filters.ts'
import { askTotals, type Totals, totalsKey } from './ask.ts'

/** One question for the heads of all columns; null where it has failed. */
export function useTotals(filters: Filters): Totals | null | undefined {
  const { data, isError } = useQuery({
    queryKey: totalsKey(filters),
    queryFn: ({ signal }) => askTotals(filters, signal),
    enabled: filters.pipelineId !== null,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  })
  return data ?? (isError ? null : undefined)
}
