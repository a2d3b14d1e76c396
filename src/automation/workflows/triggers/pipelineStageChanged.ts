import { Type } from '@sinclair/typebox'
import type { Opportunity } from '../../../domain/opportunities/opportunity.ts'
import { anyOf, idOf, isAmong, strict } from '../definition/fields.ts'
import { checkFilters, fits, opportunityFilters } from './filters.ts'
import { trigger } from './trigger.ts'

const Filters = Type.Object(
  {
    from: Type.Optional(anyOf(idOf('stage', 'Moved from stage'))),
    to: Type.Optional(anyOf(idOf('stage', 'Moved to stage'))),
    ...opportunityFilters,
  },
  strict,
)

export default trigger<typeof Filters, Opportunity>({
  type: 'pipeline_stage_updated',
  title: 'Pipeline Stage Changed',
  alsoCalled: ['Opportunity Stage Changed'],
  about: 'An opportunity moved to another stage, of this pipeline or another.',
  record: 'opportunity',
  on: ['OpportunityStageUpdate'],
  filters: Filters,
  check: checkFilters,
  matches: async ({ from, to, ...filters }, change) =>
    isAmong(from, change.before?.pipelineStageId ?? null) &&
    isAmong(to, change.after.pipelineStageId) &&
    fits(filters, change),
})
