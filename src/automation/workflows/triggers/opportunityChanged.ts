import { Type } from '@sinclair/typebox'
import type { Opportunity } from '../../../domain/opportunities/opportunity.ts'
import { strict } from '../definition/fields.ts'
import { checkFilters, fits, opportunityFilters } from './filters.ts'
import { trigger } from './trigger.ts'

const Filters = Type.Object(opportunityFilters, strict)

export default trigger<typeof Filters, Opportunity>({
  type: 'opportunity_changed',
  title: 'Opportunity Changed',
  alsoCalled: ['Opportunity Updated'],
  about: 'Something of an opportunity changed, whatever it was. Its creation is no change.',
  record: 'opportunity',
  on: ['OpportunityUpdate'],
  filters: Filters,
  check: checkFilters,
  matches: async (filters, change) => change.before !== null && fits(filters, change),
})
