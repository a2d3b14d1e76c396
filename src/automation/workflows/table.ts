import sql, { raw } from 'sql-template-tag'
import { DomainError, notFound } from '../../domain/errors.ts'
import type { Database, Transaction } from '../../store/database.ts'
import type { Definition, Published, State, Workflow } from './definition/workflow.ts'

type Row = Omit<Workflow, 'draft' | 'stepIds'> & { draft: string; stepIds: string }
type PublishedRow = Omit<Published, 'definition' | 'stepIds'> & { definition: string; stepIds: string }

const columns = raw(`id, location_id as "locationId", name, state, version, draft, step_ids as "stepIds",
  trigger_type as "triggerType", hook_secret as "hookSecret", created_at as "createdAt", updated_at as "updatedAt"`)

const publishedColumns = raw(`w.id as "id", w.location_id as "locationId", v.version as "version", w.state as "state",
  v.definition as "definition", v.step_ids as "stepIds"`)

export async function list(db: Database, locationId: string): Promise<Workflow[]> {
  const rows = await db.all<Row>(sql`
    select ${columns} from workflows where location_id = ${locationId} order by created_at, id`)
  return rows.map(read)
}

export async function find(db: Database, locationId: string, id: string): Promise<Workflow | undefined> {
  const row = await db.one<Row>(sql`select ${columns} from workflows where location_id = ${locationId} and id = ${id}`)
  return row && read(row)
}

/** The row as it stands, locked until the transaction ends. */
export async function requireLocked(tx: Transaction, locationId: string, id: string): Promise<Workflow> {
  const row = await tx.one<Row>(sql`
    select ${columns} from workflows where location_id = ${locationId} and id = ${id} ${tx.lock}`)
  if (!row) throw notFound('Workflow')
  return read(row)
}

export const insert = (tx: Transaction, workflow: Workflow) =>
  tx.run(sql`
    insert into workflows (location_id, id, name, state, version, draft, step_ids, trigger_type, hook_secret, swept_at,
      swept_id, created_at, updated_at)
    values (${workflow.locationId}, ${workflow.id}, ${workflow.name}, ${workflow.state}, ${workflow.version},
      ${JSON.stringify(workflow.draft)}, ${JSON.stringify(workflow.stepIds)}, ${workflow.triggerType},
      ${workflow.hookSecret}, 0, '', ${workflow.createdAt}, ${workflow.updatedAt})`)

export const update = (tx: Transaction, workflow: Workflow) =>
  tx.run(sql`
    update workflows set name = ${workflow.name}, state = ${workflow.state}, version = ${workflow.version},
      draft = ${JSON.stringify(workflow.draft)}, step_ids = ${JSON.stringify(workflow.stepIds)},
      trigger_type = ${workflow.triggerType}, hook_secret = ${workflow.hookSecret}, updated_at = ${workflow.updatedAt}
    where location_id = ${workflow.locationId} and id = ${workflow.id}`)

export async function remove(tx: Transaction, { locationId, id }: Workflow): Promise<void> {
  await tx.run(sql`
    delete from workflow_steps where location_id = ${locationId} and run_id in (
      select id from workflow_runs where location_id = ${locationId} and workflow_id = ${id})`)
  await tx.run(sql`delete from workflow_runs where location_id = ${locationId} and workflow_id = ${id}`)
  await tx.run(sql`delete from workflow_turns where location_id = ${locationId} and workflow_id = ${id}`)
  await tx.run(sql`delete from hook_samples where location_id = ${locationId} and workflow_id = ${id}`)
  await tx.run(sql`delete from hook_addresses where location_id = ${locationId} and workflow_id = ${id}`)
  await tx.run(sql`delete from workflow_versions where location_id = ${locationId} and workflow_id = ${id}`)
  await tx.run(sql`delete from workflows where location_id = ${locationId} and id = ${id}`)
}

/** Sets a new version beside the old ones, and lets the sweep begin anew. */
export async function insertVersion(
  tx: Transaction,
  { locationId, id, version, draft, stepIds }: Workflow,
  by: string,
  now: number,
) {
  await tx.run(sql`
    insert into workflow_versions (location_id, workflow_id, version, definition, step_ids, published_by, published_at)
    values (${locationId}, ${id}, ${version}, ${JSON.stringify(draft)}, ${JSON.stringify(stepIds)}, ${by}, ${now})`)
  await tx.run(sql`
    update workflows set swept_at = 0, swept_id = '' where location_id = ${locationId} and id = ${id}`)
}

export interface Version {
  version: number
  definition: Definition
  publishedBy: string
  publishedAt: number
}

/** Newest first. */
export async function listVersions(db: Database, locationId: string, workflowId: string): Promise<Version[]> {
  const rows = await db.all<Omit<Version, 'definition'> & { definition: string }>(sql`
    select version, definition, published_by as "publishedBy", published_at as "publishedAt" from workflow_versions
    where location_id = ${locationId} and workflow_id = ${workflowId} order by version desc`)
  return rows.map((row) => ({ ...row, version: Number(row.version), definition: JSON.parse(row.definition) }))
}

/** Those that events enter, as far as dispatch has come, in the version that was published then. */
export async function listEntered(db: Database, locationId: string): Promise<Published[]> {
  const rows = await db.all<PublishedRow>(sql`
    select ${publishedColumns} from workflows w
    join workflow_versions v on v.location_id = w.location_id and v.workflow_id = w.id and v.version = w.entered_version
    where w.location_id = ${locationId} and w.state <> 'draft' order by w.created_at, w.id`)
  return rows.map(readPublished)
}

/** Which version the events enter that happened behind a change of the workflow; null where they enter none. */
export const keepEntered = (tx: Transaction, locationId: string, id: string, version: number | null) =>
  tx.run(sql`update workflows set entered_version = ${version} where location_id = ${locationId} and id = ${id}`)

/** One of a workflow's versions, and the state that the workflow is in now. */
export async function findVersion(db: Database, locationId: string, id: string, version: number) {
  const row = await db.one<PublishedRow>(sql`
    select ${publishedColumns} from workflows w
    join workflow_versions v on v.location_id = w.location_id and v.workflow_id = w.id
    where w.location_id = ${locationId} and w.id = ${id} and v.version = ${version}`)
  return row && readPublished(row)
}

/** For somebody who is to enter by name; refused where nobody can enter now. */
export async function requirePublished(db: Database, locationId: string, id: string): Promise<Published> {
  const workflow = await find(db, locationId, id)
  if (!workflow) throw notFound('Workflow')
  const version = await findVersion(db, locationId, id, workflow.version)
  if (version?.state !== 'published') throw notRunning(workflow.state)
  return version
}

const notRunning = (state: State) => {
  const why = state === 'draft' ? 'is a draft' : state === 'paused' ? 'is paused' : 'takes nobody in any more'
  return new DomainError('mismatch', `The workflow ${why}.`, { name: 'WORKFLOW_NOT_PUBLISHED' })
}

const read = (row: Row): Workflow => ({
  ...row,
  version: Number(row.version),
  draft: JSON.parse(row.draft),
  stepIds: JSON.parse(row.stepIds),
})
const readPublished = (row: PublishedRow): Published => ({
  ...row,
  version: Number(row.version),
  definition: JSON.parse(row.definition),
  stepIds: JSON.parse(row.stepIds),
})
