import { type Static, Type } from '@sinclair/typebox'
import { invalid } from '../../domain/errors.ts'
import { type Happening, type History, type HistorySearch, recorded } from '../../domain/history/queries.ts'
import { id, iso, nullable, oneOf, strict, Timestamp } from '../schemas.ts'

const limit = { default: 25, most: 100 }

export const HistoryQuery = Type.Object({
  record: oneOf(recorded),
  recordId: id("The record's id; of one that was deleted too"),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limit.most })),
  cursor: Type.Optional(Type.String({ description: '`nextCursor` of the page before' })),
  locationId: Type.Optional(Type.String()),
})

export const readHistory = ({ record, recordId, cursor, ...query }: Static<typeof HistoryQuery>): HistorySearch => ({
  record,
  recordId,
  before: readCursor(cursor),
  limit: query.limit ?? limit.default,
})

function readCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined
  if (!/^\d{1,15}$/.test(cursor)) throw invalid('cursor must be the nextCursor of a page before')
  return Number(cursor)
}

/** Who did something. */
export const WireDoer = Type.Object(
  {
    kind: oneOf(['token', 'user', 'run', 'import', 'system']),
    id: Type.String(),
    name: nullable(
      Type.String({ description: "The user's, the token's, or the workflow's; null where it is not known" }),
    ),
  },
  strict,
)

const side = (description: string) =>
  Type.Unknown({ description: `${description}; ids of people, stages and the like come as \`{ id, name }\`` })

const WireChange = Type.Object(
  {
    field: Type.String({ description: 'As the API calls it; a custom field is `customFields.` and its id' }),
    label: Type.Optional(Type.String({ description: 'What a custom field is called' })),
    before: side('null where it was empty'),
    after: side('null where it is empty'),
  },
  strict,
)

const WireEvent = Type.Object(
  {
    seq: Type.Integer(),
    at: Timestamp,
    types: Type.Array(Type.String(), { description: 'A change may be several at once' }),
    record: Type.String({ description: 'Also `note` and `task`, of the contact' }),
    recordId: Type.String(),
    caller: WireDoer,
    changes: Type.Array(WireChange),
  },
  strict,
)

export const HistoryReply = Type.Object({ events: Type.Array(WireEvent), nextCursor: nullable(Type.String()) })

export const writeHistory = ({ events, more }: History): Static<typeof HistoryReply> => ({
  events: events.map(writeEvent),
  nextCursor: more ? String(events.at(-1)?.seq) : null,
})

const writeEvent = ({ at, ...same }: Happening): Static<typeof WireEvent> => ({ ...same, at: iso(at) })
