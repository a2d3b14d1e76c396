import { isDeepStrictEqual } from 'node:util'
import sql, { raw, type Sql } from 'sql-template-tag'
import * as locations from '../../src/domain/accounts/locationTable.ts'
import * as users from '../../src/domain/accounts/userTable.ts'
import * as notes from '../../src/domain/contacts/notes/table.ts'
import * as contacts from '../../src/domain/contacts/table.ts'
import * as tags from '../../src/domain/contacts/tagTable.ts'
import * as tasks from '../../src/domain/contacts/tasks/table.ts'
import * as customFields from '../../src/domain/customFields/table.ts'
import * as locationValues from '../../src/domain/locationValues/table.ts'
import type { Opportunity } from '../../src/domain/opportunities/opportunity.ts'
import * as opportunities from '../../src/domain/opportunities/table.ts'
import { readSides } from '../../src/domain/outbox.ts'
import * as pipelines from '../../src/domain/pipelines/table.ts'
import { fold } from '../../src/domain/text.ts'
import * as tokens from '../../src/domain/tokens/tokenTable.ts'
import type { Store } from '../../src/store/database.ts'

/** Recounts what the program keeps and replays what it remembers; answers one sentence for each thing that is wrong. */
export async function audit(store: Store): Promise<string[]> {
  const wrong: string[] = []
  // One after the other: it may be asked inside a transaction, which has one connection.
  for (const check of [
    recountTotals,
    recountContacts,
    recountLists,
    searchEveryName,
    replay,
    checkVersions,
    recountVisits,
    followChains,
  ]) {
    wrong.push(...(await check(store)))
  }
  return wrong
}

/** Totals by pipeline, stage, status and assignee: how many opportunities, and their value in ten-thousandths. */
async function recountTotals(store: Store): Promise<string[]> {
  const place = raw('location_id, pipeline_id, pipeline_stage_id, status')
  const counted = await store.all<Record<string, string | number>>(sql`
    select ${place}, coalesce(assigned_to, '') as assigned_to, count(*) as count,
      sum(cast(round(coalesce(monetary_value, 0) * 10000) as bigint)) as value
    from opportunities group by ${place}, coalesce(assigned_to, '')`)
  const kept = await store.all<Record<string, string | number>>(sql`
    select ${place}, assigned_to, sum(count) as count, sum(value) as value from opportunity_totals
    group by ${place}, assigned_to having sum(count) <> 0 or sum(value) <> 0`)
  return differences('total', keyed(counted), keyed(kept))
}

/** Contacts of a location; notes and tasks of a contact. */
async function recountContacts(store: Store): Promise<string[]> {
  const wrong = await store.all<{ id: string; what: string }>(sql`
    select location_id as id, 'contacts of the location' as what from locations l where
      (select coalesce(sum(k.count), 0) from contact_counts k where k.location_id = l.location_id) <>
      (select count(*) from contacts c where c.location_id = l.location_id)
    union all
    select id, 'notes of the contact' from contacts c where note_count <>
      (select count(*) from notes n where n.location_id = c.location_id and n.contact_id = c.id)
    union all
    select id, 'tasks of the contact' from contacts c where task_count <>
      (select count(*) from tasks t where t.location_id = c.location_id and t.contact_id = c.id)
    union all
    select id, 'note without its contact' from notes n where not exists
      (select 1 from contacts c where c.location_id = n.location_id and c.id = n.contact_id)
    union all
    select id, 'task without its contact' from tasks t where not exists
      (select 1 from contacts c where c.location_id = t.location_id and c.id = t.contact_id)
    union all
    select id, 'opportunity without its contact' from opportunities o where not exists
      (select 1 from contacts c where c.location_id = o.location_id and c.id = o.contact_id)
    union all
    select id, 'opportunity outside its pipeline' from opportunities o where not exists
      (select 1 from stages s where s.location_id = o.location_id and s.id = o.pipeline_stage_id
        and s.pipeline_id = o.pipeline_id)
    union all
    select location_id || ' ' || email_key, 'two contacts share an e-mail' from contacts where email_key is not null
      group by location_id, email_key having count(*) > 1`)
  return wrong.map(({ id, what }) => `${what}: ${id}`)
}

