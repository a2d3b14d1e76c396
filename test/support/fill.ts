import sql, { raw, type Sql } from 'sql-template-tag'
import type { Store } from '../../src/store/database.ts'
import { isPostgres } from '../../src/store/open.ts'

/** Opportunities of the one large location; fifty others have a tenth as many between them. */
const many = 200_000

/** Tables that grow with a business, or with time; the others stay small however long they are used. */
export const largeTables = [
  ...['opportunities', 'opportunity_bin', 'events', 'contacts', 'contact_tags', 'tags', 'notes', 'tasks', 'followers'],
  ...['stage_visits', 'workflow_runs', 'workflow_steps'],
  ...['custom_values', 'users', 'tokens', 'token_hashes'],
]

/**
 * Fills a migrated database beside what is there, by SQL alone: what the API would make in hours, in seconds. The indexes
 * are made again at the end, as the migrations made them, which is many times faster than keeping them.
 */
export async function fill(store: Store, locationId: string): Promise<void> {
  const isShared = isPostgres(store.name)
  const indexes = await store.all<{ name: string; definition: string }>(isShared ? postgresIndexes : sqliteIndexes)
  await store.transaction(async (tx) => {
    if (isShared) await tx.all(sql`select set_config('maintenance_work_mem', '256MB', true)`)
    for (const { name } of indexes) await tx.run(raw(`drop index ${name}`))
    for (const statement of statements(locationId)) await tx.run(statement)
    for (const { definition } of indexes) await tx.run(raw(definition))
    if (!isShared) for (const table of textIndexes) await tx.run(indexTexts(table))
  })
  if (isShared) await analyze(store)
}

/**
 * From every row, and once: by a sample, which the server would also take anew by itself, of two plans that are nearly
 * as good now one is chosen and now the other.
 */
const analyze = (store: Store) =>
  store.transaction(async (tx) => {
    for (const table of largeTables) await tx.run(raw(`alter table ${table} set (autovacuum_enabled = false)`))
    await tx.all(sql`select set_config('default_statistics_target', '1000', true)`)
    await tx.run(sql`analyze`)
  })

const sqliteIndexes = sql`select name, sql as "definition" from sqlite_master where type = 'index' and sql is not null`
const postgresIndexes = sql`
  select indexname as "name", indexdef as "definition" from pg_indexes
  where schemaname = current_schema() and indexname not in (select conname from pg_constraint)`

const textIndexes = ['opportunities', 'contacts']
/** Where the numbers of filled rows in SQLite's text indexes begin. */
const textRow = 1_000_000

const indexTexts = (table: string) => sql`
  insert into ${raw(`${table}_text`)} (rowid, search_text)
  select text_row, search_text from ${raw(table)} where text_row > ${textRow}`

/** Rows numbered 1, 2, 3 …; the last of them are elsewhere. */
const numbers = (count: number, locationId: string) => sql`
  with recursive numbers(i) as (select cast(1 as bigint) union all select i + 1 from numbers where i < ${count + count / 10}),
  n as (select i, case when i <= ${count} then cast(${locationId} as text) else 'elsewhere' || (i % 50) end as l from numbers)`

