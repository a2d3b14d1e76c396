import { Type } from '@sinclair/typebox'
import type { Opportunity } from '../../../domain/opportunities/opportunity.ts'
import { isAmong, strict } from '../definition/fields.ts'
import { checkFilters, fits, opportunityFilters, status } from './filters.ts'
import { trigger } from './trigger.ts'

const Filters = Type.Object(
  {
    from: Type.Optional(status('Moved from status')),
    to: Type.Optional(status('Moved to status')),
    ...opportunityFilters,
  },
  strict,
)

export default trigger<typeof Filters, Opportunity>({
  type: 'opportunity_status_changed',
  title: 'Opportunity Status Changed',
  alsoCalled: [],
  lookedForAs: ['Opportunity Won', 'Opportunity Lost', 'Opportunity Abandoned'],
  about: 'An opportunity was won, lost, abandoned or opened again.',
  record: 'opportunity',
  on: ['OpportunityStatusUpdate'],
  filters: Filters,
  check: checkFilters,
  matches: async ({ from, to, ...filters }, change) =>
    isAmong(from, change.before?.status ?? null) && isAmong(to, change.after.status) && fits(filters, change),
})
