import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import { startCrm } from '../harness.ts'
import { createDatabase, type Place } from '../support/postgres.ts'
import { databaseOn, type PostgresServer, startPostgres, withClient } from '../support/postgresServer.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PIPEWRIGHT_')))

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipewright-doctor-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Told {
  code: number
  out: string
  err: string
}

const doctor = (...argv: string[]) =>
  new Promise<Told>((done) => {
    const options = { cwd: folder, env: clean }
    execFile(process.execPath, ['--import', tsx, main, 'doctor', ...argv], options, (error, out, err) => {
      done({ code: (error?.code as unknown as number) ?? 0, out, err })
    })
  })

/** What each check came to, by its name. */
async function checksOf(db: string): Promise<Record<string, string>> {
  const { out } = await doctor('--json', '--db', db)
  const { checks } = JSON.parse(out) as { checks: { name: string; result: string; told: string }[] }
  return Object.fromEntries(checks.map(({ name, result, told }) => [name, `${result}: ${told}`]))
}

const file = (name: string) => join(folder, name)

async function withDeal(db: string) {
  const crm = await startCrm({ db })
  await crm.given.opportunity()
  await crm.stop()
}

describe('a SQLite file', () => {
  test('that is well is told line by line, and left as it was', async () => {
    await withDeal(file('well.db'))
    const { code, out, err } = await doctor('--db', 'well.db')

    expect([code, err]).toEqual([0, ''])
    const lines = out.trimEnd().split('\n')
    expect(lines.every((line) => line.startsWith('ok '))).toBe(true)
    expect(out).toMatch(/^ok +engine +SQLite 3\.\d+\.\d+$/m)
    expect(out).toMatch(/^ok +integrity +every page and index is whole$/m)
    expect(out).toMatch(/^ok +schema +version \d+, the newest$/m)
    expect(out).toMatch(/^ok +counts +locations 1, opportunities 1, contacts 1, events \d+$/m)
  })

  test('is looked at beside a running server, and told as one line of JSON', async () => {
    const crm = await startCrm({ db: file('running.db') })
    const { code, out } = await doctor('--json', '--db', 'running.db')
    await crm.stop()

    expect(code).toBe(0)
    expect(out.trimEnd().split('\n')).toHaveLength(1)
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      checks: expect.arrayContaining([{ name: 'database', result: 'ok', told: 'running.db' }]),
    })
  })

  test('that is damaged fails, and so does the program', async () => {
    await withDeal(file('damaged.db'))
    const sqlite = new Sqlite(file('damaged.db'))
    sqlite.unsafeMode(true)
    sqlite.pragma('writable_schema = on')
    // Two indexes with each other's rows.
    const pages = sqlite.prepare('select rootpage from sqlite_master where name = ?').pluck()
    const [one, other] = ['contacts_by_email', 'contacts_by_phone']
    const [first, second] = [pages.get(one), pages.get(other)]
    const set = sqlite.prepare('update sqlite_master set rootpage = ? where name = ?')
    set.run(second, one)
    set.run(first, other)
    sqlite.close()

    const { code, out, err } = await doctor('--db', 'damaged.db')

    expect([code, err]).toEqual([1, 'One check fails.\n'])
    expect(out).toMatch(/^fails +integrity +The file is damaged: .+ Restore it from a backup\.$/m)
  })

  test.each([
    ['nothing.db', () => {}, /^fails +database +There is no nothing\.db here\.$/m],
    [
      'letter.db',
      () => writeFileSync(file('letter.db'), 'Dear database,\n'.repeat(500)),
      /^fails +database +letter\.db is not a database\..*$/m,
    ],
    [
      'empty.db',
      () => new Sqlite(file('empty.db')).exec('create table x (y)').close(),
      /^fails +schema +There are no tables yet\. Start the server once\.$/m,
    ],
    [
      'newer.db',
      () => new Sqlite(file('newer.db')).exec('pragma user_version = 9999').close(),
      /^fails +schema +Version 9999 is of a newer Pipewright.*$/m,
    ],
  ])('%s fails', async (name, make, line) => {
    make()

    const { code, out } = await doctor('--db', name)

    expect(code).toBe(1)
    expect(out).toMatch(line)
  })

  test('with half a migration fails', async () => {
    await withDeal(file('half.db'))
    new Sqlite(file('half.db')).exec('create table migration_under_way (source text, run text, mark text)').close()

    const { code, out } = await doctor('--db', 'half.db')

    expect(code).toBe(1)
    expect(out).toMatch(/^fails +migration +half\.db holds half a migration\. .+$/m)
  })

  test('has nothing to distribute', async () => {
    await withDeal(file('one.db'))

    expect(await doctor('--distribute', '--db', 'one.db')).toEqual({
      code: 0,
      out: '-- SQLite keeps everything in one file: there is nothing to distribute.\n',
      err: '',
    })
  })
})

