import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { post } from '../api/client.ts'
import { askAnew } from '../api/live/askAnew.ts'
import { useLive } from '../api/live/live.ts'
import { useSession } from '../api/session.tsx'
import { searchBody, type View } from './ask.ts'
import type { Page } from './contact.ts'

/** The contacts of a view, page by page, and anew as they change. */
export function useContacts(view: View) {
  const { location } = useSession()
  const query = useInfiniteQuery({
    queryKey: ['contacts', 'list', view],
    queryFn: ({ pageParam, signal }) =>
      post<Page>('/contacts/search', searchBody(view, location.id, pageParam), signal),
    initialPageParam: null as unknown[] | null,
    getNextPageParam: ({ contacts }) => (contacts.length === 100 ? contacts.at(-1)?.searchAfter : undefined),
    placeholderData: keepPreviousData,
  })
  const pages = query.data?.pages
  useFreshness(pages?.length ?? 1)
  const contacts = useMemo(() => {
    const all = pages?.flatMap(({ contacts }) => contacts) ?? []
    return [...new Map(all.map((contact) => [contact.id, contact])).values()]
  }, [pages])
  return { ...query, contacts, total: pages?.[0]?.total }
}

/** The first change is seen at once; of many, as in an import, the more rarely the more pages there are to ask for. */
function useFreshness(pages: number): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const isWanted = useRef(false)
  useEffect(() => () => clearTimeout(timer.current), [])

  function refetch() {
    isWanted.current = false
    timer.current = setTimeout(rest, 1_000 * pages)
    void askAnew({ queryKey: ['contacts', 'list'] })
  }
  function rest() {
    timer.current = undefined
    if (isWanted.current) refetch()
  }
  useLive('contact', () => {
    isWanted.current = true
    if (timer.current === undefined) refetch()
  })
}
