import sql, { type Sql } from 'sql-template-tag'
import { type Database, fixed, type Transaction } from '../../store/database.ts'
import type { Opportunity, Status } from './opportunity.ts'

/** Money is added up in ten-thousandths, whole numbers: what was added can be taken away without a trace. A number
 * holds those of any amount that the wire admits, and the store those of any sum. */
const parts = 10_000

/** Moves an opportunity from the total it was in to the one it is in. */
export async function keepTotals(
  tx: Transaction,
  before: Opportunity | null,
  after: Opportunity | null,
): Promise<void> {
  if (before && after && place(before) === place(after)) {
    const more = units(after) - units(before)
    if (more !== 0) await add(tx, after, 0, more)
    return
  }
  if (before) await add(tx, before, -1, -units(before))
  if (after) await add(tx, after, 1, units(after))
}

const units = ({ monetaryValue }: Opportunity) => Math.round((monetaryValue ?? 0) * parts)

const place = ({ pipelineId, pipelineStageId, status, assignedTo }: Opportunity) =>
  [pipelineId, pipelineStageId, status, assignedTo].join(' ')

async function add(tx: Transaction, at: Opportunity, count: number, value: number): Promise<void> {
  const { locationId, pipelineId, pipelineStageId, status, assignedTo } = at
  await tx.run(addition(locationId, pipelineId, pipelineStageId, status, assignedTo ?? '', count, value))
}

const addition = fixed(sql`
  insert into opportunity_totals (location_id, pipeline_id, pipeline_stage_id, status, assigned_to, count, value)
  values (${''}, ${''}, ${''}, ${''}, ${''}, ${0}, ${0})
  on conflict (location_id, pipeline_id, pipeline_stage_id, status, assigned_to) do update set
    count = opportunity_totals.count + excluded.count, value = opportunity_totals.value + excluded.value`)

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