/** What the records list as JSON and what stands in rows of their own to be found by: followers, tags, values. */
async function recountLists(store: Store): Promise<string[]> {
  type Row = { location_id: string; id: string; followers: string; tags: string; custom_fields: string }
  const rows = await store.all<Row>(sql`
    select location_id, id, followers, '[]' as tags, custom_fields from opportunities
    union all select location_id, id, followers, tags, custom_fields from contacts`)
  const fields = new Set((await store.all<{ id: string }>(sql`select id from custom_fields`)).map(({ id }) => id))
  const listed = (read: (row: Row) => string[]) =>
    new Map(rows.flatMap((row) => read(row).map((item): [string, string] => [`${row.id} ${item}`, ''])))

  const keys = (statement: Sql) => store.all<{ key: string }>(statement)
  const followers = await keys(sql`select record_id || ' ' || user_id as key from followers`)
  const tagged = await keys(sql`select contact_id || ' ' || tag as key from contact_tags`)
  const values = await keys(sql`select distinct record_id || ' ' || field_id as key from custom_values`)
  const known = await keys(sql`select location_id || ' ' || name as key from tags`)
  const valuesOf = (row: Row) =>
    (JSON.parse(row.custom_fields) as { id: string; value: unknown }[])
      .filter(({ id, value }) => fields.has(id) && value !== null)
      .map(({ id }) => id)
  const tagNames = new Set(known.map(({ key }) => key))
  return [
    ...differences(
      'follower',
      listed((row) => JSON.parse(row.followers)),
      set(followers),
    ),
    ...differences(
      'tagged contact',
      listed((row) => JSON.parse(row.tags)),
      set(tagged),
    ),
    ...differences('custom value', listed(valuesOf), set(values)),
    ...rows.flatMap((row) =>
      (JSON.parse(row.tags) as string[])
        .filter((tag) => !tagNames.has(`${row.location_id} ${tag}`))
        .map((tag) => `tag of a contact that the location does not know: ${tag}`),
    ),
  ]
}

/** Every name of three letters or more is found through the text index, and no index row stands for two records. */
async function searchEveryName(store: Store): Promise<string[]> {
  const wrong: string[] = []
  for (const table of ['opportunities', 'contacts'] as const) {
    const rows = await store.all<{ location: string; id: string; name: string | null; key: string; text: string }>(sql`
      select location_id as location, id, name, name_key as key, search_text as text from ${raw(table)}`)
    for (const { location, id, name, key, text } of rows) {
      if (fold(name ?? '') !== key || !text.startsWith(key)) wrong.push(`${table} ${id} is not searched by its name`)
      if ([...key].length < 3) continue
      const hits = await store.all<{ id: string }>(sql`
        select id from ${raw(table)} where location_id = ${location} and ${store.contains(table, key.slice(0, 200))}`)
      if (!hits.some((hit) => hit.id === id)) wrong.push(`${table} ${id} is not found by ${JSON.stringify(name)}`)
    }
    const shared = await store.all<{ row: number }>(sql`
      select text_row as row from ${raw(table)} where text_row is not null group by text_row having count(*) > 1`)
    wrong.push(...shared.map(({ row }) => `${table} share the text row ${row}`))
  }
  return wrong
}

interface Kept {
  location: string
  record: string
  id: string
  version: number
  before: unknown
  after: unknown
}