describe('a PostgreSQL database', () => {
  let server: PostgresServer
  let db: string

  // One that keeps what it acknowledges, as the tests' own does not.
  beforeAll(async () => {
    server = await startPostgres({ isDurable: true })
    await withClient(server.url, (client) =>
      client.query(`create database crm template template0 encoding 'UTF8' lc_ctype 'C.UTF-8' lc_collate 'C'`),
    )
    db = databaseOn(server.url, 'crm')
    await withDeal(db)
  }, 120_000)
  afterAll(() => server?.stop())

  const run = (text: string) => withClient(db, (client) => client.query(text))

  test('that is well is told line by line', async () => {
    const { code, out, err } = await doctor('--db', db)

    expect([code, err]).toEqual([0, ''])
    expect(
      out
        .trimEnd()
        .split('\n')
        .every((line) => line.startsWith('ok ')),
    ).toBe(true)
    expect(out).toMatch(/^ok +engine +PostgreSQL \d+/m)
    expect(out).toMatch(/^ok +connections +13 for each process \(pool_size 12\), 297 in all: enough for 22 processes$/m)
    expect(out).toMatch(/^ok +pg_trgm +[\d.]+; letters of every script are indexed/m)
    expect(out).toMatch(/^ok +tables +\d+; on one server, could be distributed$/m)
    expect(out).toMatch(/^ok +counts +locations 1, opportunities 1, contacts 1, events \d+$/m)
    expect(out).not.toContain('postgres:@')
  })

  test('is told what is set otherwise, and keeps its password to itself', async () => {
    await run('alter database crm set synchronous_commit = off')
    await run('alter database crm connection limit 20')
    const checks = await checksOf(`${db.replace('postgres@', 'postgres:secret@')}?pool_size=30`)
    await run('alter database crm reset synchronous_commit')
    await run('alter database crm connection limit -1')

    expect(checks.synchronous_commit).toBe('note: It is off; Pipewright turns it on for its own connections.')
    expect(checks.connections).toBe(
      'fails: 31 for each process (pool_size 30), 20 in all: too few for one. Raise max_connections or lower pool_size.',
    )
    expect(JSON.stringify(checks)).not.toContain('secret')
  })

  test('is told which indexes are not complete', async () => {
    await run(`update pg_index set indisvalid = false where indexrelid = 'contacts_by_email'::regclass`)
    const checks = await checksOf(db)
    await run(`update pg_index set indisvalid = true where indexrelid = 'contacts_by_email'::regclass`)

    expect(checks.indexes).toBe('fails: Not complete: contacts_by_email. Rebuild: reindex index …')
  })

  test('with half a migration fails, and is not distributed', async () => {
    await run('create table migration_under_way (source text not null, run text not null, mark text)')
    const checks = await checksOf(db)
    const distributed = await doctor('--distribute', '--db', db)
    await run('drop table migration_under_way')

    expect(checks.migration).toMatch(/^fails: postgres:\S+ holds half a migration\. /)
    expect(checks.tables).toMatch(/^ok: /)
    expect(distributed).toEqual({ code: 1, out: '', err: expect.stringMatching(/ holds half a migration\. .+\n$/) })
    expect(await checksOf(db)).not.toHaveProperty('migration')
  })

  test('where nothing answers, or without tables, fails', async () => {
    await withClient(server.url, (client) => client.query('create database bare template template0'))

    const nobody = await doctor('--db', 'postgres://127.0.0.1:1/crm')
    const checks = await checksOf(databaseOn(server.url, 'bare'))
    const { out } = await doctor('--distribute', '--db', databaseOn(server.url, 'bare'))

    expect([nobody.code, nobody.err]).toEqual([1, 'One check fails.\n'])
    expect(nobody.out).toMatch(/^fails +database +postgres:\/\/127\.0\.0\.1:1\/crm: .+$/m)
    expect(checks.schema).toBe('fails: There are no tables yet. Start the server once.')
    expect(out).toBe('-- There are no tables yet. Start the server once.\n')
    expect(checks.pg_trgm).toMatch(/^fails: The extension is missing\./)
    const bare = await withClient(databaseOn(server.url, 'bare'), (client) =>
      client.query('select * from pg_tables where schemaname = current_schema()'),
    )
    expect(bare.rows).toEqual([])
  })
})

