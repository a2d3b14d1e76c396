import sql, { raw, type Sql } from 'sql-template-tag'
import type { Database } from '../../store/database.ts'
import { parts } from './totals.ts'

/** Sums over opportunities of a stage, in the location's currency. What is weighted is a value times its probability. */
export interface StageAggregation {
  pipelineStageId: string
  totalCount: number
  totalValue: number
  weightedValue: number
  openValue: number
  openWeightedValue: number
  wonValue: number
}

/** Said so that no index offers it: the engine is to find by the condition first, and then to group. */
const stage = raw(`o.pipeline_stage_id || ''`)

/**
 * By stage and status: how many match, and their value; and of those with a probability of their own, which counts
 * where the pipeline says so, the value again, and that value times it.
 */
export const counted = (where: Sql): Sql => sql`
  select ${stage} as stage_id, o.status, count(*) as found, coalesce(sum(o.monetary_value), 0) as value,
    coalesce(sum(case when o.forecast_probability is not null then o.monetary_value end), 0) as own_value,
    coalesce(sum(o.monetary_value * o.forecast_probability), 0) as own_weighted
  from opportunities o where ${where} group by ${stage}, o.status`

/**
 * The same from the totals that are kept, for a condition that picks them: it costs the same however many match, but for
 * those with a probability of their own, which have an index.
 */
export const kept = (totals: Sql, where: Sql): Sql => sql`
  select pipeline_stage_id as stage_id, status, sum(count) as found,
    cast(sum(value) as double precision) / ${raw(String(parts))} as value, 0 as own_value, 0 as own_weighted
  from opportunity_totals where ${totals} group by pipeline_stage_id, status
  union all
  select ${stage}, o.status, 0, 0, coalesce(sum(o.monetary_value), 0),
    coalesce(sum(o.monetary_value * o.forecast_probability), 0)
  from opportunities o where ${where} and o.forecast_probability is not null
  group by ${stage}, o.status`

/** Of sums, joined with their stage and pipeline: what they are worth by the chances of each deal. */
export const weighted = raw(`(sums.value * s.stage_win_probability
  + p.use_opportunity_probability * (sums.own_weighted - sums.own_value * s.stage_win_probability)) / 100`)

/** Each stage in which something was found, in the order of the pipelines and their stages. */
export async function sum(db: Database, locationId: string, found: Sql): Promise<StageAggregation[]> {
  const rows = await db.all<StageAggregation>(sql`
    with sums as (${found})
    select s.id as "pipelineStageId", sum(sums.found) as "totalCount",
      sum(sums.value) as "totalValue", sum(${weighted}) as "weightedValue",
      sum(case when sums.status = 'open' then sums.value else 0 end) as "openValue",
      sum(case when sums.status = 'open' then ${weighted} else 0 end) as "openWeightedValue",
      sum(case when sums.status = 'won' then sums.value else 0 end) as "wonValue"
    from sums
      join stages s on s.location_id = ${locationId} and s.id = sums.stage_id
      join pipelines p on p.location_id = ${locationId} and p.id = s.pipeline_id
    group by s.id, s.position, p.id, p.position
    having sum(sums.found) > 0
    order by p.position, p.id, s.position`)
  return rows.map(rounded)
}

/** Sums of fractions: values to what is kept of money, what was weighted to hundredths. */
const rounded = (row: StageAggregation): StageAggregation => ({
  pipelineStageId: row.pipelineStageId,
  totalCount: row.totalCount,
  totalValue: round(row.totalValue, parts),
  weightedValue: round(row.weightedValue, 100),
  openValue: round(row.openValue, parts),
  openWeightedValue: round(row.openWeightedValue, 100),
  wonValue: round(row.wonValue, parts),
})

export const round = (value: number, to: number) => Math.round(value * to) / to
