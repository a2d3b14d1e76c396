import sql, { join, type Sql } from 'sql-template-tag'
import type { Context } from '../context.ts'
import type { Stage } from '../pipelines/pipeline.ts'
import { getPipeline } from '../pipelines/queries.ts'
import { type Asked, meant, type Period, readPeriod, stageOf, within } from './asked.ts'
import { toDays } from './money.ts'

/** How long, of so many; null where there are none. */
export interface Spell {
  count: number
  medianDays: number | null
  meanDays: number | null
}

export interface StageTime {
  pipelineStageId: string
  name: string
  /** Of those that left the stage, or were closed in it, in the period. */
  stayed: Spell
  /** Of those that are open and in it now. */
  now: Spell & { longestDays: number | null; staleCount: number }
}

export interface TimeInStage {
  period: Period
  staleDays: number
  stages: StageTime[]
}

/** Days without anything done to a deal, after which it counts as stale, on the board too, unless somebody says otherwise. */
export const usualStaleDays = 14

const aDay = 86_400_000

/** How long deals stay in each stage of a pipeline, and how long those have been there that are there now. */
export async function getTimeInStage(
  ctx: Context,
  { staleDays = usualStaleDays, ...asked }: Asked & { pipelineId: string; staleDays?: number | undefined },
): Promise<TimeInStage> {
  const { stages } = await getPipeline(ctx, asked.pipelineId)
  const period = await readPeriod(ctx, asked)
  const stayed = await measureStays(ctx, asked, stages, period)
  const now = await measureNow(ctx, asked, staleDays)
  const of = (measures: Measure[], { id }: Stage) => measures.find(({ stageId }) => stageId === id)
  return {
    period,
    staleDays,
    stages: stages.map((stage) => ({
      pipelineStageId: stage.id,
      name: stage.name,
      stayed: spell(of(stayed, stage)),
      now: present(of(now, stage)),
    })),
  }
}

interface Measure {
  stageId: string
  count: number
  median: number
  mean: number
  longest: number
  stale: number
}

/** What a stage's stays have in common: `rows` are (stage_id, ms, stale). The middle is the mean of two where they are even. */
const measured = (rows: Sql): Sql => sql`
  with stays as (${rows}), ranked as (
    select stage_id, ms, stale, row_number() over (partition by stage_id order by ms) as place,
      count(*) over (partition by stage_id) as found
    from stays)
  select stage_id as "stageId", count(*) as "count", avg(ms) as "mean", max(ms) as "longest", sum(stale) as "stale",
    avg(case when place * 2 in (found, found + 1, found + 2) then ms end) as "median"
  from ranked group by stage_id`

/**
 * Stages that were left, of whatever pipeline the deal is in now; and those in which it was closed. Joined crosswise, which
 * SQLite takes for the order to go in: the visits first, and each one's deal by its key.
 */
const measureStays = (ctx: Context, { pipelineId, assignedTo }: Asked, stages: Stage[], period: Period) =>
  ctx.store.all<Measure>(
    measured(sql`
      select v.stage_id, v.left_at - v.entered_at as ms, 0 as stale from stage_visits v cross join opportunities o
      where v.location_id = ${ctx.caller.locationId} and v.stage_id in (${join(stages.map(({ id }) => id))})
        and o.location_id = v.location_id and o.id = v.opportunity_id and v.left_at > v.entered_at and ${meant(ctx, { assignedTo })} ${within('v.left_at', period)}
      union all
      select ${stageOf}, o.last_status_change_at - o.last_stage_change_at, 0 from opportunities o
      where ${meant(ctx, { pipelineId, assignedTo })} and o.status <> 'open'
        and o.last_status_change_at > o.last_stage_change_at ${within('o.last_status_change_at', period)}`),
  )

const measureNow = (ctx: Context, asked: Asked, staleDays: number): Promise<Measure[]> =>
  ctx.store.all<Measure>(
    measured(sql`
      select ${stageOf} as stage_id, ${ctx.now()} - o.last_stage_change_at as ms,
        case when o.last_action_at <= ${ctx.now() - staleDays * aDay} then 1 else 0 end as stale
      from opportunities o where ${meant(ctx, asked)} and o.status = 'open'`),
  )

const spell = (measure: Measure | undefined): Spell => ({
  count: measure?.count ?? 0,
  medianDays: measure ? toDays(measure.median) : null,
  meanDays: measure ? toDays(measure.mean) : null,
})

const present = (measure: Measure | undefined): StageTime['now'] => ({
  ...spell(measure),
  longestDays: measure ? toDays(measure.longest) : null,
  staleCount: measure?.stale ?? 0,
})
