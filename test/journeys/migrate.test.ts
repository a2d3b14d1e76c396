import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { plant } from '../../src/cli/seed/plant.ts'
import { dataTypes } from '../../src/domain/customFields/customField.ts'
import { copyStore, type Options } from '../../src/store/copy/copy.ts'
import { everyTable, keyedByPostgres } from '../../src/store/copy/tables.ts'
import { openStore } from '../../src/store/open.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { type Crm, startCrm } from '../harness.ts'
import { audit } from '../support/audit.ts'
import { damage } from '../support/damage.ts'
import { type Dump, dump } from '../support/dump.ts'
import { givenApp, grant } from '../support/oauth.ts'
import { createDatabase, type Place } from '../support/postgres.ts'
import { withClient } from '../support/postgresServer.ts'
import { program, serve } from '../support/program.ts'
import { subscribe, withReceiver } from '../support/webhooks.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PIPEWRIGHT_')))
const patience = { timeout: 240_000 }

let folder: string
let small: Awaited<ReturnType<typeof makeOfEverything>>
let places: Place[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pipewright-migrate-'))
  small = await makeOfEverything(join(folder, 'small.db'))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(() => {
  places = []
})
afterEach(async () => {
  for (const place of places) await place.discard()
})

let files = 0
const file = () => join(folder, `${++files}.db`)
async function database(options?: { isBare: boolean }): Promise<string> {
  const place = await createDatabase(options)
  places.push(place)
  return place.db
}

describe('an installation with a bit of everything', () => {
  test('goes from store to store and back, and is the same to the last digit', patience, async () => {
    const [first, second] = [await database({ isBare: true }), await database()]
    const [back, again] = [file(), file()]

    for (const [from, to] of [
      [small.db, first],
      [first, second],
      [second, back],
      [back, again],
    ] as const) {
      expect(await migrate(from, to), `${from} to ${to}`).toMatchObject({ code: 0 })
      expect(await dump(to)).toEqual(small.dump)
    }

    expect(await dump(small.db)).toEqual(small.dump)
    for (const place of [first, again]) {
      const store = await openStore(place)
      expect(await audit(store)).toEqual([])
      await store.close()
    }
  })

  test('is served from where it went: same token, same answers, history that goes on', patience, async () => {
    const target = await database()
    const back = file()
    await migrate(small.db, target)
    await migrate(target, back)

    for (const db of [target, back]) {
      const server = await serve(db)
      const ask = (path: string, init: object = {}) => askServer(server.url, small.token, path, init)

      for (const [path, body] of small.replies) expect((await ask(path)).body, path).toEqual(body)
      const body = { locationId: small.locationId, pipelineId: small.pipelineId, contactId: small.contactId }
      const made = await ask('/opportunities/', {
        method: 'POST',
        body: JSON.stringify({ ...body, name: 'Later', status: 'open' }),
      })
      expect(made.status).toBe(201)
      expect(await server.stop()).toBe(0)

      const events = (await dump(db)).events as string[]
      const numbers = events.map((event) => Number(Object.fromEntries(JSON.parse(event)).seq)).sort((a, b) => a - b)
      expect(numbers).toHaveLength((small.dump.events as string[]).length + 1)
      expect(new Set(numbers).size).toBe(numbers.length)
      const newest = events.find((event) => Object.fromEntries(JSON.parse(event)).seq === String(numbers.at(-1)))
      expect(newest).toContain(made.body.opportunity.id)
    }
  })

  test('tells a person its progress and the rows it verified, and a script one line', patience, async () => {
    const count = (table: string) => (small.dump[table] as string[]).length

    const told = await migrate(small.db, file())
    const target = file()
    const scripted = await migrate(small.db, target, ['--json'])

    expect(told.err).toMatch(/^Copying contacts: \d+ of \d+ /m)
    expect(told.err).toMatch(/^Verifying contacts: \d+ of \d+ /m)
    expect(told.out).toMatch(new RegExp(`^contacts +${count('contacts')}$`, 'm'))
    expect(scripted.out).toMatch(/^\{.*\}\n$/)
    const rows = Object.values(small.dump).reduce((sum, { length }) => sum + length, 0)
    const { verified, ...facts } = JSON.parse(scripted.out)
    expect(facts).toEqual({
      from: small.db,
      to: target,
      rows,
      isResumed: false,
      isBehind: false,
      ms: expect.any(Number),
    })
    expect(verified).toEqual(Object.fromEntries(Object.entries(small.dump).map(([name, { length }]) => [name, length])))
  })

  test('is copied as it was when the migration began, and whoever went on writing is told', patience, async () => {
    const server = await startCrm({ db: file() })
    const [source, target] = [openSqlite(server.app.store.name), openSqlite(file(), { mayBeHalf: true })]
    const before = await dump(source.name)
    let writing: Promise<unknown> | undefined

    const copied = await copyStore(source, target, source.name, {
      ...quietly,
      onProgress: () => {
        writing ??= server.given.opportunity()
      },
    }).finally(() => writing)

    expect(copied.isBehind).toBe(true)
    expect(await dump(target.name)).toEqual(before)
    await Promise.all([source.close(), target.close(), server.stop()])
  })
})

describe('every table', () => {
  test('of the catalogues is copied, but for what PostgreSQL says of its own schema', async () => {
    const db = await database()
    const tables = await everyTable()
    const store = await openStore(db)
    const keyed = await keyedByPostgres(store, tables)
    await store.close()

    const columns = await withClient(db, async (client) => {
      const { rows } = await client.query(`
        select table_name as table, column_name as name from information_schema.columns where table_schema = 'public'`)
      return rows as { table: string; name: string }[]
    })
    const theirs = columns.filter(({ table, name }) => table !== 'schema_versions' && name !== 'text_row')
    const ours = tables.flatMap(({ name: table, columns }) => columns.map(({ name }) => ({ table, name })))
    const sorted = (all: { table: string; name: string }[]) => all.map(({ table, name }) => `${table}.${name}`).sort()
    expect(sorted(ours)).toEqual(sorted(theirs))
    expect(keyed.find(({ name }) => name === 'events')?.key).toEqual(['location_id', 'seq'])
    for (const { name, key } of keyed) expect(key, name).not.toEqual([])
  })
})

describe('a migration that is killed', () => {
  let large: { db: string; dump: Dump }
  beforeAll(async () => {
    large = await makeMany(join(folder, 'large.db'), 1500)
  }, 240_000)

  const moments = [
    /Copying contacts: [\d,]+ of/,
    /Copying events: [\d,]+ of/,
    /Copying opportunities: [\d,]+ of/,
    /Verifying events: [\d,]+ of/,
  ]

  test.each(['PostgreSQL', 'SQLite'])(
    'again and again goes on, and ends with the same data (%s)',
    patience,
    async (to) => {
      const target = to === 'SQLite' ? file() : await database()

      for (const moment of moments) {
        expect(await migrate(large.db, target, ['--batch', '40'], moment)).toMatchObject({ code: null })
        expect(await dump(target)).not.toEqual(large.dump)
        await expect(openStore(target)).rejects.toThrow('holds half a migration')
      }
      const last = await migrate(large.db, target, ['--json'])

      expect(last).toMatchObject({ code: 0 })
      expect(JSON.parse(last.out)).toMatchObject({ isResumed: true, isBehind: false })
      expect(await dump(target)).toEqual(large.dump)
      const store = await openStore(target)
      expect(await audit(store)).toEqual([])
      await store.close()
    },
  )

  test.each(['PostgreSQL', 'SQLite'])('follows a source that has changed since (%s)', patience, async (to) => {
    const target = to === 'SQLite' ? file() : await database()
    const source = file()
    new Sqlite(large.db).exec(`vacuum into '${source}'`).close()
    await migrate(source, target, ['--batch', '40'], /Verifying contact_tags/)

    await changeBehindItsBack(source)
    const last = await migrate(source, target)

    expect(last).toMatchObject({ code: 0 })
    expect(await dump(target)).toEqual(await dump(source))
    const store = await openStore(target)
    const found = await store.all(sql`select id from contacts where ${store.contains('contacts', 'xylophone')}`)
    expect(found).toEqual([{ id: expect.any(String) }])
    await store.close()
    if (to === 'SQLite') expect(textsOf(target)).toEqual(textsOf(source))
  })

  test('is not gone on with from somewhere else, nor migrated on', patience, async () => {
    const target = await database()
    await migrate(large.db, target, ['--batch', '40'], /Copying events/)

    expect(await migrate(small.db, target)).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/^postgres:.* holds half a migration from .*large\.db\. .*\n$/),
    })
    expect(await migrate(target, file())).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^postgres:.* holds half a migration\. .*\n$/),
    })
  })

  test('by Ctrl-C tells how it goes on', patience, async () => {
    const target = file()

    const stopped = await migrate(large.db, target, ['--batch', '40'], /Copying events/, 'SIGINT')
    const last = await migrate(large.db, target)

    expect(stopped).toMatchObject({ code: 130, out: '' })
    expect(stopped.err).toMatch(/^Stopped\. Give the same command again: it goes on where it stopped\.$/m)
    expect(last.code).toBe(0)
    expect(await dump(target)).toEqual(large.dump)
  })

  test('stops when the same one is started a second time', patience, async () => {
    const target = await database()
    const source = openSqlite(small.db)
    const [one, two] = [openPostgres(target, { mayBeHalf: true }), openPostgres(target, { mayBeHalf: true })]
    let second: Promise<unknown> | undefined

    const first = copyStore(source, await one, 'x', {
      ...quietly,
      onProgress: () => {
        second ??= two.then((store) => copyStore(source, store, 'x', quietly))
      },
    })

    await expect(first).rejects.toThrow('was started meanwhile')
    await second
    expect(await dump(target)).toEqual(small.dump)
    await Promise.all([source.close(), (await one).close(), (await two).close()])
  })
})

