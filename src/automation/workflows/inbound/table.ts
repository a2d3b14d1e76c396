import { createHash } from 'node:crypto'
import sql from 'sql-template-tag'
import type { Database, Transaction } from '../../../store/database.ts'

export interface Address {
  locationId: string
  workflowId: string
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')

/** Across all locations: the address is all that the sender knows. */
export const findAddress = (db: Database, secret: string) =>
  db.one<Address>(sql`
    select location_id as "locationId", workflow_id as "workflowId" from hook_addresses where hash = ${hashOf(secret)}`)

/** The only address of a workflow from now on. */
export async function keepAddress(tx: Transaction, { locationId, workflowId }: Address, secret: string): Promise<void> {
  await tx.run(sql`delete from hook_addresses where location_id = ${locationId} and workflow_id = ${workflowId}`)
  await tx.run(sql`
    insert into hook_addresses (hash, location_id, workflow_id) values (${hashOf(secret)}, ${locationId}, ${workflowId})`)
}

/**
 * started: a run began. passed over: it is not one of those that are meant. captured: nobody can enter now. refused: who
 * it is about could not be found or made of it.
 */
export type HookOutcome = 'started' | 'passed over' | 'captured' | 'refused'

export interface Sample {
  id: string
  payload: unknown
  outcome: HookOutcome
  /** Why it was refused. */
  reason: string | null
  at: number
}

const most = 10

/** Keeps the last ones. */
export async function keepSample(tx: Transaction, { locationId, workflowId }: Address, sample: Sample): Promise<void> {
  await tx.run(sql`
    insert into hook_samples (location_id, workflow_id, id, payload, outcome, reason, at)
    values (${locationId}, ${workflowId}, ${sample.id}, ${JSON.stringify(sample.payload)}, ${sample.outcome},
      ${sample.reason}, ${sample.at})`)
  await tx.run(sql`
    delete from hook_samples where location_id = ${locationId} and workflow_id = ${workflowId} and id not in (
      select id from hook_samples where location_id = ${locationId} and workflow_id = ${workflowId}
      order by at desc, id desc limit ${most})`)
}

/** Newest first. */
export async function listSamples(db: Database, { locationId, workflowId }: Address): Promise<Sample[]> {
  const rows = await db.all<Omit<Sample, 'payload'> & { payload: string }>(sql`
    select id, payload, outcome, reason, at from hook_samples
    where location_id = ${locationId} and workflow_id = ${workflowId} order by at desc, id desc`)
  return rows.map((row) => ({ ...row, payload: JSON.parse(row.payload) }))
}