function statements(locationId: string): Sql[] {
  const rows = (count: number, table: string, columns: string, values: string) =>
    sql`${raw(`insert into ${table} (${columns})`)} ${numbers(count, locationId)} ${raw(`select ${values} from n`)}`
  return [
    rows(many / 2, 'contacts', contacts.columns, contacts.values),
    rows(many, 'opportunities', opportunities.columns, opportunities.values),
    rows(
      many,
      'events',
      'location_id, types, record, record_id, record_version, "before", "after", caller_kind, caller_id, depth, at',
      `l, '["OpportunityUpdate"]', 'opportunity', 'o' || (i % 50000), i % 4, '{}', '{}', 'token', 't', 0, ${time}`,
    ),
    rows(many / 2, 'contact_tags', 'location_id, tag, contact_id', `l, 'tag' || (i % 300), 'c' || i`),
    rows(many / 2, 'custom_values', customValues, `l, 'o' || i, 'f' || (i % 20), '', 'value ' || (i % 997), i % 1009`),
    rows(many / 2, 'followers', 'location_id, user_id, record_id', `l, 'u' || (i % 200), 'o' || i`),
    rows(
      many / 2,
      'stage_visits',
      'location_id, opportunity_id, version, stage_id, entered_at, left_at',
      `l, 'o' || i, 2, 's' || (i % 50), ${time}, ${time} + 1`,
    ),
    rows(many / 10, 'workflow_runs', runs.columns, runs.values),
    rows(
      many / 5,
      'workflow_steps',
      'location_id, run_id, seq, place, step_id, type, state, attempt, at',
      `l, 'r' || (i % 20000), i / 20000, '0', 'w' || (i % 40) || '-0', 'wait', 'done', 1, ${time}`,
    ),
    rows(many / 10, 'notes', notes, `l, 'n' || i, 'c' || (i % 20000), 'Text', 0, ${time}, ${time}`),
    rows(
      many / 10,
      'tasks',
      tasks,
      `l, 't' || i, 'c' || (i % 20000), 'Call', '', 'u' || (i % 200), ${time}, i % 2, 1, 1`,
    ),
    rows(many / 10, 'opportunity_bin', 'location_id, id, opportunity, deleted_at', `l, 'd' || i, '{}', ${time}`),
    rows(
      many / 20,
      'opportunity_totals',
      'location_id, slot, pipeline_id, pipeline_stage_id, status, assigned_to, count, value',
      `l, 0, 'p' || (i % 10), 's' || (i % 50), 'open', 'u' || i, 20, 100`,
    ),
    rows(many / 100, 'tags', 'location_id, id, name, created_at', `l, 'g' || i, 'tag' || i, 1`),
    rows(many / 100, 'users', users, `l, 'u' || i, 'U', 'N', 'u' || i || '@example.com', '', 'user', '{}', 0, 1, 1`),
    rows(many / 100, 'tokens', tokens, `l, 'k' || i, 'pit', 'T', '', 'hint', '[]', 1`),
    rows(many / 100, 'token_hashes', 'hash, location_id, token_id', `'h' || i, l, 'k' || i`),
  ]
}

/** Moments over two years, no two rows in a row near each other. */
const time = '1700000000000 + (i * 7919) % 100003 * 630000'
const name = `'person ' || ((i * 7919) % 100003)`
const customValues = 'location_id, record_id, field_id, item, text_value, number_value'
const notes = 'location_id, id, contact_id, body, pinned, created_at, updated_at'
const tasks = 'location_id, id, contact_id, title, body, assigned_to, due_at, completed, created_at, updated_at'
const users = 'location_id, id, first_name, last_name, email, phone, role, profile, deleted, created_at, updated_at'
const tokens = 'location_id, id, kind, name, description, hint, scopes, created_at'

/** Of forty workflows; one in five is not over. */
const runs = {
  columns: `location_id, id, workflow_id, version, cause, contact_id, data, depth, chain, state, place, step_id, step_count,
    attempts, due_at, held, claimed_until, claim, deadline, started_at, updated_at, ended_at`,
  values: `l, 'r' || i, 'w' || (i % 40), 1, 'event ' || i, 'c' || (i % 20000), '{"type":"t"}', 0, 'r' || i,
    case when i % 5 = 0 then 'waiting' else 'done' end, '0', 'w' || (i % 40) || '-0', 1, 0,
    case when i % 5 = 0 then 1900000000000 + i end, 0, 0, '', case when i % 10 = 0 then 1900000000000 + i end,
    ${time}, ${time}, case when i % 5 = 0 then null else ${time} end`,
}

const contacts = {
  columns: `location_id, id, first_name, last_name, name, name_key, email, email_key, phone, company_name, country, source,
    assigned_to, tags, dnd, profile, custom_fields, followers, note_count, task_count, search_text, text_row,
    created_at, updated_at`,
  values: `l, 'c' || i, 'Person', 'No' || i, ${name}, ${name}, 'p' || i || '@example.com', 'p' || i || '@example.com',
    '+1415' || (5000000 + i), 'Company ' || (i % 5000), 'US', 'web', 'u' || (i % 200), '[]', 0, '{}', '[]', '[]', 0, 0,
    ${name} || ' p' || i || '@example.com +1415' || (5000000 + i), ${textRow} + i, ${time}, ${time}`,
}

const opportunities = {
  columns: `location_id, id, name, name_key, pipeline_id, pipeline_stage_id, status, monetary_value, assigned_to,
    contact_id, source, custom_fields, followers, forecast_slippage_count, forecast_days_slipped, index_version,
    last_status_change_at, last_stage_change_at, last_action_at, search_text, text_row, created_at, updated_at`,
  values: `l, 'o' || i, 'deal of ' || ${name}, 'deal of ' || ${name}, 'p' || (i % 10), 's' || (i % 50),
    case i % 4 when 0 then 'won' when 1 then 'lost' else 'open' end, i % 10000, 'u' || (i % 200), 'c' || (i % 100000), 'web',
    '[]', '[]', 0, 0, 1, ${time}, ${time}, ${time}, 'deal of ' || ${name}, ${textRow} + i, ${time}, ${time}`,
}