describe('a copy that is not the same', () => {
  const tamper = (id: string) => ({
    'a value that changed on the way': [
      `update opportunities set monetary_value = monetary_value + 0.01 where id = '${id}'`,
      'monetary_value differs',
    ],
    'a row that is missing': [`delete from opportunities where id = '${id}'`, 'the row is missing'],
    'a row too many': [
      `insert or ignore into followers (location_id, user_id, record_id) values ('l', 'u', '${id}')`,
      'the source has no such row',
    ],
  })

  test.each(Object.keys(tamper('')))('is noticed: %s', patience, async (what) => {
    const [change, why] = tamper(small.opportunityId)[what as keyof ReturnType<typeof tamper>] as [string, string]
    const target = file()
    await openStore(target).then((store) => store.close())
    const when = `create trigger t after insert on users begin ${change}; end`
    new Sqlite(target).exec(when).close()

    const { code, out, err } = await migrate(small.db, target)

    expect([code, out]).toEqual([1, ''])
    const [line = ''] = err.trimEnd().split('\n').slice(-1)
    expect(line).toMatch(/^The copy is not the same: (opportunities|followers) with /)
    expect(line).toContain(`"${small.opportunityId}"`)
    expect(line).toContain(why)
  })

  test('is noticed on PostgreSQL, and mended by the next run', patience, async () => {
    const target = await database()
    await withClient(target, (client) =>
      client.query(`
        create function spoil() returns trigger language plpgsql as
          $$ begin new.monetary_value := new.monetary_value + 0.01; return new; end $$;
        create trigger spoil before insert on opportunities for each row when (new.id = '${small.opportunityId}')
          execute function spoil()`),
    )

    const spoiled = await migrate(small.db, target)
    await withClient(target, (client) => client.query('drop trigger spoil on opportunities; drop function spoil'))
    const mended = await migrate(small.db, target)

    expect(spoiled).toMatchObject({ code: 1, out: '' })
    expect(spoiled.err).toMatch(new RegExp(`opportunities with .*"${small.opportunityId}".*monetary_value differs`))
    expect(mended).toMatchObject({ code: 0 })
    expect(await dump(target)).toEqual(small.dump)
  })

  test.each([
    ['an end in the middle of a text', `update contacts set first_name = 'a' || char(0) || 'b'`, 'first_name'],
    ['bytes for a text', `update contacts set first_name = x'ff00'`, 'first_name'],
    ['a part of a number', 'update contacts set created_at = 1.5', 'created_at'],
  ])('cannot come to be: %s is named', patience, async (_, change, column) => {
    const source = file()
    new Sqlite(small.db).exec(`vacuum into '${source}'`).close()
    new Sqlite(source).exec(`${change} where id = '${small.contactId}'`).close()

    const { code, err } = await migrate(source, await database())

    expect(code).toBe(1)
    const [line = ''] = err.trimEnd().split('\n').slice(-1)
    expect(line).toMatch(/^contacts with location_id ".*", id ".*": /)
    expect(line).toContain(`"${small.contactId}": ${column} `)
  })

  test('cannot come to be: a row that PostgreSQL refuses is named among thousands', patience, async () => {
    const source = file()
    new Sqlite(small.db).exec(`vacuum into '${source}'`).close()
    // Longer than an entry of a PostgreSQL index may be, and nothing in it to compress.
    new Sqlite(source).exec(`update tags set name = hex(randomblob(5000)) where name = 'vip'`).close()

    const { code, err } = await migrate(source, await database())

    expect(code).toBe(1)
    const [line = ''] = err.trimEnd().split('\n').slice(-1)
    expect(line).toMatch(/^tags with location_id ".*", id ".*" is refused: index row/)
  })
})

