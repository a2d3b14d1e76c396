import { getForecast } from '../../domain/reports/forecast.ts'
import { getFunnel } from '../../domain/reports/funnel.ts'
import { getOutcomes } from '../../domain/reports/outcomes.ts'
import { getTimeInStage } from '../../domain/reports/timeInStage.ts'
import { type Dialect, endpoint } from '../endpoint.ts'
import * as wire from './reportWire.ts'

const tag = 'Reports'
const scope = 'opportunities.readonly'

export const reportRoutes: Dialect = {
  'report-funnel': endpoint({
    method: 'GET',
    path: '/console/reports/funnel',
    summary: 'How far the opportunities came that were created in a range of days',
    tag,
    scope,
    query: wire.PipelineQuery,
    reply: wire.FunnelReply,
    run: async (ctx, { query }) => wire.writeFunnel(await getFunnel(ctx, query), query.pipelineId),
  }),

  'report-forecast': endpoint({
    method: 'GET',
    path: '/console/reports/forecast',
    summary: 'What is open by the month in which it is expected to close, beside what was won in it',
    tag,
    scope,
    query: wire.Query,
    reply: wire.ForecastReply,
    run: async (ctx, { query }) => wire.writeForecast(await getForecast(ctx, query)),
  }),

  'report-outcomes': endpoint({
    method: 'GET',
    path: '/console/reports/outcomes',
    summary: 'What was won, lost and abandoned in a range of days, by owner and by reason',
    tag,
    scope,
    query: wire.Query,
    reply: wire.OutcomesReply,
    run: async (ctx, { query }) => wire.writeOutcomes(await getOutcomes(ctx, query)),
  }),

  'report-time-in-stage': endpoint({
    method: 'GET',
    path: '/console/reports/time-in-stage',
    summary: 'How long opportunities stay in each stage of a pipeline, and how long they have been there now',
    tag,
    scope,
    query: wire.StageQuery,
    reply: wire.TimeInStageReply,
    run: async (ctx, { query }) => wire.writeTimeInStage(await getTimeInStage(ctx, query), query.pipelineId),
  }),
}
