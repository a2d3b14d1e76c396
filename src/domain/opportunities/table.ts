import sql, { join, raw, type Sql } from 'sql-template-tag'
import { type Database, fixed, type Transaction } from '../../store/database.ts'
import { fold } from '../text.ts'
import type { Opportunity } from './opportunity.ts'

/** Every column but the ones that only serve searching, in the order of the table. */
const fields = {
  id: 'id',
  locationId: 'location_id',
  name: 'name',
  pipelineId: 'pipeline_id',
  pipelineStageId: 'pipeline_stage_id',
  status: 'status',
  monetaryValue: 'monetary_value',
  assignedTo: 'assigned_to',
  contactId: 'contact_id',
  source: 'source',
  lostReasonId: 'lost_reason_id',
  customFields: 'custom_fields',
  followers: 'followers',
  forecastExpectedCloseDate: 'forecast_expected_close_date',
  forecastOriginalCloseDate: 'forecast_original_close_date',
  forecastSlippageCount: 'forecast_slippage_count',
  forecastDaysSlipped: 'forecast_days_slipped',
  forecastLastSlippedAt: 'forecast_last_slipped_at',
  forecastProbability: 'forecast_probability',
  indexVersion: 'index_version',
  lastStatusChangeAt: 'last_status_change_at',
  lastStageChangeAt: 'last_stage_change_at',
  lastActionAt: 'last_action_at',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
} as const satisfies Record<keyof Opportunity, string>

const names = Object.keys(fields) as (keyof Opportunity)[]
export const selected = raw(names.map((name) => `o.${fields[name]} as "${name}"`).join(', '))
const inserted = raw(names.map((name) => fields[name]).join(', '))

export type Row = Omit<Opportunity, 'customFields' | 'followers'> & { customFields: string; followers: string }

/** The row as it stands, locked until the transaction ends. */
export async function findLocked(tx: Transaction, locationId: string, id: string): Promise<Opportunity | undefined> {
  const row = await tx.one<Row>(lockedBy(tx.lock)(locationId, id))
  return row && read(row)
}

/** One text for each way of locking. */
const locked = new Map<Sql, ReturnType<typeof fixed>>()

function lockedBy(lock: Sql): ReturnType<typeof fixed> {
  const known = locked.get(lock)
  if (known) return known
  const made = fixed(sql`
    select ${selected} from opportunities o where o.location_id = ${''} and o.id = ${''} ${lock}`)
  locked.set(lock, made)
  return made
}

/** Whose it is; to hold the contact before the opportunity is locked. */
export async function findContactId(tx: Transaction, locationId: string, id: string): Promise<string | undefined> {
  const row = await tx.one<{ contactId: string }>(sql`
    select contact_id as "contactId" from opportunities where location_id = ${locationId} and id = ${id}`)
  return row?.contactId
}

/** How many match; for conditions that no kept total answers. */
export async function count(db: Database, where: Sql): Promise<number> {
  const row = await db.one<{ count: number }>(sql`select count(*) as "count" from opportunities o where ${where}`)
  return Number(row?.count ?? 0)
}

/** With the number of the event that tells of it, behind which the next one will stand. */
export async function insert(tx: Transaction, opportunity: Opportunity, event: number): Promise<void> {
  const textRow = await tx.indexText('opportunities', null, fold(opportunity.name))
  await tx.run(sql`
    insert into opportunities (${inserted}, name_key, search_text, text_row, last_event)
    values (${join(names.map((name) => write(opportunity, name)))},
      ${fold(opportunity.name)}, ${fold(opportunity.name)}, ${textRow}, ${event})`)
}

/** Writes only what differs, so that an index no change concerns is left alone; and the number of the event. */
export async function update(tx: Transaction, before: Opportunity, after: Opportunity, event: number): Promise<void> {
  const changed = names.filter((name) => before[name] !== after[name] && write(before, name) !== write(after, name))
  await tx.run(updateOf(changed)(...changed.map((name) => write(after, name)), event, after.locationId, after.id))
  if (before.name !== after.name) await rename(tx, after)
}

/** The same few fields change together again and again, so each set's text is kept. */
const updates = new Map<string, ReturnType<typeof fixed>>()

