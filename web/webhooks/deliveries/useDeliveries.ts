import type { Static } from '@sinclair/typebox'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { DeliveriesReply, DeliveryReply, OneDeliveryReply } from '../../../src/api/console/deliveryWire.ts'
import { useChange } from '../../api/change.ts'
import { get, post } from '../../api/client.ts'
import { deliveryWords as words } from '../../words/deliveries.ts'
import { pace, type Webhook } from '../useWebhooks.ts'
import { ownZone, queryOf, type Search } from './search.ts'

type Page = Static<typeof DeliveriesReply>
export type Delivery = Page['deliveries'][number]
export type Story = Static<typeof DeliveryReply>['delivery']
export type Attempt = Story['attemptLog'][number]

const pathOf = (webhookId: string) => `/console/webhooks/${encodeURIComponent(webhookId)}/deliveries`

/** The log page by page, the newest first. Its beginning is looked at anew for as long as nobody reads far back. */
export function useDeliveries(webhook: Webhook, search: Search) {
  const found = useInfiniteQuery({
    queryKey: ['webhooks', webhook.id, 'deliveries', search],
    queryFn: ({ pageParam, signal }) =>
      get<Page>(pathOf(webhook.id), { ...queryOf(search, ownZone()), limit: 50, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state }) => (state.data && state.data.pages.length <= 2 ? pace(webhook) : false),
    placeholderData: keepPreviousData,
  })
  const { data } = found
  const deliveries = useMemo(() => data?.pages.flatMap((page) => page.deliveries), [data])
  return { ...found, deliveries }
}

/** One with its payload and its attempts. */
export const useStory = (webhookId: string, id: string) =>
  useQuery({
    queryKey: ['webhooks', webhookId, 'delivery', id],
    queryFn: async ({ signal }) =>
      (await get<Static<typeof DeliveryReply>>(`${pathOf(webhookId)}/${encodeURIComponent(id)}`, {}, signal)).delivery,
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? 1_000 : false),
  })

/** What the receiver last did wrong, where there is something that it has not taken yet. */
export function useLastError({ id, failuresInARow }: Webhook): string | null {
  const { data } = useQuery({
    queryKey: ['webhooks', id, 'error', failuresInARow],
    queryFn: async ({ signal }) => {
      const { deliveries } = await get<Page>(pathOf(id), { limit: 100 }, signal)
      const tried = deliveries.find(({ attempts, state }) => attempts > 0 && state !== 'delivered')
      if (!tried) return null
      const { delivery } = await get<Static<typeof DeliveryReply>>(`${pathOf(id)}/${tried.id}`, {}, signal)
      return delivery.attemptLog.at(-1)?.error ?? null
    },
    placeholderData: keepPreviousData,
    enabled: failuresInARow > 0,
  })
  return data ?? null
}

export const useRedelivery = () =>
  useChange<Pick<Delivery, 'id' | 'webhookId' | 'type'>>({
    run: ({ id, webhookId }) => post<Static<typeof OneDeliveryReply>>(`${pathOf(webhookId)}/${id}/redeliver`),
    says: ({ type }) => words.sentAgain(type),
    refused: ({ type }) => words.notSentAgain(type),
    isSame: ({ id }, before) => id === before.id,
    refetch: [['webhooks']],
  })
