import { type Static, type TObject, Type } from '@sinclair/typebox'
import { invalid } from '../../../domain/errors.ts'
import { statuses } from '../../../domain/opportunities/opportunity.ts'
import type { Found, Search } from '../../../domain/opportunities/queries.ts'
import { type Sort, type SortField, sortFields } from '../../../domain/opportunities/searchOrder.ts'
import type { OpportunityView } from '../../../domain/opportunities/viewTable.ts'
import { readWhole } from '../../../domain/search/compare.ts'
import type { Condition, Filter, Group } from '../../../domain/search/filter.ts'
import type { Cursor } from '../../../domain/search/order.ts'
import type { LocationParameter } from '../../endpoint.ts'
import { writeMeta as writePageMeta } from '../../meta.ts'
import { id, oneOf, strict } from '../../schemas.ts'
import { readMoment } from './dates.ts'

const Order = oneOf(['added_asc', 'added_desc', 'name_asc', 'name_desc', 'updated_asc', 'updated_desc'])
const optionalId = Type.Optional(Type.String({ maxLength: 255 }))

export const SearchQuery = Type.Object(
  {
    location_id: id('The location', 've9EPM428h8vShlRW1KT'),
    q: Type.Optional(Type.String({ maxLength: 500, description: 'Part of a name, e-mail, phone or company' })),
    pipeline_id: optionalId,
    pipeline_stage_id: optionalId,
    contact_id: optionalId,
    assigned_to: optionalId,
    status: Type.Optional(oneOf([...statuses, 'all'])),
    campaignId: optionalId, // sic: camelCase in v2 too
    id: optionalId,
    order: Type.Optional(Order),
    date: Type.Optional(Type.String({ description: 'Created on or after; mm-dd-yyyy, ISO or epoch milliseconds' })),
    endDate: Type.Optional(Type.String({ description: 'Created on or before' })),
    country: Type.Optional(Type.String({ maxLength: 255, description: "The contact's country" })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
    startAfter: Type.Optional(Type.String({ description: '`meta.startAfter` of the page before' })),
    startAfterId: Type.Optional(Type.String({ description: '`meta.startAfterId` of the page before' })),
    getTasks: Type.Optional(Type.Boolean()),
    getNotes: Type.Optional(Type.Boolean()),
    getCalendarEvents: Type.Optional(Type.Boolean()),
  },
  strict,
)
export type SearchQuery = Static<typeof SearchQuery>

/** How a dialect spells the query: `read` leads to the names above, `write` back. */
export interface Spelling {
  query: TObject
  location: LocationParameter
  read: (sent: object) => SearchQuery
  write: (query: SearchQuery) => { page?: number }
}

export const ours: Spelling = {
  query: SearchQuery,
  location: { in: 'query', name: 'location_id', misspelt: 'locationId' },
  read: (sent) => sent as SearchQuery,
  write: (query) => query,
}

export const SearchBody = Type.Object(
  {
    locationId: id('The location', 've9EPM428h8vShlRW1KT'),
    query: Type.Optional(Type.String({ maxLength: 75 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 20 })),
    page: Type.Optional(Type.Integer({ minimum: 0 })),
    searchAfter: Type.Optional(Type.Array(Type.Unknown(), { maxItems: 8 })),
    filters: Type.Optional(
      Type.Unsafe<Filter[] | Group>({
        description: 'Filters and groups of filters; a list means AND',
        type: ['array', 'object'],
      }),
    ),
    sort: Type.Optional(
      Type.Array(Type.Object({ field: oneOf(sortFields), direction: oneOf(['asc', 'desc']) }, strict), { maxItems: 6 }),
    ),
    additionalDetails: Type.Optional(
      Type.Object(
        {
          notes: Type.Optional(Type.Boolean()),
          tasks: Type.Optional(Type.Boolean()),
          calendarEvents: Type.Optional(Type.Boolean()),
          unReadConversations: Type.Optional(Type.Boolean()),
        },
        strict,
      ),
    ),
  },
  strict,
)
type SearchBody = Static<typeof SearchBody>

/** Pages by number reach this far; a cursor reaches everything. */
const reach = 10_000

const orders: Record<string, SortField> = { added: 'date_added', name: 'name', updated: 'date_updated' }

export function readOrder(order = 'added_desc'): Sort[] {
  const [name = '', direction] = order.split('_')
  return [{ field: orders[name] as SortField, direction: direction as 'asc' | 'desc' }]
}

export function readSearchQuery(query: SearchQuery): Search {
  const { startAfter, startAfterId, page = 1, limit = 20 } = query
  return {
    filters: readFilters(query),
    text: query.q,
    sort: readOrder(query.order),
    after: startAfter || startAfterId ? readCursor(query, startAfter, startAfterId) : [],
    offset: (page - 1) * limit,
    limit,
  }
}

/** Half a cursor is refused: answered by the first page again, a client would go round for ever. */
function readCursor({ order }: SearchQuery, startAfter = '', startAfterId = ''): Cursor {
  if (startAfter === '') throw invalid('startAfter should not be empty')
  if (startAfterId === '') throw invalid('startAfterId should not be empty')
  if (order?.startsWith('name')) return [startAfter, startAfterId]
  return [readWhole(startAfter, 'startAfter'), startAfterId]
}

function readFilters(query: SearchQuery): Filter[] {
  const { status, date, endDate } = query
  const equal = { ...query, status: status === 'all' ? undefined : status }
  const filters: Filter[] = (
    ['pipeline_id', 'pipeline_stage_id', 'contact_id', 'assigned_to', 'status', 'id', 'country'] as const
  )
    .filter((field) => equal[field])
    .map((field) => ({ field, operator: 'eq', value: equal[field] }))
  const range: Condition['value'] = {
    ...(date && { gte: readMoment(date, 'date').from }),
    ...(endDate && { lte: readMoment(endDate, 'endDate').to }),
  }
  if (date || endDate) filters.push({ field: 'date_added', operator: 'range', value: range })
  // There are no campaigns here, so no opportunity came from one.
  if (query.campaignId) filters.push({ field: 'id', operator: 'eq', value: [] })
  return filters
}

export function readSearchBody(body: SearchBody): Search {
  const { limit = 20, page = 1, filters = [], searchAfter, sort } = body
  const offset = (Math.max(page, 1) - 1) * limit
  const byCursor = searchAfter !== undefined && searchAfter.length > 0
  if (!byCursor && offset + limit > reach) {
    throw invalid(`page times limit must not be greater than ${reach}; use searchAfter beyond`)
  }
  return {
    filters: Array.isArray(filters) ? filters : [filters],
    text: body.query,
    sort,
    after: searchAfter,
    offset,
    limit,
  }
}

export function writeMeta(query: SearchQuery, { opportunities, total, more }: Found, origin: string, names: Spelling) {
  const end = { last: opportunities.at(-1), total, more }
  return writePageMeta(`${origin}/opportunities/search`, names.write(query), end)
}

/** What search rows carry beside the opportunity: contract 3.1, observed. */
export function writeRowExtras(o: OpportunityView & { place: Cursor }) {
  const { id: contactId, name, companyName, email, phone, tags } = o.contact
  return {
    contact: { ...o.contact, score: [] },
    relations: [
      {
        associationId: 'OPPORTUNITIES_CONTACTS_ASSOCIATION',
        relationId: o.id,
        primary: true,
        objectKey: 'contact',
        recordId: contactId,
        fullName: name,
        contactName: name,
        companyName,
        email,
        phone,
        tags,
        attributed: null,
      },
    ],
    attributions: [],
    sort: o.place,
  }
}
