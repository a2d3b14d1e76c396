import { type Static, Type } from '@sinclair/typebox'
import type { Contact } from '../../../domain/contacts/contact.ts'
import type { ContactSearch, Found, Page } from '../../../domain/contacts/queries.ts'
import { invalid } from '../../../domain/errors.ts'
import { readWhole } from '../../../domain/search/compare.ts'
import { nullable, oneOf, strict } from '../../schemas.ts'
import { WireContact, writeContact } from './contactWire.ts'

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

export function readList({ query, limit = 20, startAfter, startAfterId, page }: ListQuery): ContactSearch {
  if (startAfter === undefined && startAfterId !== undefined) throw invalid('startAfter should not be empty')
  const cursor = startAfter === undefined ? [] : [readWhole(startAfter, 'startAfter'), startAfterId ?? '']
  return { query, limit, page, searchAfter: cursor }
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

export const writeDuplicate = (contact: Contact | null): Static<typeof DuplicateReply> => ({
  contact: contact && writeContact(contact),
})

const FoundContact = Type.Composite([
  WireContact,
  Type.Object({ address: nullable(Type.String()), businessName: nullable(Type.String()), searchAfter: key, sort: key }),
])

export const SearchReply = Type.Object({ contacts: Type.Array(FoundContact), total: Type.Number() })

export const ListReply = Type.Object({
  contacts: Type.Array(FoundContact),
  count: Type.Number(),
  meta: Type.Object({
    total: Type.Number(),
    nextPageUrl: nullable(Type.String()),
    startAfterId: nullable(Type.String()),
    startAfter: nullable(Type.Number()),
    currentPage: Type.Number(),
    nextPage: nullable(Type.Number()),
    prevPage: nullable(Type.Number()),
  }),
})

export const writeSearch = ({ found, total }: Page): Static<typeof SearchReply> => ({
  contacts: found.map(writeFound),
  total,
})

/** The cursor is that of the last contact, on the last page too; the page's number only counts along with it. */
export function writeList({ found, total, hasMore }: Page, query: ListQuery, origin: string): Static<typeof ListReply> {
  const currentPage = Math.max(query.page ?? 1, 1)
  const last = found.at(-1)?.contact
  return {
    contacts: found.map(writeFound),
    count: total,
    meta: {
      total,
      nextPageUrl: hasMore && last ? `${origin}${nextPage(query, last, currentPage + 1)}` : null,
      startAfterId: last?.id ?? null,
      startAfter: last?.createdAt ?? null,
      currentPage,
      nextPage: hasMore ? currentPage + 1 : null,
      prevPage: currentPage > 1 ? currentPage - 1 : null,
    },
  }
}

function nextPage(query: ListQuery, last: Contact, page: number): string {
  const next = { ...query, locationId: last.locationId, startAfter: last.createdAt, startAfterId: last.id, page }
  const given = Object.entries(next).filter(([, value]) => value !== undefined)
  return `/contacts/?${new URLSearchParams(Object.fromEntries(given.map(([name, value]) => [name, String(value)])))}`
}

function writeFound({ contact, key }: Found): Static<typeof FoundContact> {
  return {
    ...writeContact(contact),
    dateOfBirth: contact.dateOfBirth,
    address: contact.address1,
    businessName: null,
    searchAfter: key,
    sort: key,
  }
}
