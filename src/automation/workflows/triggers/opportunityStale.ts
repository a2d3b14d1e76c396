import { type Static, Type } from '@sinclair/typebox'
import type { Opportunity } from '../../../domain/opportunities/opportunity.ts'
import { strict } from '../definition/fields.ts'
import { checkFilters, fits, opportunityFilters } from './filters.ts'
import { trigger } from './trigger.ts'

const Filters = Type.Object(
  {
    days: Type.Number({ exclusiveMinimum: 0, maximum: 3650, description: 'Days without anything done to it' }),
    ...opportunityFilters,
  },
  strict,
)

const aDay = 86_400_000

/** Until when an opportunity must have been left alone to be stale at `now`. */
export const idleSince = ({ days }: Pick<Static<typeof Filters>, 'days'>, now: number): number =>
  Math.floor(now - days * aDay)

export default trigger<typeof Filters, Opportunity>({
  type: 'opportunity_decay',
  title: 'Stale Opportunities',
  alsoCalled: ['Opportunity Stale'],
  about: 'Nothing was done to an opportunity for some days. It starts once, and again when it has been idle anew.',
  record: 'opportunity',
  on: [],
  filters: Filters,
  check: checkFilters,
  matches: ({ days: _, ...filters }, change) => fits(filters, change),
})