describe('a migration is refused', () => {
  const letter = () => {
    const path = file()
    writeFileSync(path, 'Dear database,\n'.repeat(500))
    return path
  }
  const another = (version = 0) => {
    const path = file()
    new Sqlite(path).exec(`create table theirs (id integer); pragma user_version = ${version}`).close()
    return path
  }
  const line = (text: string | RegExp, code = 1) => ({ code, out: '', err: expect.stringMatching(text) })

  test('where the target is not empty', patience, async () => {
    const target = await database()
    const installed = await startCrm({ db: file() })
    await installed.stop()
    await migrate(small.db, target)
    const before = await dump(installed.app.store.name)

    expect(await migrate(small.db, installed.app.store.name)).toEqual(
      line(/^\S+ is not empty: there are rows in events, installation, locations and \d+ other tables\. .*\n$/),
    )
    expect(await migrate(small.db, target)).toEqual(
      line(/^postgres:\S+ already holds a copy of this installation\. For a newer one, .*\n$/),
    )
    expect(await migrate(target, installed.app.store.name)).toEqual(line(/^\S+ is not empty: .*\n$/))
    expect(await dump(installed.app.store.name)).toEqual(before)
    expect(await dump(target)).toEqual(small.dump)
  })

  test('where both are the same, by whatever name', patience, async () => {
    const link = file()
    symlinkSync(small.db, link)
    const target = await database()
    await migrate(small.db, target)

    expect(await migrate(small.db, link)).toEqual(line(/^\S+ and \S+ are the same data\.\n$/))
    const other = target.replace('127.0.0.1', 'localhost').replace('postgres://', 'postgresql://')
    expect(await migrate(target, other)).toEqual(line(/^postgres\S+ and postgres\S+ are the same data\.\n$/))
  })

  test('where the source is none, and no file is made', patience, async () => {
    const target = file()
    const empty = await database({ isBare: true })

    expect(await migrate(join(folder, 'nowhere.db'), target)).toEqual(line(/^There is no \S+nowhere.db here\..*\n$/))
    expect(await migrate(':memory:', target)).toEqual(line(/^Nothing else can see data in memory\..*--from.*\n$/))
    expect(await migrate(letter(), target)).toEqual(line(/^\S+ is not a database\. Choose another --from\.\n$/))
    expect(await migrate(another(), target)).toEqual(line(/^\S+ holds no installation\..*\n$/))
    expect(await migrate(empty, target)).toEqual(line(/^postgres:\S+ holds no installation\..*\n$/))
    expect(await migrate(`${empty}x`, target)).toEqual(
      line(/^postgres:\S+: There is no such database\. Name another with --from\.\n$/),
    )
    expect(await migrate(folder, target)).toEqual(line(/^\S+ is a folder\. Name a file with --from\.\n$/))
    expect(existsSync(target)).toBe(false)
  })

  test('where the source is of another version', patience, async () => {
    const target = file()

    expect(await migrate(another(9999), target)).toEqual(line(/^\S+ was written by a newer Pipewright .*\n$/))
    // There is no older version yet but one below all of them.
    expect(await migrate(another(-1), target)).toEqual(line(/^\S+ was written by an older Pipewright .*\n$/))
    expect(existsSync(target)).toBe(false)
  })

  test('where the target can be none', patience, async () => {
    const theirs = another()

    expect(await migrate(small.db, folder)).toEqual(line(/^\S+ is a folder\. Name a file with --to\.\n$/))
    const missing = `${await database()}x`
    expect(await migrate(small.db, missing)).toEqual(
      line(
        new RegExp(`There is no such database\\. Create it first: createdb ${new URL(missing).pathname.slice(1)}\\n$`),
      ),
    )
    expect(await migrate(small.db, ':memory:')).toEqual(line(/^Data in memory is gone .*--to.*\n$/))
    expect(await migrate(small.db, letter())).toEqual(line(/^\S+ is not a database\. Choose another --to\.\n$/))
    expect(await migrate(small.db, theirs)).toEqual(line(/^\S+ is a database of another program\..*--to\.\n$/))
    expect(await migrate(small.db, join(folder, 'no', 'x.db'))).toEqual(line(/^The folder of \S+ .*--to\.\n$/))
    expect(await migrate(small.db, 'postgres://postgres@127.0.0.1:1/x')).toEqual(line(/^postgres:\S+ .*\n$/))
    const tables = new Sqlite(theirs).prepare('select name from sqlite_master').pluck().all()
    expect(tables).toEqual(['theirs'])
  })

  test.each(['contacts', 'installation', 'users'])('where the source is damaged (%s)', patience, async (table) => {
    const source = file()
    new Sqlite(small.db).exec(`vacuum into '${source}'`).close()
    damage(source, table)

    const { code, out, err } = await migrate(source, await database())

    expect([code, out]).toEqual([1, ''])
    expect(err.trimEnd().split('\n').at(-1)).toBe(`${source} is damaged. Restore it from a backup.`)
    expect(err).not.toMatch(/^ +at /m)
  })

  test('where another program has locked the target, once and not row by row', patience, async () => {
    const target = file()
    await openStore(target).then((store) => store.close())
    const locker = new Sqlite(target)
    locker.exec('begin immediate')

    const told = await migrate(small.db, target)
    locker.close()

    expect(told).toEqual(line(/^\S+ or \S+ is locked by another program\. Try again when it has ended\.\n$/))
  })

  test('where the command line is not understood', patience, async () => {
    expect(await migrate()).toEqual(line('migrate needs a source: --from FILE or --from postgres://…\n', 2))
    expect(await migrate('a.db')).toEqual(line('migrate needs a target: --to FILE or --to postgres://…\n', 2))
    expect(await migrate('a.db', 'mysql://x/y')).toEqual(line(/^--to must be a file or a URL such as .*\n$/, 2))
    expect(await migrate('a.db', undefined, ['--too', 'b.db'])).toEqual(line(/Did you mean --to\?\n$/, 2))
    const help = await migrate(undefined, undefined, ['--help'])
    expect(help).toMatchObject({ code: 0, out: expect.stringContaining('Examples:\n  pipewright migrate --from ') })
  })
})

