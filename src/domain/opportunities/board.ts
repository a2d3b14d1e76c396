import sql from 'sql-template-tag'
import type { Context } from '../context.ts'
import { getPipeline } from '../pipelines/queries.ts'
import type { Filter } from '../search/filter.ts'
import { type Status, statuses } from './opportunity.ts'
import { type Asked, foundByStage } from './queries.ts'
import { round, weighted } from './stageAggregations.ts'
import { parts } from './totals.ts'

export interface BoardSearch extends Asked {
  pipelineId: string
  /** Those of one status; of any unless named. */
  status?: Status | undefined
}

/** In the location's currency; weighted is each value times its chance. */
export interface BoardSum {
  count: number
  value: number
  weightedValue: number
}

export interface Board {
  total: BoardSum
  /** Every stage of the pipeline, in order, also those in which nothing was found. */
  stages: ({ pipelineStageId: string } & BoardSum)[]
  /** What the other filters leave of each status, whichever is asked for. */
  statuses: ({ status: Status } & BoardSum)[]
}

type Row = { pipelineStageId: string; status: Status } & BoardSum

/** The sums above the columns of a board: of the very opportunities that a search with the same filters finds. */
export async function getBoard(ctx: Context, { pipelineId, status, filters, text }: BoardSearch): Promise<Board> {
  const { stages } = await getPipeline(ctx, pipelineId)
  const inIt: Filter = { field: 'pipeline_id', operator: 'eq', value: pipelineId }
  const found = await sums(ctx, { filters: [inIt, ...filters], text })
  const rows = found.filter((row) => stages.some(({ id }) => id === row.pipelineStageId))
  const wanted = rows.filter((row) => status === undefined || row.status === status)
  return {
    total: add(wanted),
    stages: stages.map(({ id }) => ({
      pipelineStageId: id,
      ...add(wanted.filter(({ pipelineStageId }) => pipelineStageId === id)),
    })),
    statuses: statuses.map((one) => ({ status: one, ...add(rows.filter((row) => row.status === one)) })),
  }
}

async function sums(ctx: Context, search: Asked): Promise<Row[]> {
  const { locationId } = ctx.caller
  const found = await foundByStage(ctx, search)
  return ctx.store.all<Row>(sql`
    with sums as (${found})
    select s.id as "pipelineStageId", sums.status as "status", sum(sums.found) as "count", sum(sums.value) as "value",
      sum(${weighted}) as "weightedValue"
    from sums
      join stages s on s.location_id = ${locationId} and s.id = sums.stage_id
      join pipelines p on p.location_id = ${locationId} and p.id = s.pipeline_id
    group by s.id, sums.status`)
}

function add(rows: Row[]): BoardSum {
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0)
  return {
    count: sum(({ count }) => count),
    value: round(
      sum(({ value }) => value),
      parts,
    ),
    weightedValue: round(
      sum(({ weightedValue }) => weightedValue),
      100,
    ),
  }
}
