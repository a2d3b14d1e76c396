import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'wouter'
import { type Filters, readFilters, writeFilters } from './filters.ts'

export type ChangeFilters = (part: Partial<Filters>) => void

/** What the URL asks for, and a way to change a part of it; a step of the search is no place to go back to. */
export function useFilters(): [Filters, ChangeFilters] {
  const [params, setParams] = useSearchParams()
  // What else stands in the URL, such as the deal that is open, leaves them the very same.
  const text = String(writeFilters(readFilters(params)))
  const filters = useMemo(() => readFilters(new URLSearchParams(text)), [text])
  const change = useCallback<ChangeFilters>(
    (part) =>
      setParams((before) => writeFilters({ ...readFilters(before), ...part }, before), { replace: 'query' in part }),
    [setParams],
  )
  return [filters, change]
}
