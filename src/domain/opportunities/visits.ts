import sql from 'sql-template-tag'
import { fixed, type Transaction } from '../../store/database.ts'
import type { Opportunity } from './opportunity.ts'

/** Keeps how long an opportunity was in the stage that it leaves; of one that stays there is nothing to keep. */
export async function keepVisit(tx: Transaction, before: Opportunity | null, after: Opportunity | null): Promise<void> {
  if (!before || !after || before.pipelineStageId === after.pipelineStageId) return
  const { locationId, id, pipelineStageId, lastStageChangeAt } = before
  await tx.run(insertion(locationId, id, after.indexVersion, pipelineStageId, lastStageChangeAt, leftAt(before, after)))
}

const insertion = fixed(sql`
  insert into stage_visits (location_id, opportunity_id, version, stage_id, entered_at, left_at)
  values (${''}, ${''}, ${0}, ${''}, ${0}, ${0})`)

/** A deal that has closed waits for nobody: its time ends there, and one that is moved afterwards stays nowhere. */
function leftAt(before: Opportunity, after: Opportunity): number {
  const end = before.status === 'open' ? after.lastStageChangeAt : before.lastStatusChangeAt
  return Math.max(before.lastStageChangeAt, end)
}
