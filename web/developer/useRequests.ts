import type { Static } from '@sinclair/typebox'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { RequestReply, RequestsReply } from '../../src/api/console/requestWire.ts'
import { get } from '../api/client.ts'

type Page = Static<typeof RequestsReply>
export type Asked = Page['requests'][number]
export type AskedWhole = Static<typeof RequestReply>['request']

export interface Search {
  status: string
  method: string
  path: string
}

export const noSearch: Search = { status: '', method: '', path: '' }

export const readSearch = (params: URLSearchParams): Search => ({
  status: params.get('status') ?? '',
  method: params.get('method') ?? '',
  path: params.get('path') ?? '',
})

/** Other things in the URL stay. */
export function writeSearch(search: Search, before: URLSearchParams): URLSearchParams {
  const params = new URLSearchParams(before)
  for (const [name, value] of Object.entries(search)) {
    if (value) params.set(name, value)
    else params.delete(name)
  }
  return params
}

/** Newest first. Programs make no events: what is new is asked for, unless the reader wants it to hold still. */
export function useRequests(search: Search, isFollowing: boolean) {
  const found = useInfiniteQuery({
    queryKey: ['requests', search],
    queryFn: ({ pageParam, signal }) =>
      get<Page>('/console/requests', { ...search, limit: 50, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state }) => (isFollowing && state.data && state.data.pages.length <= 2 ? 2_000 : false),
    placeholderData: keepPreviousData,
  })
  const { data } = found
  const requests = useMemo(() => data?.pages.flatMap((page) => page.requests), [data])
  return { ...found, requests }
}

/** It has happened: nothing about it changes any more. */
export const useRequest = (traceId: string) =>
  useQuery({
    queryKey: ['requests', 'one', traceId],
    queryFn: async ({ signal }) =>
      (await get<Static<typeof RequestReply>>(`/console/requests/${encodeURIComponent(traceId)}`, {}, signal)).request,
    staleTime: Number.POSITIVE_INFINITY,
  })
