import { type Static, Type } from '@sinclair/typebox'
import type { Period } from '../../domain/reports/asked.ts'
import type { Forecast } from '../../domain/reports/forecast.ts'
import type { Funnel } from '../../domain/reports/funnel.ts'
import type { Outcomes } from '../../domain/reports/outcomes.ts'
import { type TimeInStage, usualStaleDays } from '../../domain/reports/timeInStage.ts'
import { nullable, strict } from '../schemas.ts'

const day = (description: string) => Type.Optional(Type.String({ description, examples: ['2026-11-21'] }))
const asked = {
  assignedTo: Type.Optional(Type.String({ description: "A user's id" })),
  from: day('The first day, in the time zone of the location'),
  to: day('The last day'),
  locationId: Type.Optional(Type.String()),
}
const pipelineId = Type.String({ minLength: 1 })
export const Query = Type.Object({ pipelineId: Type.Optional(pipelineId), ...asked })
export const PipelineQuery = Type.Object({ pipelineId, ...asked })
export const StageQuery = Type.Object({
  pipelineId,
  ...asked,
  staleDays: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 3650,
      description: `Days without anything done to a deal, after which it is stale; ${usualStaleDays} unless given`,
    }),
  ),
})

const period = {
  timezone: Type.String({ description: "The location's: its days and months are counted" }),
  from: nullable(Type.String({ description: 'The first day; null where there is no bound' })),
  to: nullable(Type.String({ description: 'The last day' })),
}
const writePeriod = ({ zone, from, to }: Period) => ({ timezone: zone, from, to })

const sum = { count: Type.Integer(), value: Type.Number({ description: "In the location's currency" }) }
const Sum = Type.Object(sum, strict)
const Rate = nullable(Type.Number({ minimum: 0, maximum: 1 }))
const Days = nullable(Type.Number({ minimum: 0, description: 'Days, in hundredths; null where there are none' }))
const stage = { pipelineStageId: Type.String(), name: Type.String() }

export const FunnelReply = Type.Object({
  ...period,
  pipelineId: Type.String(),
  created: Type.Object(sum, { ...strict, description: 'All that were created in these days and are in the pipeline' }),
  open: Sum,
  won: Sum,
  lost: Sum,
  abandoned: Sum,
  stages: Type.Array(
    Type.Object(
      {
        ...stage,
        reached: Type.Object(sum, { ...strict, description: 'Those that were ever in this stage or in a later one' }),
        conversion: Rate,
        now: Type.Object(sum, { ...strict, description: 'Those that are open and in it' }),
      },
      strict,
    ),
  ),
})

export const writeFunnel = (
  { period, created, byStatus, stages }: Funnel,
  pipelineId: string,
): Static<typeof FunnelReply> => ({ ...writePeriod(period), pipelineId, created, ...byStatus, stages })

const Expected = Type.Object(
  { ...sum, weightedValue: Type.Number({ description: 'Value times the chance to win it' }) },
  strict,
)

export const ForecastReply = Type.Object({
  ...period,
  months: Type.Array(Type.Object({ month: Type.String({ examples: ['2026-11'] }), open: Expected, won: Sum }, strict)),
  earlier: Expected,
  later: Expected,
  undated: Expected,
  open: Expected,
  won: Sum,
})

export const writeForecast = ({ period, ...forecast }: Forecast): Static<typeof ForecastReply> => ({
  ...writePeriod(period),
  ...forecast,
})

const outcome = { won: Sum, lost: Sum, abandoned: Sum, winRate: Rate }
const Named = nullable(Type.Object({ id: Type.String(), name: Type.String() }, strict))

export const OutcomesReply = Type.Object({
  ...period,
  ...outcome,
  averageDaysToWin: Days,
  owners: Type.Array(Type.Object({ assignedTo: Named, ...outcome }, strict)),
  lostReasons: Type.Array(Type.Object({ lostReason: Named, ...sum }, strict)),
})

export const writeOutcomes = ({ period, ...outcomes }: Outcomes): Static<typeof OutcomesReply> => ({
  ...writePeriod(period),
  ...outcomes,
})

const spell = { count: Type.Integer(), medianDays: Days, meanDays: Days }

export const TimeInStageReply = Type.Object({
  ...period,
  pipelineId: Type.String(),
  staleDays: Type.Integer(),
  stages: Type.Array(
    Type.Object(
      {
        ...stage,
        stayed: Type.Object(spell, { ...strict, description: 'Those that left it, or closed in it, in these days' }),
        now: Type.Object(
          { ...spell, longestDays: Days, staleCount: Type.Integer() },
          { ...strict, description: 'Those that are open and in it' },
        ),
      },
      strict,
    ),
  ),
})

export const writeTimeInStage = (
  { period, ...report }: TimeInStage,
  pipelineId: string,
): Static<typeof TimeInStageReply> => ({ ...writePeriod(period), pipelineId, ...report })
