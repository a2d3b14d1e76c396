import { raw } from 'sql-template-tag'
import { type Key, type Order, readOrder } from '../search/order.ts'
import { headIn, headOf } from '../search/text.ts'
import { fold } from '../text.ts'
import type { Opportunity } from './opportunity.ts'

const moment = (column: string, of: (opportunity: Opportunity) => number): Key<Opportunity> => ({
  column: raw(column),
  kind: 'whole',
  of,
})

export const byCreation = moment('o.created_at', (o) => o.createdAt)

const keys = {
  date_added: byCreation,
  date_updated: moment('o.updated_at', (o) => o.updatedAt),
  name: { column: headOf(raw('o.name_key')), isExpression: true, kind: 'text', of: (o) => headIn(fold(o.name)) },
  // No value sorts below every value.
  monetary_value: {
    column: raw('coalesce(o.monetary_value, -1e15)'),
    kind: 'number',
    of: (o) => o.monetaryValue ?? -1e15,
  },
  last_status_change_date: moment('o.last_status_change_at', (o) => o.lastStatusChangeAt),
  last_stage_change_date: moment('o.last_stage_change_at', (o) => o.lastStageChangeAt),
} satisfies Record<string, Key<Opportunity>>

export type SortField = keyof typeof keys
export const sortFields = Object.keys(keys) as SortField[]

export interface Sort {
  field: SortField
  direction: 'asc' | 'desc'
}

const newestFirst: Sort[] = [{ field: 'date_added', direction: 'desc' }]
const id: Key<Opportunity> = { column: raw('o.id'), kind: 'text', of: (o) => o.id }

/** Newest first unless sorted. */
export const opportunityOrder = (sort: Sort[] = []): Order<Opportunity> =>
  readOrder<Opportunity>(sort.length > 0 ? sort : newestFirst, keys, id)
