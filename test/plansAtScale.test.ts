import type pg from 'pg'
import { raw } from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../src/store/database.ts'
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
const key = '(coalesce\\([^()]+\\)|substr\\([^()]+\\)|(o\\.)?\\w+)'
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
    text: /\b(o\.monetary_value|o\.lost_reason_id|dnd) in|\b(o\.monetary|number)_value [<>]|(text_value|tag) like/,
    reason: 'of amounts, reasons, flags and parts of values and tags there are too few or too many to look up',
  },
  {
    text: /(o\.last_st\w+_change_at|o\.forecast_expected_close_date|last_activity_at|(o\.)?(created|updated)_at) >= |o\.status in \('won', /,
    reason: 'a date to begin with, or being closed, is met by a good part of the rows; some dates have no index',
  },
  {
    text: new RegExp(
      `where (\\w\\.)?location_id = [$?]\\w*( and (${key} [<>]= [$?]\\w* and )?\\(${key}, ?(o\\.)?id\\) [<>] \\([^()]+\\))? order by ${key} (asc|desc), ?(o\\.)?id (asc|desc) limit|order by due_at, id limit`,
    ),
    reason: 'a page of all there is, is met along the index of its order; a rare order has none, and sorts',
  },
  {
    text: /from contacts c where c\.location_id = \S+ and (\(text_row in .+)?search_text like \S+ escape '\\'\)? order by created_at/,
    reason: 'what more than a thousand contacts contain is met on the way through the newest',
  },
  {
    text: /^select [^()]+ from (tags|users|tokens) where location_id = [$?]\w*( and revoked_at is null)?( order by [\w, ]+)?$|from tokens t join token_hashes h on/,
    reason: 'a short list is shown whole',
  },
  {
    text: /^select seq from events where location_id = \S+( and at < \S+)? order by seq desc limit/,
    reason: 'the last event of all, or before a moment that is near, is met from the end',
  },
  {
    text: /from opportunity_bin where location_id = \S+ and \(\(opportunity/,
    reason: 'whose it was stands in what was deleted, which is kept for some weeks only',
  },
  {
    text: /o\.pipeline_stage_id in \( select l\.id from stages s/,
    reason: 'having come as far as a stage is met by a good part of the rows',
  },
]

/** What is told of an access that needs a reason: the statement, and how it is planned. */
interface Found {
  statement: Recorded
  access: Access
}

/** By what opportunities are asked for, and the index that answers: a page of the newest goes by no other. */
const pages: { by: Record<string, string>; index: RegExp }[] = [
  { by: { pipeline_id: 'p1' }, index: /opportunities_by_pipeline\b/ },
  { by: { pipeline_stage_id: 's1' }, index: /opportunities_by_stage\b/ },
  { by: { pipeline_stage_id: 's1', status: 'open' }, index: /opportunities_by_stage(_status)?\b/ },
  { by: { status: 'open' }, index: /opportunities_by_status\b/ },
  { by: { assigned_to: 'u1' }, index: /opportunities_by_assignee\b/ },
  { by: { contact_id: 'c1' }, index: /opportunities_by_contact\b/ },
]

/** A page of them as it was asked for, and its index. */
interface Page {
  statement: Recorded
  index: RegExp
}

const isLarge = ({ table }: Access) => largeTables.includes(table)
const mayWalk = ({ statement }: Found) => walks.some(({ text }) => text.test(flat(statement.text)))
/** What looks at all rows of a location and has no reason to. */
const idleWalks = (found: Found[]) => found.filter((one) => one.access.by === 'location' && !mayWalk(one)).map(shown)
/** The pages behind another one, of all there is and in a usual order, that are met from the first row on. */
const overruns = (found: Found[]) => found.filter((one) => isBeyond(one) && one.access.by !== 'found').map(shown)
const isBeyond = ({ statement }: Found) => beyond.test(flat(statement.text))
/** The pages that go by another index than theirs. */
const strays = (found: (Found & { page: Page })[]) =>
  found.filter(({ page, access }) => access.table === 'opportunities' && !page.index.test(access.how)).map(shown)
const shown = ({ statement, access }: Found) => `${access.by} ${access.table} ${access.how}: ${flat(statement.text)}`

/** A server on the store, everything it can be asked for once, and then again where there is much. */
async function ask(db: string): Promise<{ crm: Crm; statements: Recorded[]; asked: Page[] }> {
  const crm = await startCrm({ db })
  const recorded = record(crm.app.store)
  const { call } = callerOf(crm)
  await callEverything(crm, call)
  await searchEverything(crm, call)
  await runEverything(crm)
  const program = recorded.length
  await fill(crm.app.store, crm.locationId)
  recorded.splice(program)
  const search = (query: object) => call('search-opportunity', { query: { location_id: crm.locationId, ...query } })
  const asked: Page[] = []
  for (const { by, index } of pages) {
    await search({ ...by, order: 'name_asc' })
    const before = recorded.length
    await search({ ...by, order: 'added_desc' })
    const statement = recorded
      .slice(before)
      .find(({ text }) => /from opportunities o .*order by .* limit/.test(flat(text)))
    if (statement) asked.push({ statement, index })
  }
  for (const order of ['added_desc', 'name_asc']) await search({ q: 'deal of person 77', order })
  await call('get-contacts', { query: { locationId: crm.locationId, query: 'person 77' } })
  return { crm, statements: distinct(recorded), asked }
}

describe('on SQLite', () => {
  const planOf = async (db: Database, statement: Recorded): Promise<Found[]> =>
    (await planOnSqlite(db, statement)).map((access) => ({ statement, access }))
  const plansOf = async (db: Database) => {
    const plans = asked.map(async (page) => (await planOf(db, page.statement)).map((one) => ({ ...one, page })))
    return (await Promise.all(plans)).flat()
  }

  let crm: Crm
  let found: Found[]
  let asked: Page[]
  let count: number

  beforeAll(async () => {
    const all = await ask(':memory:')
    crm = all.crm
    asked = all.asked
    count = all.statements.length
    const plans = all.statements.map((statement) => planOf(crm.app.store, statement))
    found = (await Promise.all(plans)).flat().filter(({ access }) => isLarge(access))
  }, 300_000)
  afterAll(() => crm?.stop())

  test('no statement reads a large table from end to end', () => {
    expect(count).toBeGreaterThan(600)
    expect(found.length).toBeGreaterThan(600)
    expect(found.filter(({ access }) => access.by === 'scan').map(shown)).toEqual([])
  })

  test('all rows of a location are looked at only where they have to be', () => {
    expect(idleWalks(found)).toEqual([])
  })

  test('a page behind another one begins where that one ended', () => {
    expect(found.filter(isBeyond).length).toBeGreaterThan(5)
    expect(overruns(found)).toEqual([])
  })

  test('a page by pipeline, stage, status, assignee or contact goes by the index that is made for it', async () => {
    const plans = await plansOf(crm.app.store)

    expect(asked.map(({ index }) => index)).toEqual(pages.map(({ index }) => index))
    expect(strays(plans)).toEqual([])
  })

  test.each(pages)('an index that is gone is missed: by $by', async ({ index }) => {
    const undo = new Error('Only to see')
    let plans: (Found & { page: Page })[] = []

    const work = crm.app.store.transaction(async (tx) => {
      for (const name of indexes.filter((name) => index.test(name))) await tx.run(raw(`drop index ${name}`))
      plans = await plansOf(tx)
      throw undo
    })

    await expect(work).rejects.toBe(undo)
    expect(strays(plans.filter(({ page }) => page.index === index))).not.toEqual([])
  })
})

describe('on PostgreSQL', () => {
  let crm: Crm
  let discard: () => Promise<void>
  /** As each statement is planned for its own values, which are of the large location, and for all. */
  let own: Found[]
  let general: Found[]
  let asked: Page[]
  let db: string

  beforeAll(async () => {
    const place = await createDatabase()
    discard = place.discard
    db = place.db
    const all = await ask(db)
    crm = all.crm
    asked = all.asked
    await withClient(db, async (client) => {
      await prepare(client)
      ;[own, general] = [[], []]
      for (const statement of all.statements) {
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

  const plansOf = async (client: pg.Client) => {
    const plans: (Found & { page: Page })[] = []
    for (const page of asked) {
      const both = (await plansOnPostgres(client, page.statement)).flat()
      plans.push(...both.map((access) => ({ statement: page.statement, access, page })))
    }
    return plans
  }

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
    expect(idleWalks(general)).toEqual([])
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

  test('a page behind another one begins where that one ended', () => {
    expect(general.filter(isBeyond).length).toBeGreaterThan(5)
    expect(overruns([...own, ...general])).toEqual([])
  })

  test('a page by pipeline, stage, status, assignee or contact goes by the index that is made for it', async () => {
    const plans = await withClient(db, async (client) => {
      await prepare(client)
      return plansOf(client)
    })

    expect(asked.map(({ index }) => index)).toEqual(pages.map(({ index }) => index))
    expect(strays(plans)).toEqual([])
  })

  test.each(pages)('an index that is gone is missed: by $by', async ({ index }) => {
    const plans = await withClient(db, async (client) => {
      await prepare(client)
      await client.query('begin')
      for (const name of indexes.filter((name) => index.test(name))) await client.query(`drop index ${name}`)
      const planned = await plansOf(client)
      await client.query('rollback')
      return planned
    })

    expect(strays(plans.filter(({ page }) => page.index === index))).not.toEqual([])
  })

  test('each reason to look at all rows of a location is needed', () => {
    const texts = [...general, ...own]
      .filter(({ access }) => access.by === 'location')
      .map(({ statement }) => flat(statement.text))

    expect(walks.filter(({ text }) => !texts.some((one) => text.test(one)))).toEqual([])
  })
})

/** Of opportunities, the indexes that pages go by. */
const indexes = ['pipeline', 'stage', 'stage_status', 'status', 'assignee', 'contact'].map(
  (by) => `opportunities_by_${by}`,
)

const beyond =
  /location_id = \$1 and (?:\S.+? [<>]= \S+ and )?\((?:substr\()?(?:o\.)?(?:created|updated|name)_\w+(?:, 1, 256\))?, ?(?:o\.)?id\) [<>]/
const usual =
  /location_id = \$1 order by (?:substr\()?(?:o\.)?(created|updated|name)_\w+(?:, 1, 256\))? (?:asc|desc), ?(?:o\.)?id (?:asc|desc) limit/
