import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCrm } from '../harness.ts'
import { databaseOn, guarded, type PostgresServer, startPostgres, withClient } from '../support/postgresServer.ts'
import { program, serve } from '../support/program.ts'

/* The password of a database stands in its URL. Whatever goes wrong, nobody reads it on a screen or in a log. */

const secret = 'top5ecret'
const root = fileURLToPath(new URL('../..', import.meta.url))
const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PIPEWRIGHT_')))
const patience = { timeout: 120_000 }

let folder: string
let server: PostgresServer

// One of its own: `guarded` is a role of the whole server.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pipewright-passwords-'))
  server = await startPostgres()
  await run('postgres', `create role ${guarded.user} login password '${guarded.password}'; create role meek login`)
  await (await startCrm({ db: join(folder, 'ours.db') })).stop()
}, 120_000)
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true })
})

describe('a database that does not open is told by a name without its password', () => {
  test('of another program', patience, async () => {
    await create('theirs', 'create table users (mine text)')
    const told = await everyVerb(addressOf('theirs'))

    const line = `${nameOf('theirs')}: This database holds tables of another program (relation "users" already exists). Create a database of its own.\n`
    expect([told.serve, told.list, told.to]).toEqual(Array(3).fill({ code: 1, out: '', err: line }))
    expect(told.from.err).toBe(`${nameOf('theirs')} holds no installation. Name another with --from.\n`)
  })

  test('of another program that counts its versions, too', patience, async () => {
    await create('counted', 'create table schema_versions (id int)')
    const told = await everyVerb(addressOf('counted'))

    const line = `${nameOf('counted')}: This database holds tables of another program (column "version" does not exist). Create a database of its own.\n`
    expect([told.serve, told.list, told.to]).toEqual(Array(3).fill({ code: 1, out: '', err: line }))
  })

  test('with another password', patience, async () => {
    const told = await everyVerb(addressOf('postgres', guarded.user))

    const line = `${nameOf('postgres', guarded.user)}: The user or the password is wrong.\n`
    expect([told.serve, told.list, told.to, told.from]).toEqual(Array(4).fill({ code: 1, out: '', err: line }))
  })

  test('where nothing answers', patience, async () => {
    const told = await everyVerb(`postgres://crm:${secret}@127.0.0.1:1/crm`)

    const line = expect.stringMatching(/^postgres:\/\/crm@127\.0\.0\.1:1\/crm: Nothing answers there\. .+\n$/)
    expect([told.serve, told.list, told.to, told.from]).toEqual(Array(4).fill({ code: 1, out: '', err: line }))
  })

  test('that is not there, of a newer version, or half a copy', patience, async () => {
    await create('newer', 'create table schema_versions (version bigint, applied_at timestamptz)')
    await run('newer', 'insert into schema_versions values (999, now())')
    await (await startCrm({ db: databaseOn(server.url, await create('half')) })).stop()
    await run('half', 'create table migration_under_way (source text, run text, mark text)')

    for (const name of ['nowhere', 'newer', 'half']) {
      const db = addressOf(name)
      const told = await Promise.all([
        pipewright(['serve', '--port', '0', '--db', db]),
        pipewright(['migrate', '--from', db, '--to', join(folder, 'none.db')]),
      ])
      for (const { code, err } of told) expect([code, err]).toEqual([1, expect.stringContaining(nameOf(name))])
    }
  })

  test('by a user without rights, and the doctor ends, too', patience, async () => {
    await (await startCrm({ db: databaseOn(server.url, await create('closed')) })).stop()
    const told = await everyVerb(addressOf('closed', 'meek'))

    const reason = `${nameOf('closed', 'meek')}: Permission denied for table schema_versions.`
    expect(told.doctor).toEqual({
      code: 1,
      out: expect.stringMatching(/^fails +database +\S+ Permission.*\n$/),
      err: 'One check fails.\n',
    })
    expect(told.doctor.out).toContain(reason)
    expect(told.from).toEqual({ code: 1, out: '', err: `${reason}\n` })
    await run('closed', 'grant select on schema_versions to meek')
    expect((await pipewright(['doctor', '--db', addressOf('closed', 'meek')])).code).toBe(1)
  })

  test('with parameters that cannot be', patience, async () => {
    for (const wrong of ['pool_size=0', 'sslrootcert=/nowhere', `sslmode=require&password=${secret}`]) {
      const db = `${addressOf('postgres')}?${wrong}`
      const told = await Promise.all([pipewright(['token', 'list', '--db', db]), pipewright(['doctor', '--db', db])])
      expect(
        told.map(({ code }) => code),
        wrong,
      ).toEqual([1, 1])
    }
  })
})