const quietly: Options = { batch: 3, onProgress: () => {} }

/** The program in a process of its own; killed as soon as it says something, when it is told to be. */
function migrate(from?: string, to?: string, more: string[] = [], killedAt?: RegExp, by: NodeJS.Signals = 'SIGKILL') {
  const argv = [...program, 'migrate', ...(from ? ['--from', from] : []), ...(to ? ['--to', to] : []), ...more]
  const child = spawn(process.execPath, argv, { cwd: root, env: clean, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { out: '', err: '' }
  child.stdout.on('data', (part) => {
    said.out += part
  })
  child.stderr.on('data', (part) => {
    said.err += part
    if (killedAt?.test(said.err)) child.kill(by)
  })
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, ...said })),
  )
}

async function askServer(url: string, token: string, path: string, init: object = {}) {
  const headers = { authorization: `Bearer ${token}`, version: '2021-07-28', 'content-type': 'application/json' }
  const response = await fetch(url + path, { headers, ...init })
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire carries
  const { traceId: _, ...body } = (await response.json()) as any
  return { status: response.status, body }
}

/** An installation made through the front door, of all that can be there, with values that are easily damaged. */
async function makeOfEverything(db: string) {
  const crm = await startCrm({ db })
  const { locationId, token, v2 } = crm
  const [ana, bob] = [await crm.given.user('Ana'), await crm.given.user('Bob')]
  const contact = await furnishContact(crm, ana.id)
  const opportunity = await furnishOpportunities(crm, contact.id, [ana.id, bob.id])
  await furnishLocation(crm)
  await grant(crm, await givenApp(crm, { name: odd }))
  await furnishWebhooks(crm)

  const paths = [
    `/opportunities/pipelines?locationId=${locationId}`,
    `/opportunities/search?location_id=${locationId}&limit=100`,
    `/opportunities/search?location_id=${locationId}&q=${encodeURIComponent('quoted "deal"')}`,
    `/opportunities/search?location_id=${locationId}&q=${encodeURIComponent('мир')}`,
    `/opportunities/${opportunity.id}`,
    `/contacts/${contact.id}`,
    `/contacts/${contact.id}/notes`,
    `/contacts/${contact.id}/tasks`,
    `/locations/${locationId}`,
    `/locations/${locationId}/tags`,
    `/locations/${locationId}/customFields?model=all`,
    `/locations/${locationId}/customValues`,
    `/users/?locationId=${locationId}`,
  ]
  const replies: [string, unknown][] = []
  for (const path of paths) {
    const { status, body } = await askServer(crm.url, token, path)
    expect(status, path).toBe(200)
    replies.push([path, body])
  }
  expect(replies[3]).toMatchObject([expect.anything(), { meta: { total: 8 } }])
  const { body } = await v2.get(`/opportunities/pipelines?locationId=${locationId}`)
  await crm.stop()
  const facts = { locationId, token, pipelineId: body.pipelines[0].id, contactId: contact.id }
  return { db, ...facts, opportunityId: opportunity.id as string, replies, dump: await dumpOfEverything(db) }
}

