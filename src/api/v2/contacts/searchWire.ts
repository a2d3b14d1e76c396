import { type Static, Type } from '@sinclair/typebox'
import type { Contact } from '../../../domain/contacts/contact.ts'
import type { ContactSearch, Found, Page } from '../../../domain/contacts/queries.ts'
import { invalid } from '../../../domain/errors.ts'
import { readWhole } from '../../../domain/search/compare.ts'
import type { Cursor } from '../../../domain/search/order.ts'
import { Meta, writeMeta } from '../../meta.ts'
import { nullable, oneOf, strict } from '../../schemas.ts'
import { WireContact, type WriteContact } from './contactWire.ts'

const locationId = Type.Optional(Type.String({ examples: ['ve9EPM428h8vShlRW1KT'] }))
const query = Type.Optional(Type.String({ maxLength: 75, examples: ['john@example.com'] }))
const key = Type.Array(Type.Union([Type.Number(), Type.String()]), {
  examples: [[1631087949919, 'yd0jdjOavGk2o6Nh5Ndb']],
})

export const ListQuery = Type.Object(
  {
    locationId,
    query,
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
    startAfter: Type.Optional(Type.Number({ description: 'meta.startAfter of the page before' })),
    startAfterId: Type.Optional(Type.String({ maxLength: 255, description: 'meta.startAfterId of the page before' })),
    page: Type.Optional(Type.Integer({ minimum: 0, description: 'Read only when there is no cursor' })),
  },
  strict,
)
type ListQuery = Static<typeof ListQuery>

export function readList({ query, limit = 20, startAfter, startAfterId = '', page }: ListQuery): ContactSearch {
  const isCursor = startAfter !== undefined || startAfterId !== ''
  return { query, limit, page, searchAfter: isCursor ? readCursor(startAfter, startAfterId) : [] }
}

/** Half a cursor is refused: those of the same moment would be missed, or met again. */
function readCursor(startAfter: number | undefined, startAfterId: string): Cursor {
  if (startAfter === undefined) throw invalid('startAfter should not be empty')
  const moment = readWhole(startAfter, 'startAfter')
  if (startAfterId === '') throw invalid('startAfterId should not be empty')
  return [moment, startAfterId]
}

export const SearchBody = Type.Object(
  {
    locationId,
    page: Type.Optional(Type.Integer({ minimum: 0, description: 'From 1; 0 is the first page too' })),
    pageLimit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 20 })),
    query: Type.Optional(nullable(Type.String({ maxLength: 75, examples: ['john@example.com'] }))),
    filters: Type.Optional(
      Type.Unknown({
        description: 'Filters `{field, operator, value}` and groups `{group, filters}`; all must hold',
        examples: [[{ field: 'email', operator: 'exists' }]],
      }),
    ),
    sort: Type.Optional(
      Type.Array(
        Type.Object(
          { field: Type.String({ maxLength: 255 }), direction: Type.Optional(oneOf(['asc', 'desc'])) },
          strict,
        ),
        { maxItems: 2, examples: [[{ field: 'dateAdded', direction: 'desc' }]] },
      ),
    ),
    searchAfter: Type.Optional(
      Type.Array(Type.Unknown(), { maxItems: 3, description: '`searchAfter` of the last contact of the page before' }),
    ),
  },
  strict,
)
type SearchBody = Static<typeof SearchBody>

export function readSearch({ page, pageLimit = 20, query, filters, sort, searchAfter }: SearchBody): ContactSearch {
  return { page, limit: pageLimit, query: query ?? undefined, filters, sort, searchAfter }
}

export const DuplicateQuery = Type.Object(
  {
    locationId,
    number: Type.Optional(Type.String({ maxLength: 100, examples: ['+1423164516'] })),
    email: Type.Optional(Type.String({ maxLength: 255, examples: ['abc@abc.com'] })),
  },
  strict,
)

export const DuplicateReply = Type.Object({ contact: nullable(WireContact) })

export const writeDuplicate = (contact: Contact | null, write: WriteContact): Static<typeof DuplicateReply> => ({
  contact: contact && write(contact),
})

const FoundContact = Type.Composite([
  WireContact,
  Type.Object({ address: nullable(Type.String()), businessName: nullable(Type.String()), searchAfter: key, sort: key }),
])

export const SearchReply = Type.Object({ contacts: Type.Array(FoundContact), total: Type.Number() })

export const ListReply = Type.Object({
  contacts: Type.Array(FoundContact),
  count: Type.Number(),
  meta: Meta,
})

export const writeSearch = ({ found, total }: Page, write: WriteContact): Static<typeof SearchReply> => ({
  contacts: found.map((one) => writeFound(one, write)),
  total,
})

export function writeList(
  { found, total, hasMore }: Page,
  query: ListQuery,
  origin: string,
  write: WriteContact,
): Static<typeof ListReply> {
  const last = found.at(-1)
  const end = { last: last && { id: last.contact.id, place: last.key }, total, more: hasMore }
  const meta = writeMeta(`${origin}/contacts/`, { ...query, ...(last && { locationId: last.contact.locationId }) }, end)
  return { contacts: found.map((one) => writeFound(one, write)), count: total, meta }
}

function writeFound({ contact, key }: Found, write: WriteContact): Static<typeof FoundContact> {
  return {
    ...write(contact),
    dateOfBirth: contact.dateOfBirth,
    address: contact.address1,
    businessName: null,
    searchAfter: key,
    sort: key,
  }
}