test('a server that runs tells its place without the password', async () => {
  const running = await serve(addressOf(await create('well')))
  await running.stop()

  expect(running).toMatchObject({ db: nameOf('well') })
})

test.each([
  `postgres://crm:${secret}@db.invalid`,
  `postgres://crm:1/${secret}@db.invalid`,
  `postgres://crm:my/${secret}@db.invalid/crm`,
  `mysql://crm:${secret}@db.invalid/crm`,
  `host=db.invalid password=${secret} dbname=crm`,
])('an address that is none is not repeated: %s', async (url) => {
  const asked = [
    ['token', 'list', '--db', url],
    ['migrate', '--from', 'a.db', '--to', url],
  ]
  const told = await Promise.all([
    ...asked.map((argv) => pipewright(argv)),
    pipewright(['doctor'], { PIPEWRIGHT_DB: url }),
  ])

  const line = expect.stringMatching(/^\S+ must be a file.* or a URL such as .+\n$/)
  expect(told).toEqual(Array(3).fill({ code: 2, out: '', err: line }))
})

async function everyVerb(db: string) {
  const [ours, copy] = [join(folder, 'ours.db'), join(folder, 'copy.db')]
  const [serve, list, doctor, to, from] = await Promise.all([
    pipewright(['serve', '--port', '0', '--log-level', 'trace', '--db', db]),
    pipewright(['token', 'list', '--db', db]),
    pipewright(['doctor', '--db', db]),
    pipewright(['migrate', '--from', ours, '--to', db]),
    pipewright(['migrate', '--from', db, '--to', copy]),
    pipewright(['doctor', '--json', '--db', db]),
    pipewright(['doctor', '--distribute', '--db', db]),
  ])
  return { serve, list, doctor, to, from }
}

/** The program in a process of its own, which neither tells the secret nor stays. */
async function pipewright(argv: string[], env: Record<string, string> = {}) {
  const options = { cwd: root, env: { ...clean, ...env }, timeout: 20_000, killSignal: 'SIGKILL' } as const
  const child = spawn(process.execPath, [...program, ...argv], options)
  const said = { out: '', err: '' }
  child.stdout.on('data', (part) => {
    said.out += part
  })
  child.stderr.on('data', (part) => {
    said.err += part
  })
  const code = await new Promise<number | null>((done) => child.once('close', done))
  expect(`${said.out}${said.err}`, argv.join(' ')).not.toContain(secret)
  expect(said.err, argv.join(' ')).not.toMatch(/^ +at /m)
  expect(code, argv.join(' ')).not.toBeNull()
  return { code, ...said }
}

function addressOf(name: string, user = 'postgres'): string {
  const url = new URL(databaseOn(server.url, name))
  Object.assign(url, { username: user, password: secret })
  return url.href
}

const nameOf = (name: string, user = 'postgres') => `postgres://${user}@${new URL(server.url).host}/${name}`

const run = (name: string, text: string) =>
  withClient(databaseOn(server.url, name), async (client) => void (await client.query(text)))

async function create(name: string, text = ''): Promise<string> {
  await run('postgres', `create database ${name} template template0`)
  if (text) await run(name, text)
  return name
}
