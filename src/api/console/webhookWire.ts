import { type Static, Type } from '@sinclair/typebox'
import type { Issued } from '../../automation/webhooks/commands.ts'
import type { Standing } from '../../automation/webhooks/queries.ts'
import { every, typesTold } from '../../automation/webhooks/types.ts'
import { type NewWebhook, retryModes, states, type WebhookInput } from '../../automation/webhooks/webhook.ts'
import { iso, isoOrNull, nullable, oneOf, strict, Timestamp } from '../schemas.ts'

export const WebhookId = Type.Object({ webhookId: Type.String() })

const optional = {
  locationId: Type.Optional(Type.String()),
  name: Type.Optional(Type.String({ maxLength: 255, examples: ['Ledger'], description: "The host's unless given" })),
  retryMode: Type.Optional(
    oneOf(retryModes, { description: 'standard: whatever fails, for three days; highlevel: only 429, six times' }),
  ),
  headers: Type.Optional(
    Type.Record(Type.String(), Type.String(), {
      description: 'Sent with each delivery; never shown again',
      examples: [{ Authorization: 'Bearer their-token' }],
    }),
  ),
  appId: Type.Optional(
    nullable(Type.String({ maxLength: 255, description: 'Told in each payload, for receivers that look for theirs' })),
  ),
  legacySignature: Type.Optional(Type.Boolean({ description: 'Send `x-wh-signature` (RSA-SHA256) too' })),
}
const Url = Type.String({ examples: ['https://example.com/hooks'], description: 'http or https, no password in it' })
const Types = Type.Array(Type.String({ examples: ['OpportunityStatusUpdate'] }), {
  description: `Any of ${typesTold.join(', ')}; or ${every} for all`,
  maxItems: 100,
})

export const CreateBody = Type.Object({ url: Url, types: Types, ...optional }, strict)
export const UpdateBody = Type.Partial(CreateBody, strict)
export const RotateBody = Type.Object(
  { now: Type.Optional(Type.Boolean({ description: 'End the old secret at once, not after seven days' })) },
  strict,
)

export const readNew = ({ locationId: _, ...wanted }: Static<typeof CreateBody>): NewWebhook => wanted
export const readChange = ({ locationId: _, ...wanted }: Static<typeof UpdateBody>): WebhookInput => wanted

const WireWebhook = Type.Object(
  {
    id: Type.String(),
    locationId: Type.String(),
    name: Type.String(),
    url: Type.String(),
    types: Type.Array(Type.String()),
    retryMode: oneOf(retryModes),
    headerNames: Type.Array(Type.String()),
    appId: nullable(Type.String()),
    legacySignature: Type.Boolean(),
    state: oneOf(states),
    stateReason: nullable(Type.String()),
    stateAt: Timestamp,
    oldSecretEndsAt: nullable(Timestamp),
    deliveries: Type.Object({ waiting: Type.Integer(), delivered: Type.Integer(), failed: Type.Integer() }),
    failuresInARow: Type.Integer(),
    failingSince: nullable(Timestamp),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  },
  strict,
)

export const WebhookReply = Type.Object({ webhook: WireWebhook })
export const WebhooksReply = Type.Object({ webhooks: Type.Array(WireWebhook) })
export const IssuedReply = Type.Object({
  webhook: WireWebhook,
  secret: Type.String({ description: 'Of Standard Webhooks; shown this once', examples: ['whsec_…'] }),
})
export const DeletedReply = Type.Object({ id: Type.String(), deleted: Type.Literal(true) })

export function writeWebhook({ webhook, line }: Standing): Static<typeof WireWebhook> {
  const { secrets, headers, stateAt, createdAt, updatedAt, ...same } = webhook
  const { waiting, delivered, failed, failures, failingSince } = line
  return {
    ...same,
    headerNames: Object.keys(headers),
    stateAt: iso(stateAt),
    oldSecretEndsAt: isoOrNull(secrets[1]?.endsAt ?? null),
    deliveries: { waiting, delivered, failed },
    failuresInARow: failures,
    failingSince: isoOrNull(failingSince),
    createdAt: iso(createdAt),
    updatedAt: iso(updatedAt),
  }
}

export const writeOne = (standing: Standing): Static<typeof WebhookReply> => ({ webhook: writeWebhook(standing) })
export const writeAll = (all: Standing[]): Static<typeof WebhooksReply> => ({ webhooks: all.map(writeWebhook) })
export const writeIssued = ({ secret }: Issued, standing: Standing): Static<typeof IssuedReply> => ({
  webhook: writeWebhook(standing),
  secret,
})