/** With rows in every table, or the journey would prove nothing about those without. */
async function dumpOfEverything(db: string): Promise<Dump> {
  // What no request here writes, by hand; sums may be greater than a double counts.
  new Sqlite(db)
    .exec(`
      insert into hook_addresses values ('hash', 'l', 'w');
      insert into hook_samples values ('l', 'w', 's', '{"a":1}', 'refused', 'why', 5);
      insert into sessions values ('hash', 'l', 'u', 9);
      insert into invitations values ('hash', 'l', 'u', 9);
      insert into stage_visits values ('l', 'o', 2, 's', 3, 4);
      insert into views values ('l', 'v', 'board', 'Mine', 'u', 1, '{"a":[1]}', 7, 8);
      insert into search_cursors values ('l', 't', '1 x', '{"status":"won"}', 9);
      insert into workflows (location_id, id, name, state, version, draft, swept_at, swept_id, created_at, updated_at)
        values ('l', 'w', 'Won', 'published', 1, '{}', 0, '', 1, 2);
      insert into workflow_versions values ('l', 'w', 1, '{}', 'token t', 3, '{"0":"s"}');
      insert into workflow_runs (location_id, id, workflow_id, version, cause, data, depth, state, place, step_count,
        attempts, held, claimed_until, claim, started_at, updated_at)
        values ('l', 'r', 'w', 1, '7', '{}', 0, 'done', '1', 1, 0, 0, 0, '', 4, 5);
      insert into workflow_steps values ('l', 'r', 1, '0', 'stop', 'done', 1, null, '{"ok":true}', null, 6, 's');
      insert into workflow_turns values ('l', 'w', '0', 2);
      insert into rate_counters values ('l', 't', 1, 2, 3, 4, 5);
      insert into contact_counts (location_id, slot, count) values ('l', 7, -9007199254740993), ('m', 8, 9223372036854775807)`)
    .close()
  const whole = await dump(db)
  for (const [name, rows] of Object.entries(whole)) expect(rows.length, `rows of ${name}`).toBeGreaterThan(0)
  return whole
}

