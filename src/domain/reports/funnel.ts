import sql from 'sql-template-tag'
import type { Context } from '../context.ts'
import type { Status } from '../opportunities/opportunity.ts'
import type { Stage } from '../pipelines/pipeline.ts'
import { getPipeline } from '../pipelines/queries.ts'
import { type Asked, meant, type Period, readPeriod, stageOf, within } from './asked.ts'
import { type Counted, ratio, type Sum, sumOf, unitsOfOne } from './money.ts'

export interface FunnelStage {
  pipelineStageId: string
  name: string
  /** Those that were ever in the stage or in one behind it. */
  reached: Sum
  /** How many of those reached the next stage, 0 to 1; null in the last stage and where there are none. */
  conversion: number | null
  /** Those that are open and in it now. */
  now: Sum
}

export interface Funnel {
  period: Period
  created: Sum
  byStatus: Record<Status, Sum>
  stages: FunnelStage[]
}

/** How far the opportunities came that were created in the period, and are in the pipeline. */
export async function getFunnel(ctx: Context, asked: Asked & { pipelineId: string }): Promise<Funnel> {
  const { stages } = await getPipeline(ctx, asked.pipelineId)
  const period = await readPeriod(ctx, asked)
  const groups = await count(ctx, asked, period)
  return {
    period,
    created: sumOf(groups),
    byStatus: {
      open: sumOf(groups.filter(({ status }) => status === 'open')),
      won: sumOf(groups.filter(({ status }) => status === 'won')),
      lost: sumOf(groups.filter(({ status }) => status === 'lost')),
      abandoned: sumOf(groups.filter(({ status }) => status === 'abandoned')),
    },
    stages: describe(stages, groups),
  }
}

/** Those that are in one stage, came as far as another, and have a status. */
interface Group extends Counted {
  stageId: string
  /** The position of the furthest stage that they have left; null where they are in their first. */
  left: number | null
  status: Status
}

/** What is in a stage that is gone has been moved, and positions are those of today. */
const count = (ctx: Context, asked: Asked, period: Period): Promise<Group[]> =>
  ctx.store.all<Group>(sql`
    select d.stage_id as "stageId", d.furthest as "left", d.status as "status", count(*) as "count",
      sum(d.units) as "units"
    from (
      select ${stageOf} as stage_id, o.status,
        ${unitsOfOne} as units, (
          select max(s.position) from stage_visits v
          join stages s on s.location_id = v.location_id and s.id = v.stage_id and s.pipeline_id = o.pipeline_id
          where v.location_id = ${ctx.caller.locationId} and v.opportunity_id = o.id) as furthest
      from opportunities o where ${meant(ctx, asked)} ${within('o.created_at', period)}) d
    group by d.stage_id, d.furthest, d.status`)

function describe(stages: Stage[], groups: Group[]): FunnelStage[] {
  const positions = new Map(stages.map(({ id, position }) => [id, position]))
  const furthest = ({ stageId, left }: Group) => Math.max(positions.get(stageId) ?? 0, left ?? 0)
  const reached = stages.map(({ position }) => sumOf(groups.filter((group) => furthest(group) >= position)))
  return stages.map(({ id, name }, at) => {
    const next = reached[at + 1]
    const here = reached[at] as Sum
    return {
      pipelineStageId: id,
      name,
      reached: here,
      conversion: next ? ratio(next.count, here.count) : null,
      now: sumOf(groups.filter(({ stageId, status }) => stageId === id && status === 'open')),
    }
  })
}
