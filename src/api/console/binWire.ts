import { type Static, Type } from '@sinclair/typebox'
import { invalid } from '../../domain/errors.ts'
import { type BinEntry, binLife } from '../../domain/opportunities/bin.ts'
import type { BinPlace } from '../../domain/opportunities/binTable.ts'
import { statuses } from '../../domain/opportunities/opportunity.ts'
import { iso, nullable, oneOf, strict, Timestamp } from '../schemas.ts'
import { WireDoer } from './historyWire.ts'

const limit = { default: 25, most: 100 }

export const OpportunityId = Type.Object({ opportunityId: Type.String() })
export const BinQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limit.most })),
  cursor: Type.Optional(Type.String({ description: '`nextCursor` of the page before' })),
  locationId: Type.Optional(Type.String()),
})

export const readBin = ({ cursor, ...query }: Static<typeof BinQuery>) => ({
  after: readCursor(cursor),
  limit: query.limit ?? limit.default,
})

function readCursor(cursor: string | undefined): BinPlace | undefined {
  if (cursor === undefined) return undefined
  const [, deletedAt, id] = /^(\d{1,16})-([A-Za-z0-9]{1,40})$/.exec(cursor) ?? []
  if (!deletedAt || !id) throw invalid('cursor must be the nextCursor of a page before')
  return { deletedAt: Number(deletedAt), id }
}

const WireEntry = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    monetaryValue: nullable(Type.Number()),
    status: oneOf(statuses),
    pipelineId: Type.String(),
    pipelineStageId: Type.String(),
    contact: Type.Object({ id: Type.String(), name: nullable(Type.String()) }, strict),
    deletedAt: Timestamp,
    deletedBy: nullable(WireDoer),
    forgottenAt: Type.String({ description: 'Until when it can be restored' }),
  },
  strict,
)

export const BinReply = Type.Object({ opportunities: Type.Array(WireEntry), nextCursor: nullable(Type.String()) })

export function writeBin({ entries, more }: { entries: BinEntry[]; more: boolean }): Static<typeof BinReply> {
  const last = entries.at(-1)
  const nextCursor = last && more ? `${last.deletedAt}-${last.opportunity.id}` : null
  return { opportunities: entries.map(writeEntry), nextCursor }
}

function writeEntry({ opportunity, contactName, deletedAt, deletedBy }: BinEntry): Static<typeof WireEntry> {
  const { id, name, monetaryValue, status, pipelineId, pipelineStageId, contactId } = opportunity
  return {
    ...{ id, name, monetaryValue, status, pipelineId, pipelineStageId },
    contact: { id: contactId, name: contactName },
    deletedAt: iso(deletedAt),
    deletedBy,
    forgottenAt: iso(deletedAt + binLife),
  }
}
