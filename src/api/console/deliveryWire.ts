import { type Static, Type } from '@sinclair/typebox'
import { type Attempt, deliveryStates, type ToldDelivery } from '../../automation/webhooks/deliveries/delivery.ts'
import type { DeliverySearch, DeliveryStory } from '../../automation/webhooks/deliveries/queries.ts'
import type { Range } from '../../automation/webhooks/deliveries/redeliver.ts'
import { invalid } from '../../domain/errors.ts'
import { instant } from '../../domain/time.ts'
import { iso, isoOrNull, nullable, oneOf, strict, Timestamp } from '../schemas.ts'

export const DeliveryId = Type.Object({ webhookId: Type.String(), deliveryId: Type.String() })

const limit = { default: 25, most: 100 }

export const DeliveriesQuery = Type.Object({
  state: Type.Optional(oneOf(deliveryStates)),
  type: Type.Optional(Type.String()),
  recordId: Type.Optional(Type.String()),
  from: Type.Optional(Type.String({ examples: ['2026-11-20T00:00:00Z'] })),
  to: Type.Optional(Type.String({ description: 'Not included' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limit.most })),
  cursor: Type.Optional(Type.String({ description: '`nextCursor` of the page before' })),
  locationId: Type.Optional(Type.String()),
})

export function readDeliveries(query: Static<typeof DeliveriesQuery>): DeliverySearch {
  const { state, type, recordId, from, to, cursor } = query
  const [createdAt, place] = readCursor(cursor)
  return {
    state,
    type,
    recordId,
    from: readTime('from', from),
    to: readTime('to', to),
    after: createdAt === undefined || place === undefined ? undefined : { createdAt, place },
    limit: query.limit ?? limit.default,
  }
}

function readCursor(cursor: string | undefined): number[] {
  if (cursor === undefined) return []
  if (!/^\d{1,16}-\d{1,16}$/.test(cursor)) throw invalid('cursor must be the nextCursor of a page before')
  return cursor.split('-').map(Number)
}

function readTime(field: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const at = instant(text)
  if (at === undefined) throw invalid(`${field} must be a date, such as 2026-11-20T08:00:00Z`)
  return at
}

const WireDelivery = Type.Object(
  {
    id: Type.String({ description: '`webhookId` in its payload' }),
    webhookId: Type.String({ description: "The webhook's own id" }),
    type: Type.String(),
    record: Type.String(),
    recordId: Type.String(),
    state: oneOf(deliveryStates),
    nextAttemptAt: nullable(Timestamp),
    attempts: Type.Integer(),
    createdAt: Timestamp,
    settledAt: nullable(Timestamp),
  },
  strict,
)
const WireAttempt = Type.Object(
  {
    at: Timestamp,
    milliseconds: Type.Integer(),
    status: nullable(Type.Integer()),
    error: nullable(Type.String()),
    response: nullable(Type.String({ description: 'Its beginning' })),
  },
  strict,
)

export const DeliveriesReply = Type.Object({
  deliveries: Type.Array(WireDelivery),
  nextCursor: nullable(Type.String()),
})
export const DeliveryReply = Type.Object({
  delivery: Type.Composite(
    [WireDelivery, Type.Object({ payload: Type.Unknown(), attemptLog: Type.Array(WireAttempt) })],
    strict,
  ),
})
export const OneDeliveryReply = Type.Object({ delivery: WireDelivery })

export function writeDelivery(delivery: ToldDelivery): Static<typeof WireDelivery> {
  const { id, webhookId, type, record, recordId, state, dueAt, attempts, createdAt, settledAt } = delivery
  const times = { nextAttemptAt: isoOrNull(dueAt), createdAt: iso(createdAt), settledAt: isoOrNull(settledAt) }
  return { id, webhookId, type, record, recordId, state, attempts, ...times }
}

const writeAttempt = ({ at, ms, ...same }: Attempt): Static<typeof WireAttempt> => ({
  at: iso(at),
  milliseconds: ms,
  ...same,
})

export function writePage(found: ToldDelivery[], by: DeliverySearch): Static<typeof DeliveriesReply> {
  const last = found.length === by.limit ? found.at(-1) : undefined
  return { deliveries: found.map(writeDelivery), nextCursor: last ? `${last.createdAt}-${last.place}` : null }
}

export const writeStory = ({ delivery, attempts }: DeliveryStory): Static<typeof DeliveryReply> => ({
  delivery: {
    ...writeDelivery(delivery),
    payload: JSON.parse(delivery.body),
    attemptLog: attempts.map(writeAttempt),
  },
})

export const RangeBody = Type.Object(
  {
    locationId: Type.Optional(Type.String()),
    from: Type.String({ examples: ['2026-11-20T00:00:00Z'] }),
    to: Type.Optional(Type.String({ description: 'Not included; now unless given' })),
    states: Type.Optional(Type.Array(oneOf(deliveryStates), { minItems: 1, description: '`failed` unless given' })),
  },
  strict,
)
export const CountReply = Type.Object({ count: Type.Integer() })

export function readRange({ from, to, states: wanted }: Static<typeof RangeBody>, now: number): Range {
  return { from: readTime('from', from) ?? 0, to: readTime('to', to) ?? now, states: wanted ?? ['failed'] }
}
