import { Type } from '@sinclair/typebox'
import type { Opportunity } from '../../../domain/opportunities/opportunity.ts'
import { strict } from '../definition/fields.ts'
import { checkFilters, fits, opportunityFilters } from './filters.ts'
import { trigger } from './trigger.ts'

const Filters = Type.Object(opportunityFilters, strict)

export default trigger<typeof Filters, Opportunity>({
  type: 'opportunity_created',
  title: 'Opportunity Created',
  alsoCalled: [],
  about: 'An opportunity was created.',
  record: 'opportunity',
  on: ['OpportunityCreate'],
  filters: Filters,
  check: checkFilters,
  // What comes back out of the bin was greeted before.
  matches: (filters, change) => change.after.indexVersion === 1 && fits(filters, change),
})
