import type { Static } from '@sinclair/typebox'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type * as wire from '../../src/api/console/reportWire.ts'
import { get } from '../api/client.ts'
import { askAnew } from '../api/live/askAnew.ts'
import { useLive, useRefetch } from '../api/live/live.ts'

export interface Replies {
  funnel: Static<typeof wire.FunnelReply>
  forecast: Static<typeof wire.ForecastReply>
  outcomes: Static<typeof wire.OutcomesReply>
  'time-in-stage': Static<typeof wire.TimeInStageReply>
}

/** What was shown before stays until what was asked for is there. */
export function useReport<Name extends keyof Replies>(name: Name, query: Record<string, string | null>) {
  useCalmRefetch()
  useRefetch('pipeline', ['reports'])
  return useQuery({
    queryKey: ['reports', name, query],
    queryFn: ({ signal }) => get<Replies[Name]>(`/console/reports/${name}`, query, signal),
    placeholderData: keepPreviousData,
  })
}

const pause = 3000

/** Deals change all day long, and a report adds up all of them: the first change is heard at once, the next ones together. */
function useCalmRefetch(): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const isStale = useRef(false)
  const refetch = () => {
    isStale.current = false
    void askAnew({ queryKey: ['reports'] })
    timer.current = setTimeout(() => {
      timer.current = undefined
      if (isStale.current) refetch()
    }, pause)
  }
  useLive('opportunity', () => {
    isStale.current = true
    if (timer.current === undefined) refetch()
  })
  useEffect(() => () => clearTimeout(timer.current), [])
}
