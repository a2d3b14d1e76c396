import {
  createWebhook,
  deleteWebhook,
  pauseWebhook,
  resumeWebhook,
  rotateSecret,
  updateWebhook,
} from '../../automation/webhooks/commands.ts'
import { getDelivery, searchDeliveries } from '../../automation/webhooks/deliveries/queries.ts'
import { redeliver, redeliverRange } from '../../automation/webhooks/deliveries/redeliver.ts'
import { getWebhook, listWebhooks } from '../../automation/webhooks/queries.ts'
import { keyPairs } from '../../automation/webhooks/signing/keys.ts'
import { type Dialect, endpoint } from '../endpoint.ts'
import * as deliveryWire from './deliveryWire.ts'
import * as keys from './webhookKeysWire.ts'
import * as wire from './webhookWire.ts'

const tag = 'Webhooks'
const [see, change] = ['webhooks.readonly', 'webhooks.write'] as const

export const webhookRoutes: Dialect = {
  'list-webhooks': endpoint({
    method: 'GET',
    path: '/console/webhooks',
    summary: 'List the webhooks of the location, and how their deliveries stand',
    tag,
    scope: see,
    reply: wire.WebhooksReply,
    run: async (ctx) => wire.writeAll(await listWebhooks(ctx)),
  }),

  'create-webhook': endpoint({
    method: 'POST',
    path: '/console/webhooks',
    summary: 'Subscribe an address to events; the secret is shown this once',
    tag,
    scope: change,
    status: 201,
    body: wire.CreateBody,
    reply: wire.IssuedReply,
    run: async (ctx, { body }) => {
      const issued = await createWebhook(ctx, wire.readNew(body))
      return wire.writeIssued(issued, await getWebhook(ctx, issued.webhook.id))
    },
  }),

  'get-webhook': endpoint({
    method: 'GET',
    path: '/console/webhooks/:webhookId',
    summary: 'Get a webhook, and how its deliveries stand',
    tag,
    scope: see,
    params: wire.WebhookId,
    reply: wire.WebhookReply,
    run: async (ctx, { params }) => wire.writeOne(await getWebhook(ctx, params.webhookId)),
  }),

  'update-webhook': endpoint({
    method: 'PUT',
    path: '/console/webhooks/:webhookId',
    summary: 'Change a webhook; what is absent stays',
    tag,
    scope: change,
    params: wire.WebhookId,
    body: wire.UpdateBody,
    reply: wire.WebhookReply,
    run: async (ctx, { params, body }) => {
      await updateWebhook(ctx, params.webhookId, wire.readChange(body))
      return wire.writeOne(await getWebhook(ctx, params.webhookId))
    },
  }),

  'pause-webhook': endpoint({
    method: 'POST',
    path: '/console/webhooks/:webhookId/pause',
    summary: 'Send nothing for a while; what happens meanwhile waits',
    tag,
    scope: change,
    params: wire.WebhookId,
    reply: wire.WebhookReply,
    run: async (ctx, { params }) => {
      await pauseWebhook(ctx, params.webhookId)
      return wire.writeOne(await getWebhook(ctx, params.webhookId))
    },
  }),

  'resume-webhook': endpoint({
    method: 'POST',
    path: '/console/webhooks/:webhookId/resume',
    summary: 'Send again, after a pause or after it was disabled',
    tag,
    scope: change,
    params: wire.WebhookId,
    reply: wire.WebhookReply,
    run: async (ctx, { params }) => {
      await resumeWebhook(ctx, params.webhookId)
      return wire.writeOne(await getWebhook(ctx, params.webhookId))
    },
  }),

  'delete-webhook': endpoint({
    method: 'DELETE',
    path: '/console/webhooks/:webhookId',
    summary: 'End a webhook and what waits for it',
    tag,
    scope: change,
    params: wire.WebhookId,
    reply: wire.DeletedReply,
    run: async (ctx, { params }) => ({ id: (await deleteWebhook(ctx, params.webhookId)).id, deleted: true }),
  }),

  'rotate-webhook-secret': endpoint({
    method: 'POST',
    path: '/console/webhooks/:webhookId/rotate-secret',
    summary: 'Give a webhook a new secret; the old one signs beside it for seven days',
    tag,
    scope: change,
    params: wire.WebhookId,
    body: wire.RotateBody,
    reply: wire.IssuedReply,
    run: async (ctx, { params, body }) => {
      const issued = await rotateSecret(ctx, params.webhookId, { now: body.now ?? false })
      return wire.writeIssued(issued, await getWebhook(ctx, params.webhookId))
    },
  }),

  'list-deliveries': endpoint({
    method: 'GET',
    path: '/console/webhooks/:webhookId/deliveries',
    summary: 'List what was sent to a webhook, the newest first',
    tag,
    scope: see,
    params: wire.WebhookId,
    query: deliveryWire.DeliveriesQuery,
    reply: deliveryWire.DeliveriesReply,
    run: async (ctx, { params, query }) => {
      const by = deliveryWire.readDeliveries(query)
      return deliveryWire.writePage(await searchDeliveries(ctx, params.webhookId, by), by)
    },
  }),

  'get-delivery': endpoint({
    method: 'GET',
    path: '/console/webhooks/:webhookId/deliveries/:deliveryId',
    summary: 'Get a delivery with its payload and every attempt',
    tag,
    scope: see,
    params: deliveryWire.DeliveryId,
    reply: deliveryWire.DeliveryReply,
    run: async (ctx, { params }) =>
      deliveryWire.writeStory(await getDelivery(ctx, params.webhookId, params.deliveryId)),
  }),

  redeliver: endpoint({
    method: 'POST',
    path: '/console/webhooks/:webhookId/deliveries/:deliveryId/redeliver',
    summary: 'Send a delivery again, with the same webhookId',
    tag,
    scope: change,
    params: deliveryWire.DeliveryId,
    reply: deliveryWire.OneDeliveryReply,
    run: async (ctx, { params }) => ({
      delivery: deliveryWire.writeDelivery(await redeliver(ctx, params.webhookId, params.deliveryId)),
    }),
  }),

  'redeliver-range': endpoint({
    method: 'POST',
    path: '/console/webhooks/:webhookId/redeliver',
    summary: 'Send again what was made in a range of time',
    tag,
    scope: change,
    params: wire.WebhookId,
    body: deliveryWire.RangeBody,
    reply: deliveryWire.CountReply,
    run: async (ctx, { params, body }) => ({
      count: await redeliverRange(ctx, params.webhookId, deliveryWire.readRange(body, ctx.now())),
    }),
  }),

  'webhook-keys': endpoint({
    method: 'GET',
    path: '/.well-known/pipewright-webhook-keys',
    summary: 'The public keys that deliveries are signed with',
    tag,
    reply: keys.KeysReply,
    run: async (ctx) => keys.writeKeys(await keyPairs(ctx.store, ctx.now()), ctx.now()),
  }),
}
