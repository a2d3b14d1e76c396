import { readFileSync } from 'node:fs'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tablesOf } from '../src/store/catalogue.ts'
import type { Store } from '../src/store/database.ts'
import { openStore } from '../src/store/open.ts'
import { type Placement, placementsOf } from '../src/store/placements.ts'
import { startCrm } from './harness.ts'
import { callerOf } from './support/every/call.ts'
import { callEverything } from './support/every/operations.ts'
import { searchEverything } from './support/every/searches.ts'
import { runEverything, startOnce } from './support/every/verbs.ts'
import { type Mention, type Reading, read, ready } from './support/locations.ts'
import { createDatabase, type Place } from './support/postgres.ts'
import { withClient } from './support/postgresServer.ts'
import { distinct, flat, type Recorded, record, written } from './support/statements.ts'

/* The tables can be spread over several PostgreSQL servers by `location_id`: what they are and what is asked of them. */

/** What looks at several locations at once, which each node is then asked for; never with a lock. */
const acrossLocations: { text: RegExp; reason: string }[] = [
  { text: /^select [^()]+ from locations order by created_at, location_id$/, reason: 'a person lists the locations' },
  {
    text: /^select distinct location_id as \S+ from events where pending = 1$/,
    reason: 'events are looked for that wait for dispatch; the index that is read holds no others',
  },
  {
    text: /from locations l where exists \( select 1 from workflow_runs r .* and r\.request is null /,
    reason: 'runs are looked for whose next step is due; an index of each location says whether there are',
  },
  {
    text: /from locations l where exists \( select 1 from workflow_runs r .* and r\.request is not null /,
    reason: 'runs are looked for that have something to send',
  },
  {
    text: /from locations l where exists \( select 1 from workflow_runs r .* r\.ended_at < /,
    reason: 'runs that are over are looked for, to be forgotten',
  },
  {
    text: /from locations l where exists \( select 1 from opportunity_bin b .* b\.deleted_at < /,
    reason: 'what has been in the bin for two months is looked for, to be forgotten',
  },
  {
    text: /^select location_id as "locationId", id from workflows where trigger_type = /,
    reason: 'workflows are looked for that begin when opportunities are idle',
  },
  {
    text: /from webhook_lines where due_at <= \$1\) due order by place, due_at limit /,
    reason: 'webhooks are looked for that something is due for; an index of each location holds those alone',
  },
  {
    text: /^select [^()]+ from webhook_lines$/,
    reason: 'webhooks are gone through once an hour, to forget what is old',
  },
]

/** When tokens of several locations were last used is noted together, now and then. */
const noting = /^update tokens set last_used_at = /

const places: Place[] = []
let placements: Placement[]
let spread: ReadonlySet<string>
const place = async () => {
  const made = await createDatabase()
  places.push(made)
  return made.db
}

beforeAll(async () => {
  await ready()
  placements = await placementsIn(await place())
  spread = new Set(placements.filter(({ place }) => place === 'distributed').map(({ table }) => table.name))
})
afterAll(() => Promise.all(places.map(({ discard }) => discard())))

async function placementsIn(db: string): Promise<Placement[]> {
  const store = await openStore(db)
  try {
    return placementsOf(await tablesOf(store))
  } finally {
    await store.close()
  }
}

describe('every table', () => {
  const rows = (text: string) =>
    withClient(places[0]?.db as string, async (client: pg.Client) => (await client.query(text)).rows)
  const ours = "relnamespace = 'public'::regnamespace"

  test('has a place, and nothing keeps it from there', () => {
    expect(placements.flatMap(({ table, problems }) => problems.map((problem) => `${table.name}: ${problem}`))).toEqual(
      [],
    )
    expect(placements.filter(({ place }) => place === 'local').map(({ table }) => table.name)).toEqual([
      'schema_versions',
    ])
    expect(spread.size).toBeGreaterThan(15)
  })

  test('stands in the guide with its place', () => {
    const guide = readFileSync(new URL('../docs/guides/scaling.md', import.meta.url), 'utf8')
    const listed = [...guide.matchAll(/^\| `(\w+)` \| (distributed|reference|local)\b/gm)].map(([, name, place]) => [
      name,
      place,
    ])

    const wanted = placements.map(({ table, place }) => [table.name, place])
    expect(listed.sort()).toEqual(wanted.sort())
  })

  test('that is spread begins its keys and indexes with the location, but for the text indexes', async () => {
    const wrong = await rows(`
      select i.indexrelid::regclass::text as index, pg_get_indexdef(i.indexrelid, 1, true) as first
      from pg_index i join pg_class t on t.oid = i.indrelid join pg_class c on c.oid = i.indexrelid
        join pg_am m on m.oid = c.relam
      where t.${ours} and t.relname in (${[...spread].map((name) => `'${name}'`)}) and m.amname <> 'gin'
        and pg_get_indexdef(i.indexrelid, 1, true) <> 'location_id'`)

    expect(wrong).toEqual([])
  })

  test('has no trigger, points to no other, and takes numbers from no sequence but its own', async () => {
    expect(await rows(`select tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.${ours}`)).toEqual(
      [],
    )
    expect(await rows(`select conname from pg_constraint where contype = 'f'`)).toEqual([])
    const numbered = await rows(`
      select d.refobjid::regclass::text as table, a.attname as column, a.attidentity as identity
      from pg_class s left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = s.oid and d.deptype = 'i'
        left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
      where s.relkind = 'S' and s.${ours}`)
    expect(numbered).toEqual([{ table: 'events', column: 'seq', identity: 'a' }])
  })

  test('compares its texts by their bytes', async () => {
    const wrong = await rows(`
      select attrelid::regclass::text as table, attname as column, collname as collation
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_collation l on l.oid = a.attcollation
      where c.${ours} and c.relkind = 'r' and attnum > 0 and collname <> 'C'`)

    expect(wrong).toEqual([])
  })

  test.each([
    [
      'create table loose (id text primary key)',
      'loose: it has no column location_id, and is none of the reference tables',
    ],
    [
      'create table keyed (location_id text collate "C" primary key, email text constraint one_email unique)',
      'keyed: its key one_email (email) does not contain location_id',
    ],
    ['create table bare (location_id text collate "C")', 'bare: it has no primary key, by which its rows could move'],
    [
      'create table other (location_id text primary key)',
      'other: its location_id is not text collate "C" as that of the other tables',
    ],
    [
      'create table few (location_id text collate "C", n int generated always as identity, primary key (location_id, n))',
      'few: its identity column n is integer, not bigint',
    ],
    [
      `create table fired (location_id text collate "C" primary key);
       create trigger fire before update on fired for each row execute function suppress_redundant_updates_trigger()`,
      'fired: it has the trigger fire',
    ],
    [
      `create table pointing (location_id text collate "C" primary key,
         hash text collate "C", name text collate "C" constraint there references schema_versions_of (name))`,
      'pointing: its foreign key there points to schema_versions_of, which is placed otherwise',
    ],
  ])('that could not be placed would be told: %s', async (text, problem) => {
    const db = await place()
    await withClient(db, async (client) => {
      if (text.includes('schema_versions_of'))
        await client.query('create table schema_versions_of (name text primary key)')
      await client.query(text)
    })

    const told = (await placementsIn(db)).flatMap(({ table, problems }) =>
      problems.map((one) => `${table.name}: ${one}`),
    )

    expect(told).toContain(problem)
  })
})

describe('every statement that the program runs', () => {
  let all: Recorded[]
  let missing: string[]
  let readings: (Reading & { statement: Recorded })[]

  beforeAll(async () => {
    const first: Store = await openStore(await place())
    const begun = record(first)
    await startOnce(first)
    await first.close()

    const crm = await startCrm({ db: await place() })
    const recorded = record(crm.app.store)
    const operations = callerOf(crm)
    await callEverything(crm, operations.call)
    await searchEverything(crm, operations.call)
    await runEverything(crm)
    await crm.stop()
    missing = operations.missing()
    all = [...begun, ...recorded]
    readings = distinct(all).map((statement) => ({ ...read(statement.text, spread), statement }))
  }, 300_000)

  const isAcross = ({ statement }: { statement: Recorded }) =>
    acrossLocations.some(({ text }) => text.test(flat(statement.text)))

  test('has been heard: each operation was called, and each statement that is written ran', () => {
    const texts = [...new Set(all.map(({ text }) => flat(text)))]
    const expected = written()
    const silent = expected.filter(({ isIn }) => !texts.some(isIn))

    expect(missing).toEqual([])
    expect(expected.length).toBeGreaterThan(100)
    expect(silent.map(({ file, text }) => `${file}: ${text}`)).toEqual([])
  })

  test('ties each table that is spread to its location', () => {
    const loose = readings
      .filter((reading) => !isAcross(reading))
      .flatMap(({ mentions, statement }) =>
        mentions.filter(({ tie }) => !tie).map((mention) => ({ mention, statement })),
      )

    expect(readings.flatMap(({ mentions }) => mentions).length).toBeGreaterThan(500)
    expect(loose.map(({ mention, statement }) => `${mention.table} ${mention.alias}: ${flat(statement.text)}`)).toEqual(
      [],
    )
    expect(readings.filter(({ faults }) => faults.length > 0)).toEqual([])
  })

  test('stays in one location, whichever values it is given', () => {
    const torn = all.filter(({ text, values }) => locationsOf(read(text, spread).mentions, values).size > 1)

    expect(torn.map(({ text }) => flat(text))).toEqual([])
  })

  test('shares a transaction with statements of the same location', () => {
    const locations = new Map<number, Set<unknown>>()
    for (const { text, values, transaction } of all.filter(({ transaction }) => transaction !== null)) {
      const own = locationsOf(read(text, spread).mentions, values)
      locations.set(transaction as number, new Set([...(locations.get(transaction as number) ?? []), ...own]))
    }
    const isNoting = (number: number) =>
      all.filter((one) => one.transaction === number).every(({ text }) => noting.test(flat(text)))
    const torn = [...locations].filter(([number, own]) => own.size > 1 && !isNoting(number)).map(([number]) => number)

    expect(locations.size).toBeGreaterThan(50)
    expect(all.filter(({ transaction }) => torn.includes(transaction as number)).map(({ text }) => flat(text))).toEqual(
      [],
    )
  })

  test('that looks at several locations is listed, and locks nothing there', () => {
    const across = readings.filter(isAcross)

    expect(across).toHaveLength(acrossLocations.length)
    expect(across.filter(({ locks }) => locks)).toEqual([])
  })
})

const locationsOf = (mentions: Mention[], values: readonly unknown[]) =>
  new Set(mentions.map(({ tie }) => (tie?.startsWith('$') ? values[Number(tie.slice(1)) - 1] : tie)))
