import { Type } from '@sinclair/typebox'
import type { OpportunityView } from '../../domain/opportunities/viewTable.ts'
import { isoOrNull, nullable, Timestamp } from '../schemas.ts'
import { repliesWith } from '../v2/opportunities/replies.ts'
import * as v2 from '../v2/opportunities/wire.ts'

const sum = (description: string) => Type.Number({ description })

/** Contract 5.2; in the location's currency. */
const StageAggregation = Type.Object(
  {
    pipelineStageId: Type.String(),
    totalCount: Type.Integer({ minimum: 1 }),
    totalValue: sum('Of all that were found in the stage'),
    weightedValue: sum('Each value times its `effectiveProbability`'),
    openValue: sum('Of those that are open'),
    openWeightedValue: sum('Of those that are open, each value times its `effectiveProbability`'),
    wonValue: sum('Of those that are won'),
  },
  { additionalProperties: false, title: 'StageAggregation' },
)

export const replies = repliesWith(
  {
    forecastOriginalCloseDate: nullable(Timestamp),
    forecastSlippageCount: Type.Integer({ minimum: 0, description: 'How many times the expected day moved later' }),
    forecastDaysSlipped: Type.Integer({
      minimum: 0,
      description: 'From the first day expected to the one expected now',
    }),
    forecastLastSlippedAt: nullable(Timestamp),
  },
  {
    stageAggregations: Type.Optional(
      Type.Array(StageAggregation, {
        description: 'There when a filter names a pipeline: each stage in which something was found, in order',
      }),
    ),
  },
)

/** v2's opportunity, and how its forecast slipped: fields are added, for a copy would cost many times as much. */
export const writeOpportunity = (o: OpportunityView, beside: v2.Beside) =>
  Object.assign(v2.writeOpportunity(o, beside), {
    forecastOriginalCloseDate: isoOrNull(o.forecastOriginalCloseDate),
    forecastSlippageCount: o.forecastSlippageCount,
    forecastDaysSlipped: o.forecastDaysSlipped,
    forecastLastSlippedAt: isoOrNull(o.forecastLastSlippedAt),
  })
