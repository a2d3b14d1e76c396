import sql from 'sql-template-tag'
import type { Transaction } from '../../../store/database.ts'
import type { Opportunity } from '../opportunity.ts'

type Same = Pick<Opportunity, 'locationId' | 'contactId' | 'pipelineId' | 'name'>

/** The deal of this name that a contact has in a pipeline; of several the oldest. */
export async function findSame(tx: Transaction, { locationId, contactId, pipelineId, name }: Same) {
  const row = await tx.one<{ id: string }>(sql`
    select id from opportunities
    where location_id = ${locationId} and contact_id = ${contactId} and pipeline_id = ${pipelineId} and name = ${name}
    order by created_at, id limit 1`)
  return row?.id
}

/** Whether a deal of this id was deleted, and could be restored. */
export async function isInBin(tx: Transaction, locationId: string, id: string): Promise<boolean> {
  const row = await tx.one(sql`select id from opportunity_bin where location_id = ${locationId} and id = ${id}`)
  return row !== undefined
}
