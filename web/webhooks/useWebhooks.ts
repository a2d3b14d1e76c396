import type { Static } from '@sinclair/typebox'
import { useQuery } from '@tanstack/react-query'
import type { IssuedReply, WebhookReply, WebhooksReply } from '../../src/api/console/webhookWire.ts'
import { get } from '../api/client.ts'
import { useRefetch } from '../api/live/live.ts'

export type Webhook = Static<typeof WebhookReply>['webhook']
export type Issued = Static<typeof IssuedReply>

const key = ['webhooks']

/** All of them. What is sent is no change of a record, so nobody tells of it: it is asked for now and then. */
export function useWebhooks() {
  useRefetch('webhook', key)
  return useQuery({
    queryKey: [...key, 'list'],
    queryFn: async ({ signal }) => (await get<Static<typeof WebhooksReply>>('/console/webhooks', {}, signal)).webhooks,
    // Not what could not be loaded: its error would give way to a skeleton each time.
    refetchInterval: ({ state }) => (state.data ? 5_000 : false),
  })
}

export function useWebhook(id: string) {
  useRefetch('webhook', key)
  return useQuery({
    queryKey: [...key, id],
    queryFn: async ({ signal }) =>
      (await get<Static<typeof WebhookReply>>(`/console/webhooks/${encodeURIComponent(id)}`, {}, signal)).webhook,
    refetchInterval: ({ state }) => state.data && pace(state.data),
  })
}

/** More often while something is on its way. */
export const pace = (webhook: Webhook | undefined) => (webhook && webhook.deliveries.waiting > 0 ? 2_000 : 5_000)