/** One that was told something, and waits for no more. */
async function furnishWebhooks(crm: Crm) {
  const hook = await withReceiver(async (receiver) => {
    receiver.say(500, {}, odd)
    const made = await subscribe(crm, receiver, { name: odd })
    await crm.given.contact()
    await crm.settle()
    return made
  })
  await hook.ask('pause')
}

const odd = `Zoë "O'Neil" \\ 予算 👩‍👩‍👧 \u202eabc {1,NULL} ; -- \t`

async function furnishContact({ given, v2, locationId }: Crm, userId: string) {
  const field = async (dataType: string) =>
    (await v2.post(`/locations/${locationId}/customFields`, { name: `Their ${dataType}`, dataType, model: 'contact' }))
      .body.customField
  const text = await field('TEXT')
  const contact = await given.contact({ lastName: odd, tags: ['vip', 'a "tag", with {signs}'], city: 'Köln' })
  await v2.put(`/contacts/${contact.id}`, { customFields: [{ id: text.id, value: 'NULL' }] })
  await v2.post(`/contacts/${contact.id}/notes`, { body: `first\r\nsecond\n${odd}`, userId, pinned: true })
  await v2.post(`/contacts/${contact.id}/tasks`, { title: odd, dueDate: '2030-01-01T00:00:00Z', completed: false })
  await v2.post(`/contacts/${contact.id}/followers`, { followers: [userId] })
  const gone = await given.contact()
  expect((await v2.delete(`/contacts/${gone.id}`)).status).toBe(200)
  return contact
}