test('SQL and JSON are not asked for together', async () => {
  const told = await doctor('--distribute', '--json', '--db', 'well.db')

  expect(told).toEqual({ code: 2, out: '', err: expect.stringMatching(/^--distribute prints SQL, .+\n$/) })
})

describe('the statements that place the tables', () => {
  let place: Place
  beforeAll(async () => {
    place = await createDatabase()
  })
  afterAll(() => place.discard())

  const run = (text: string) => withClient(place.db, (client) => client.query(text))
  const distribute = async () => (await doctor('--distribute', '--db', place.db)).out.trimEnd().split('\n')

  test('are SQL and comments, one for each table, in an order that works', async () => {
    const { code, out, err } = await doctor('--distribute', '--db', place.db)

    const lines = out.trimEnd().split('\n')
    const statements = lines.filter((line) => !line.startsWith('--'))
    expect([code, err]).toEqual([0, ''])
    const reference = statements.filter((line) => line.includes('create_reference_table'))
    expect(statements.slice(0, reference.length)).toEqual(reference)
    expect(reference).toContain("select create_reference_table('token_hashes');")
    expect(statements.slice(reference.length, reference.length + 2)).toEqual([
      "select create_distributed_table('locations', 'location_id', colocate_with => 'none');",
      expect.stringMatching(/^select create_distributed_table\('\w+', 'location_id', colocate_with => 'locations'\);$/),
    ])
    expect(lines).toContain("select create_distributed_table('rate_counters', 'location_id', colocate_with => 'none');")
    expect(lines).toContain(
      '-- schema_versions stays local: which migrations have run; read once, when a process starts',
    )
    const { rows } = await run('select count(*)::int as tables from pg_tables where schemaname = current_schema()')
    expect(statements).toHaveLength(rows[0].tables - 1)
  })

  test('run as they are, each once, with functions by the names that Citus gives them', async () => {
    const crm = await openStore(place.db)
    await crm.close()
    await run(`
      create table placed (name regclass, place text, beside text);
      create function create_reference_table(t regclass) returns void language sql as $$ insert into placed values (t, 'reference') $$;
      create function create_distributed_table(t regclass, c text, colocate_with text) returns void language sql as
        $$ insert into placed values (t, c, colocate_with) $$`)

    await run((await distribute()).join('\n'))

    const { rows } = await run(`select name::text, beside from placed where name::text in ('locations', 'events')`)
    expect(rows).toEqual([
      { name: 'locations', beside: 'none' },
      { name: 'events', beside: 'locations' },
    ])
    await run('drop table placed')
  })

  test('name what somebody made and cannot be placed, and why, and place the rest of it', async () => {
    await run(`
      create table "Our list" (location_id text collate "C", id text, primary key (location_id, id));
      create table addresses (location_id text collate "C" primary key, email text constraint one_email unique);
      create table colours (name text primary key)`)

    const lines = await distribute()

    expect(lines).toContain(
      `select create_distributed_table('"Our list"', 'location_id', colocate_with => 'locations');`,
    )
    expect(lines).toContain('-- addresses cannot be placed: its key one_email (email) does not contain location_id')
    expect(lines).toContain(
      '-- colours cannot be placed: it has no column location_id, and is none of the reference tables',
    )
    expect((await checksOf(place.db)).tables).toBe(
      'note: Could not be distributed: addresses, colours. See --distribute.',
    )
  })

  test('leave out what Citus has placed already', async () => {
    // The table in which Citus writes it down, for Citus itself is not here.
    await run(`
      create table pg_dist_partition (logicalrelid regclass, partmethod "char", repmodel "char");
      insert into pg_dist_partition values ('contacts', 'h', 's'), ('token_hashes', 'n', 't'), ('installation', 'n', 's')`)

    const lines = await distribute()
    await run('drop table pg_dist_partition')

    expect(lines).toContain('-- contacts is placed already: distributed')
    expect(lines).toContain('-- token_hashes is placed already: reference')
    expect(lines).toContain("select create_reference_table('installation');")
    expect(lines.join()).not.toContain("table('contacts'")
  })
})
