import sql, { type Sql } from 'sql-template-tag'
import { type Database, fixed, type Transaction } from '../../store/database.ts'
import type { Opportunity, Status } from './opportunity.ts'

/** Money is added up in ten-thousandths, whole numbers: what was added can be taken away without a trace. A number
 * holds those of any amount that the wire admits, and the store those of any sum. */
export const parts = 10_000

/** Moves an opportunity from the total it was in to the one it is in; each writer counts in its own slot. */
export async function keepTotals(
  tx: Transaction,
  before: Opportunity | null,
  after: Opportunity | null,
): Promise<void> {
  if (before && after && isSamePlace(before, after)) {
    const more = units(after) - units(before)
    if (more !== 0) await tx.run(addition(...at(after), tx.slot, 0, more))
    return
  }
  const less = before && [...at(before), tx.slot, -1, -units(before)]
  const more = after && [...at(after), tx.slot, 1, units(after)]
  if (less && more) await tx.run(move(...less, ...more))
  else await tx.run(addition(...((less ?? more) as (string | number)[])))
}

const units = ({ monetaryValue }: Opportunity) => Math.round((monetaryValue ?? 0) * parts)

const isSamePlace = (one: Opportunity, other: Opportunity) =>
  one.status === other.status &&
  one.pipelineStageId === other.pipelineStageId &&
  one.pipelineId === other.pipelineId &&
  one.assignedTo === other.assignedTo

const at = ({ locationId, pipelineId, pipelineStageId, status, assignedTo }: Opportunity) => [
  locationId,
  pipelineId,
  pipelineStageId,
  status,
  assignedTo ?? '',
]

const row = sql`(${''}, ${''}, ${''}, ${''}, ${''}, ${0}, ${0}, ${0})`
const add = (rows: Sql) =>
  fixed(sql`
    insert into opportunity_totals (location_id, pipeline_id, pipeline_stage_id, status, assigned_to, slot, count,
      value)
    values ${rows}
    on conflict (location_id, pipeline_id, pipeline_stage_id, status, assigned_to, slot) do update set
      count = opportunity_totals.count + excluded.count, value = opportunity_totals.value + excluded.value`)
const addition = add(row)
const move = add(sql`${row}, ${row}`)

export interface StageTotal {
  pipelineId: string
  pipelineStageId: string
  status: Status
  count: number
  value: number
}

/** Count and value per stage and status; costs the same however many opportunities there are. */
export async function stageTotals(db: Database, where: Sql): Promise<StageTotal[]> {
  const rows = await db.all<StageTotal>(sql`
    select pipeline_id as "pipelineId", pipeline_stage_id as "pipelineStageId", status as "status",
      sum(count) as "count", sum(value) as "value"
    from opportunity_totals where ${where}
    group by pipeline_id, pipeline_stage_id, status
    having sum(count) > 0`)
  return rows.map((row) => ({ ...row, count: Number(row.count), value: row.value / parts }))
}

/** How many there are; for conditions on pipeline, stage, status and assignee. */
export async function countFromTotals(db: Database, where: Sql): Promise<number> {
  const row = await db.one<{ count: number | null }>(sql`
    select sum(count) as "count" from opportunity_totals where ${where}`)
  return Number(row?.count ?? 0)
}