/** All events, oldest first. */
async function history(store: Store): Promise<Kept[]> {
  const rows = await store.all<Kept & { before: string | null; after: string | null }>(sql`
    select location_id as location, record, record_id as id, record_version as version, "before", "after"
    from events order by seq`)
  return rows.map((row) => ({ ...row, ...readSides(row) }))
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Each event begins where the one before it ended, and the last one ends where the row stands. */
async function replay(store: Store): Promise<string[]> {
  const wrong: string[] = []
  const last = new Map<string, Kept>()
  for (const event of await history(store)) {
    const key = `${event.record} ${event.location} ${event.id}`
    const begins = comparable(event.record, event.before)
    const known = comparable(event.record, last.get(key)?.after)
    if (!isDeepStrictEqual(begins, known)) wrong.push(`${key}: an event does not begin where the one before ended`)
    last.set(key, event)
  }
  for (const [key, { record, location, id, after }] of last) {
    const row = await find(store, record, location, id, after)
    if (row === unread) continue
    const kept = comparable(record, after)
    const stands = comparable(record, row && JSON.parse(JSON.stringify(row)))
    if (!isDeepStrictEqual(kept, stands)) {
      wrong.push(`${key}: the row is not what its events say: ${JSON.stringify(stands)} not ${JSON.stringify(kept)}`)
    }
  }
  wrong.push(...(await withoutHistory(store, last)))
  return wrong
}

/** Rows that no event speaks of. */
async function withoutHistory(store: Store, last: Map<string, Kept>): Promise<string[]> {
  const tables = {
    opportunity: 'opportunities',
    contact: 'contacts',
    pipeline: 'pipelines',
    note: 'notes',
    task: 'tasks',
  }
  const wrong: string[] = []
  for (const [record, table] of Object.entries(tables)) {
    const rows = await store.all<{ location: string; id: string }>(
      sql`select location_id as location, id from ${raw(table)}`,
    )
    for (const { location, id } of rows) {
      if (!last.has(`${record} ${location} ${id}`)) wrong.push(`${record} ${id} has no history`)
    }
  }
  return wrong
}

/** Versions of an opportunity count 1, 2, 3 …, each with its event, and the bin holds those that are deleted now. */
async function checkVersions(store: Store): Promise<string[]> {
  const wrong: string[] = []
  const versions = new Map<string, number>()
  const gone = new Set<string>()
  const binned = new Set((await store.all<{ id: string }>(sql`select id from opportunity_bin`)).map(({ id }) => id))
  for (const { record, id, version, after } of await history(store)) {
    if (record !== 'opportunity') continue
    const expected = (versions.get(id) ?? 0) + 1
    if (version !== expected) wrong.push(`opportunity ${id}: version ${version} follows ${expected - 1}`)
    const now = after as { indexVersion: number } | null
    if (now && now.indexVersion !== version) wrong.push(`opportunity ${id}: event ${version} holds ${now.indexVersion}`)
    if (now) gone.delete(id)
    else gone.add(id)
    versions.set(id, version)
  }
  for (const id of gone) if (!binned.has(id)) wrong.push(`opportunity ${id} was deleted and is not in the bin`)
  for (const id of binned) if (!gone.has(id)) wrong.push(`opportunity ${id} is in the bin and was not deleted`)
  return wrong
}

/** How long opportunities were in the stages that they left, as their history tells it. */
async function recountVisits(store: Store): Promise<string[]> {
  const told = (await history(store)).flatMap(
    ({ record, location, id, version, before, after }): [string, string][] => {
      const [was, is] = [before, after] as (Opportunity | null)[]
      if (record !== 'opportunity' || !was || !is || was.pipelineStageId === is.pipelineStageId) return []
      const end = was.status === 'open' ? is.lastStageChangeAt : Math.max(was.lastStageChangeAt, was.lastStatusChangeAt)
      return [[`${location} ${id} ${version}`, `${was.pipelineStageId} ${was.lastStageChangeAt} ${end}`]]
    },
  )
  const kept = await store.all<{ key: string; value: string }>(sql`
    select location_id || ' ' || opportunity_id || ' ' || version as key,
      stage_id || ' ' || entered_at || ' ' || left_at as value
    from stage_visits where location_id in (select location_id from locations)`)
  return differences('visit', new Map(told), new Map(kept.map(({ key, value }) => [key, value])))
}

/** Of an opportunity each event names the one before it, and the row, while there is one, the last. */
async function followChains(store: Store): Promise<string[]> {
  const wrong = await store.all<{ id: string; what: string }>(sql`
    select record_id || ' ' || seq as id, 'event before' as what from (
      select record_id, seq, previous, lag(seq) over (partition by location_id, record_id order by seq) as due
      from events where record = 'opportunity') e
    where coalesce(previous, 0) <> coalesce(due, 0)
    union all
    select o.id, 'last event' as what from opportunities o where coalesce(last_event, 0) <> (
      select coalesce(max(seq), 0) from events e where e.location_id = o.location_id and e.record = 'opportunity' and e.record_id = o.id)`)
  return wrong.map(({ id, what }) => `The ${what} of ${id} is another`)
}

const unread = Symbol('no reader for this record')

async function find(store: Store, record: string, location: string, id: string, after: unknown): Promise<unknown> {
  const contactId = (after as { contactId?: string } | null)?.contactId ?? ''
  const readers: Record<string, () => Promise<unknown>> = {
    opportunity: () => store.transaction((tx) => opportunities.findLocked(tx, location, id)),
    contact: () => contacts.find(store, location, id),
    pipeline: () => pipelines.find(store, location, id),
    note: () => notes.find(store, location, contactId, id),
    task: () => tasks.find(store, location, contactId, id),
    custom_value: () => locationValues.find(store, location, id),
    tag: () => tags.find(store, location, id),
    custom_field: () => customFields.find(store, location, id),
    token: async () => {
      const token = await tokens.find(store, location, id)
      return token?.revokedAt ? undefined : token
    },
    user: async () => {
      const user = await users.find(store, location, id)
      return user?.deleted ? undefined : user
    },
    location: async () => (id === location ? locations.find(store, location) : unread),
  }
  return readers[record]?.() ?? unread
}

/** Counters and clocks that follow from other records' changes, and are told in their events. */
const told: Record<string, string[]> = {
  contact: ['noteCount', 'taskCount', 'lastActivityAt'],
  token: ['lastUsedAt', 'revokedAt'],
}

function comparable(record: string, value: unknown): unknown {
  if (!isObject(value)) return null
  return Object.fromEntries(Object.entries(value).filter(([name]) => !told[record]?.includes(name)))
}

const set = (rows: { key: string }[]) => new Map(rows.map(({ key }): [string, string] => [key, '']))

const keyed = (rows: Record<string, string | number>[]) =>
  new Map(
    rows.map(({ count, value, ...place }): [string, string] => [Object.values(place).join(' '), `${count} × ${value}`]),
  )

function differences(what: string, counted: Map<string, string>, kept: Map<string, string>): string[] {
  const places = new Set([...counted.keys(), ...kept.keys()])
  return [...places]
    .filter((place) => counted.get(place) !== kept.get(place))
    .map((place) => `${what} ${place}: counted ${counted.get(place) ?? 'none'}, kept ${kept.get(place) ?? 'none'}`)
}