async function furnishOpportunities(crm: Crm, contactId: string, followers: string[]) {
  const { given, v2, locationId } = crm
  const customFields: object[] = []
  for (const dataType of dataTypes) {
    const body = { name: `Ours ${dataType}`, dataType, model: 'opportunity', textBoxListOptions: [{ label: 'One' }] }
    const reply = await v2.post(`/locations/${locationId}/customFields`, body)
    expect(reply.status, reply.text).toBe(201)
    customFields.push({ id: reply.body.customField.id, field_value: values[dataType] ?? 'One' })
  }
  const reason = await v2.post('/opportunities/lost-reason', { locationId, name: 'Too "dear"' })
  const amounts = [0, 0.1, 0.1 + 0.2, 1e11, 99999999999.99, 1e-7, 12345678.9, 5e-324]
  for (const [at, monetaryValue] of amounts.entries())
    await given.opportunity({ name: `Deal ${at} мир`, monetaryValue })
  for (const status of ['won', 'lost', 'abandoned']) {
    const { id } = await given.opportunity({ name: `${status} ${odd}` })
    await v2.put(`/opportunities/${id}/status`, { status, ...(status === 'lost' && { lostReasonId: reason.body.id }) })
  }
  const { id } = await given.opportunity({ name: 'To the bin' })
  await v2.delete(`/opportunities/${id}`)
  const opportunity = await given.opportunity({ name: `quoted "deal"`, contactId, monetaryValue: 0.3 })
  const reply = await v2.put(`/opportunities/${opportunity.id}`, { customFields })
  expect(reply.status, reply.text).toBe(200)
  await v2.post(`/opportunities/${opportunity.id}/followers`, { followers })
  return opportunity
}