function updateOf(changed: (keyof Opportunity)[]): ReturnType<typeof fixed> {
  const key = changed.join()
  const known = updates.get(key)
  if (known) return known
  const set = join([...changed.map((name) => fields[name]), 'last_event'].map((name) => sql`${raw(name)} = ${''}`))
  const made = fixed(sql`update opportunities set ${set} where location_id = ${''} and id = ${''}`)
  updates.set(key, made)
  return made
}

async function rename(tx: Transaction, { locationId, id, name }: Opportunity): Promise<void> {
  const row = await tx.one<{ textRow: number | null }>(sql`
    select text_row as "textRow" from opportunities where location_id = ${locationId} and id = ${id}`)
  const textRow = await tx.indexText('opportunities', row?.textRow ?? null, fold(name))
  await tx.run(sql`
    update opportunities set name_key = ${fold(name)}, search_text = ${fold(name)}, text_row = ${textRow}
    where location_id = ${locationId} and id = ${id}`)
}

export async function remove(tx: Transaction, { locationId, id }: Opportunity): Promise<void> {
  const row = await tx.one<{ textRow: number | null }>(sql`
    select text_row as "textRow" from opportunities where location_id = ${locationId} and id = ${id}`)
  await tx.indexText('opportunities', row?.textRow ?? null, null)
  await tx.run(sql`delete from opportunities where location_id = ${locationId} and id = ${id}`)
}

/** What was deleted is kept whole, so that it can be restored. */
export async function keepInBin(tx: Transaction, opportunity: Opportunity, at: number): Promise<void> {
  await tx.run(sql`
    insert into opportunity_bin (location_id, id, opportunity, deleted_at)
    values (${opportunity.locationId}, ${opportunity.id}, ${JSON.stringify(opportunity)}, ${at})`)
}

/** Another opportunity of the contact in the pipeline, whatever its status. */
export async function findDuplicate(tx: Transaction, of: Opportunity): Promise<string | undefined> {
  const row = await tx.one<{ id: string }>(sql`
    select id from opportunities
    where location_id = ${of.locationId} and contact_id = ${of.contactId} and pipeline_id = ${of.pipelineId}
      and id <> ${of.id}
    order by created_at, id limit 1`)
  return row?.id
}

type Place = Pick<Opportunity, 'locationId' | 'contactId' | 'pipelineId'>

/** The one that an upsert means, locked: of those `seen`, open ones first, then the most recently updated. */
export async function findForUpsert(tx: Transaction, place: Place, seen: Sql) {
  const found = await findFirst(tx, place, seen)
  if (!found || found.status === 'open') return found
  // It may have been open when it was chosen, and closed by the one whom we waited for: then another may be meant.
  return findFirst(tx, place, seen)
}

async function findFirst(tx: Transaction, { locationId, contactId, pipelineId }: Place, seen: Sql) {
  const row = await tx.one<Row>(sql`
    select ${selected} from opportunities o
    where o.location_id = ${locationId} and o.contact_id = ${contactId} and o.pipeline_id = ${pipelineId} ${seen}
    order by case when o.status = 'open' then 0 else 1 end, o.updated_at desc, o.id limit 1 ${tx.lock}`)
  return row && read(row)
}

/**
 * Those of a contact, a stage or a pipeline, a batch at a time, locked in an order that is the same for all three. A
 * batch that is not full is the last: what changed meanwhile is passed over, and nothing is added while the contact or
 * the stages are locked.
 */
export async function listBy(
  tx: Transaction,
  locationId: string,
  by: { contactId: string } | { pipelineStageId: string } | { pipelineId: string },
  limit: number,
): Promise<Opportunity[]> {
  const [column, value] = Object.entries(by)[0] as [keyof Opportunity, string]
  const rows = await tx.all<Row>(sql`
    select ${selected} from opportunities o
    where o.location_id = ${locationId} and o.${raw(fields[column])} = ${value}
    order by o.created_at, o.id limit ${limit} ${tx.lock}`)
  return rows.map(read)
}

/** The row itself becomes the record: it is ours alone, and wide enough that copying it would cost as much as reading. */
export function read(row: Row): Opportunity {
  const opportunity = row as unknown as Opportunity
  opportunity.customFields = list(row.customFields)
  opportunity.followers = list(row.followers)
  return opportunity
}

export const list = (json: string) => (json === '[]' ? [] : JSON.parse(json))

function write(opportunity: Opportunity, name: keyof Opportunity): string | number | null {
  const value = opportunity[name]
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}
