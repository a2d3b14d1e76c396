import { useMemo } from 'react'
import type { SortDescriptor } from 'react-aria-components'
import { useLocation, useSearchParams } from 'wouter'
import { useSession } from '../api/session.tsx'
import { useFilters } from '../filters/useFilters.ts'
import type { View } from './ask.ts'
import { readSort, writeSort } from './sort.ts'

/** What the URL asks the list to show, and ways to change that. */
export function useView() {
  const { location } = useSession()
  const [filters, changeFilters] = useFilters()
  const [params, setParams] = useSearchParams()
  const sortText = params.get('sort')
  const view: View = useMemo(
    () => ({ locationId: location.id, filters, sort: readSort(sortText) }),
    [location.id, filters, sortText],
  )
  const changeSort = (sort: SortDescriptor) => setParams((before) => setOne(before, 'sort', writeSort(sort)))
  return { view, changeFilters, changeSort }
}

/** The deal of the URL, open beside the list: to another it steps without a trace, so that Back closes it. */
export function useOpenDeal() {
  const [params] = useSearchParams()
  const [path, navigate] = useLocation()
  const openId = params.get('deal')
  const open = (id: string | null) =>
    navigate(hrefOf(path, setOne(params, 'deal', id)), { replace: openId !== null && id !== null })
  return { openId, open }
}

const hrefOf = (path: string, params: URLSearchParams) => `${path}${params.size > 0 ? `?${params}` : ''}`

function setOne(params: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = new URLSearchParams(params)
  if (value === null) next.delete(name)
  else next.set(name, value)
  return next
}