const values: Record<string, unknown> = {
  NUMERICAL: 0.1,
  MONETORY: 1e11,
  DATE: '2030-01-01',
  TEXTBOX_LIST: { One: 'in a box' },
  FILE_UPLOAD: [{ url: 'https://files.example.com/1.pdf' }],
}

async function furnishLocation({ given, v2, locationId, as }: Crm) {
  await v2.post(`/locations/${locationId}/customValues`, { name: 'Greeting', value: odd })
  await given.token(['opportunities.readonly'])
  await given.pipeline(odd)
  const other = await given.location({ allowDuplicateOpportunity: false })
  const reply = await v2.post('/contacts/', { locationId: other.id, firstName: 'Theirs' }, { token: other.token })
  expect(reply.status).toBe(201)
  await plant(as(other.id), 20)
}

/** How many entries a file's text indexes have; one that a row left behind is found by nobody, and stays for ever. */
const textsOf = (db: string) => {
  const sqlite = new Sqlite(db, { readonly: true })
  const count = (table: string) => sqlite.prepare(`select count(*) from ${table}_text_docsize`).pluck().get()
  const counts = [count('contacts'), count('opportunities')]
  sqlite.close()
  return counts
}

async function makeMany(db: string, count: number) {
  const crm = await startCrm({ db })
  await plant(crm.as(crm.locationId), count)
  await crm.stop()
  return { db, dump: await dump(db) }
}

/** What a running server may do between two runs: names that change places, texts that change, rows that go and come. */
async function changeBehindItsBack(source: string) {
  const store = openSqlite(source)
  await store.transaction(async (tx) => {
    const tags = await tx.all<{ id: string; name: string }>(sql`select id, name from tags order by id limit 2`)
    const [one, two] = tags as [{ id: string; name: string }, { id: string; name: string }]
    await tx.run(sql`update tags set name = 'aside' where id = ${one.id}`)
    await tx.run(sql`update tags set name = ${one.name} where id = ${two.id}`)
    await tx.run(sql`update tags set name = ${two.name} where id = ${one.id}`)

    type Searched = { id: string; row: number }
    const people = await tx.all<Searched>(sql`select id, text_row as row from contacts order by id limit 2`)
    const [kept, gone] = people as [Searched, Searched]
    const row = await tx.indexText('contacts', kept.row, 'xylophone')
    await tx.run(sql`update contacts set search_text = 'xylophone', text_row = ${row} where id = ${kept.id}`)
    await tx.indexText('contacts', gone.row, null)
    await tx.run(sql`delete from contacts where id = ${gone.id}`)
    await tx.run(sql`insert or ignore into followers (location_id, user_id, record_id) values ('l', 'u', 'r')`)
  })
  await store.close()
}
