import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Crm, startCrm } from './harness.ts'
import { callerOf } from './support/every/call.ts'
import { callEverything } from './support/every/operations.ts'
import { searchEverything } from './support/every/searches.ts'
import { runEverything } from './support/every/verbs.ts'
import { fill, largeTables } from './support/fill.ts'
import { type Access, planOnSqlite, plansOnPostgres } from './support/plans.ts'
import { createDatabase } from './support/postgres.ts'
import { withClient } from './support/postgresServer.ts'
import { distinct, flat, type Recorded, record } from './support/statements.ts'

/*
 * How each statement that the program runs comes to its rows where there are 200,000 opportunities: by an index, and by
 * one that knows more than the location, unless all rows of the location have to be looked at. What may is listed here.
 */
const walks: { text: RegExp; reason: string }[] = [
  { text: /is not true/, reason: 'the contrary of a filter is met by nearly all rows' },
  {
    text: /\b\w+ (<> ''|<> '\[\]'|is not null)|'\) <> ''/,
    reason: 'a field is there in nearly all rows, or in nearly none',
  },
  { text: /\(profile (::jsonb #>>|->>)|\(profile::jsonb #>>/, reason: "members of a contact's profile have no index" },
  {
    text: /lower\((o\.)?(source|country|company_name|type|title)\) (in|like)|o\.source in|lower\(title\)/,
    reason: 'words that are compared without regard to case, each of few values, have no index',
  },
  {
    text: /\b(o\.monetary_value|o\.lost_reason_id|dnd) in|o\.monetary_value >|(text_value|tag) like/,
    reason: 'of amounts, reasons, flags and parts of values and tags there are too few or too many to look up',
  },
  {
    text: /(o\.last_st\w+_change_at|o\.forecast_expected_close_date|last_activity_at|(o\.)?(created|updated)_at) >= /,
    reason: 'a date to begin with is met by a good part of the rows; some dates have no index',
  },
  {
    text: /order by (coalesce\(.+?\)|(o\.)?\w+) (asc|desc), ?(o\.)?id (asc|desc) limit|order by due_at, id limit/,
    reason: 'a page is met along the index of its order; a rare order has none, and sorts',
  },
  {
    text: /^select [^()]+ from (tags|users|tokens) where location_id = [$?]\w*( and revoked_at is null)?( order by [\w, ]+)?$/,
    reason: 'a short list is shown whole',
  },
]

/** What is told of an access that needs a reason: the statement, and how it is planned. */
interface Found {
  statement: Recorded
  access: Access
}

const isLarge = ({ table }: Access) => largeTables.includes(table)
const mayWalk = ({ statement }: Found) => walks.some(({ text }) => text.test(flat(statement.text)))
const shown = ({ statement, access }: Found) => `${access.by} ${access.table} ${access.how}: ${flat(statement.text)}`

/** A server on the store, everything it can be asked for once, and then again where there is much. */
async function ask(db: string): Promise<{ crm: Crm; statements: Recorded[] }> {
  const crm = await startCrm({ db })
  const recorded = record(crm.app.store)
  const { call } = callerOf(crm)
  await callEverything(crm, call)
  await searchEverything(crm, call)
  await runEverything(crm)
  const program = recorded.length
  await fill(crm.app.store, crm.locationId)
  recorded.splice(program)
  const lists = [
    { pipeline_id: 'p1' },
    { pipeline_stage_id: 's1' },
    { status: 'open' },
    { assigned_to: 'u1' },
    { q: 'deal of person 77' },
  ]
  for (const list of lists) {
    for (const order of ['added_desc', 'name_asc']) {
      await call('search-opportunity', { query: { location_id: crm.locationId, order, ...list } })
    }
  }
  await call('get-contacts', { query: { locationId: crm.locationId, query: 'person 77' } })
  return { crm, statements: distinct(recorded) }
}

describe('on SQLite', () => {
  let crm: Crm
  let found: Found[]
  let count: number

  beforeAll(async () => {
    const asked = await ask(':memory:')
    crm = asked.crm
    count = asked.statements.length
    const plans = asked.statements.map(async (statement) =>
      (await planOnSqlite(crm.app.store, statement)).map((access) => ({ statement, access })),
    )
    found = (await Promise.all(plans)).flat().filter(({ access }) => isLarge(access))
  }, 300_000)
  afterAll(() => crm?.stop())

  test('no statement reads a large table from end to end', () => {
    expect(count).toBeGreaterThan(600)
    expect(found.length).toBeGreaterThan(600)
    expect(found.filter(({ access }) => access.by === 'scan').map(shown)).toEqual([])
  })

  test('all rows of a location are looked at only where they have to be', () => {
    expect(found.filter((one) => one.access.by === 'location' && !mayWalk(one)).map(shown)).toEqual([])
  })
})

describe('on PostgreSQL', () => {
  let crm: Crm
  let discard: () => Promise<void>
  /** As each statement is planned for its own values, which are of the large location, and for all. */
  let own: Found[]
  let general: Found[]

  beforeAll(async () => {
    const place = await createDatabase()
    discard = place.discard
    const asked = await ask(place.db)
    crm = asked.crm
    await withClient(place.db, async (client) => {
      await prepare(client)
      ;[own, general] = [[], []]
      for (const statement of asked.statements) {
        const [first = [], second = []] = await plansOnPostgres(client, statement)
        own.push(...first.filter(isLarge).map((access) => ({ statement, access })))
        general.push(...second.filter(isLarge).map((access) => ({ statement, access })))
      }
    })
  }, 300_000)
  afterAll(async () => {
    await crm?.stop()
    await discard?.()
  })

  /** As the program's own connections are. */
  const prepare = async (client: pg.Client) => {
    await client.query('set jit = off')
    await client.query('set plan_cache_mode = force_generic_plan')
  }

  test('no statement reads a large table from end to end', () => {
    expect(general.length).toBeGreaterThan(600)
    expect(general.filter(({ access }) => access.by === 'scan').map(shown)).toEqual([])
  })

  test('all rows of a location are looked at only where they have to be', () => {
    expect(general.filter((one) => one.access.by === 'location' && !mayWalk(one)).map(shown)).toEqual([])
  })

  test('where a location is nearly all of the table, its rows are read straight only where they have to be', () => {
    expect(own.length).toBeGreaterThan(600)
    expect(own.filter((one) => one.access.by !== 'found' && !mayWalk(one)).map(shown)).toEqual([])
  })

  test('a page in a usual order is met along its index', () => {
    const pages = [...own, ...general].filter(({ statement }) => usual.test(flat(statement.text)))

    expect(pages.length).toBeGreaterThan(20)
    for (const { statement, access } of pages.filter(({ access }) => access.by === 'location')) {
      const [, key = ''] = usual.exec(flat(statement.text)) ?? []
      expect(access.how, flat(statement.text)).toContain(`_by_${key}`)
    }
  })

  test('each reason to look at all rows of a location is needed', () => {
    const texts = general.filter(({ access }) => access.by === 'location').map(({ statement }) => flat(statement.text))

    expect(walks.filter(({ text }) => !texts.some((one) => text.test(one)))).toEqual([])
  })
})

const usual =
  /location_id = \$1 order by (?:o\.)?(created|updated|name)_\w+ (?:asc|desc), ?(?:o\.)?id (?:asc|desc) limit/
