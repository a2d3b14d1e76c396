import sql, { join } from 'sql-template-tag'
import type { Database } from '../../store/database.ts'
import { nameOf } from '../accounts/user.ts'
import * as users from '../accounts/userTable.ts'
import * as customFields from '../customFields/table.ts'
import * as pipelines from '../pipelines/table.ts'
import * as tokens from '../tokens/tokenTable.ts'
import { type Doer, type Kept, lastOfRecord, ofRecord, padded, together } from './table.ts'

/**
 * The names of what ids stand for, as they are by now: pipelines, stages, users, lost reasons, custom fields, contacts. What
 * a location has tens of is read whole.
 */
export async function namesOf(db: Database, locationId: string, ids: string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  if (ids.length === 0) return names
  for (const pipeline of await pipelines.list(db, locationId)) {
    for (const { id, name } of [pipeline, ...pipeline.stages]) names.set(id, name)
  }
  for (const user of await users.list(db, locationId)) names.set(user.id, nameOf(user))
  for (const { id, name } of await customFields.list(db, locationId)) names.set(id, name)
  for (const { id, name } of await reasons(db, locationId)) names.set(id, name)
  const others = [...new Set(ids)].filter((id) => !names.has(id))
  for (const [id, name] of await contactNames(db, locationId, others)) names.set(id, name)
  return names
}

/** How many changes of a pipeline are looked through for stages that are gone. */
const pipelineChanges = 100

/**
 * What those of the ids were called that are of custom fields, stages and pipelines which are gone, by the last event
 * that knew them. In which pipeline a stage was, the events of the deals say that the ids are of.
 */
export async function goneNames(db: Database, locationId: string, ids: string[], found: Kept[]) {
  const names = new Map<string, string>()
  for (const id of customFieldsOf(ids, found)) {
    const last = await lastOfRecord(db, locationId, { record: 'custom_field', id })
    const field = (last?.after ?? last?.before) as unknown as Called | undefined
    if (field) names.set(id, field.name)
  }
  for (const id of pipelinesOf(ids, found)) {
    const told = await ofRecord(db, locationId, { record: 'pipeline', id }, { limit: pipelineChanges })
    for (const { id, name } of told.flatMap(({ before, after }) => [...knownTo(after), ...knownTo(before)])) {
      if (!names.has(id)) names.set(id, name)
    }
  }
  return names
}

/** The ids of which deals and contacts had values. */
function customFieldsOf(ids: string[], found: Kept[]): Set<string> {
  const wanted = new Set(ids)
  const sides = found.flatMap(({ before, after }) => [before, after]) as ({ customFields?: { id: string }[] } | null)[]
  const had = sides.flatMap((side) => side?.customFields ?? []).map(({ id }) => id)
  return new Set(had.filter((id) => wanted.has(id)))
}

/** The pipelines in which deals were, where an id is of the pipeline or of the stage. */
function pipelinesOf(ids: string[], found: Kept[]): Set<string> {
  const wanted = new Set<unknown>(ids)
  const deals = found.filter(({ record }) => record === 'opportunity')
  const places = deals.flatMap(({ before, after }) => [before, after]).filter((side) => side !== null)
  const meant = places.filter(
    ({ pipelineId, pipelineStageId }) => wanted.has(pipelineId) || wanted.has(pipelineStageId),
  )
  return new Set(meant.map(({ pipelineId }) => pipelineId as string))
}

interface Called {
  id: string
  name: string
}

/** A pipeline and its stages, as an event has them. */
function knownTo(side: Kept['before']): Called[] {
  const pipeline = side as unknown as (Called & { stages: Called[] }) | null
  return pipeline ? [pipeline, ...pipeline.stages] : []
}

/** Those that were deleted too. */
const reasons = (db: Database, locationId: string) =>
  db.all<{ id: string; name: string }>(sql`select id, name from lost_reasons where location_id = ${locationId}`)

/** What contacts are called: of somebody without a name, the company, the e-mail or the number. */
export async function contactNames(db: Database, locationId: string, ids: string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (let at = 0; at < ids.length; at += together) {
    const rows = await db.all<{ id: string; name: string | null }>(sql`
      select id, coalesce(name, company_name, email, phone) as name from contacts
      where location_id = ${locationId} and id in (${join(padded(ids.slice(at, at + together)))})`)
    for (const { id, name } of rows) if (name !== null) names.set(id, name)
  }
  return names
}

/** Who did something, and what they are called; null where nobody knows any more. */
export interface NamedDoer extends Doer {
  name: string | null
}

/** Users and tokens by their names, a workflow's run by the workflow's. */
export async function nameDoers(db: Database, locationId: string, doers: Doer[]) {
  const known = new Map<string, string | null>()
  for (const doer of doers) {
    const key = keyOf(doer)
    if (!known.has(key)) known.set(key, await nameOne(db, locationId, doer))
  }
  return (doer: Doer): NamedDoer => ({ kind: doer.kind, id: doer.id, name: known.get(keyOf(doer)) ?? null })
}

const keyOf = ({ kind, id }: Doer) => `${kind} ${id}`

async function nameOne(db: Database, locationId: string, { kind, id }: Doer): Promise<string | null> {
  if (kind === 'token') return (await tokens.find(db, locationId, id))?.name ?? null
  if (kind === 'run') return workflowOf(db, locationId, id)
  const user = kind === 'user' ? await users.find(db, locationId, id) : undefined
  return user ? nameOf(user) : null
}

async function workflowOf(db: Database, locationId: string, runId: string): Promise<string | null> {
  const row = await db.one<{ name: string }>(sql`
    select w.name from workflow_runs r join workflows w on w.location_id = r.location_id and w.id = r.workflow_id
    where r.location_id = ${locationId} and r.id = ${runId}`)
  return row?.name ?? null
}
