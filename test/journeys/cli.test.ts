import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { damage } from '../support/damage.ts'
import { createDatabase, type Place } from '../support/postgres.ts'
import { lasting } from '../support/program.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PIPEWRIGHT_')))

let folder: string
let running: ChildProcess[]
/** Where the program's data is, unless it is where it always is. */
let place: Place | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipewright-cli-'))
  running = []
})

afterEach(async () => {
  for (const child of running.filter(isUp)) {
    child.kill('SIGKILL')
    await once(child, 'close')
  }
  rmSync(folder, { recursive: true, force: true })
})

/** The tests once on each store that lasts, named to the program by its environment. */
const onEveryPlace = (name: string, tests: () => void) =>
  describe.each(lasting)(`${name} ($name)`, ({ open }) => {
    beforeEach(async () => {
      place = await open()
    })
    afterEach(async () => {
      await place?.discard()
      place = undefined
    })
    tests()
  })

describe('serve', () => {
  test('shows a newcomer what to do, and the command that it prints works when pasted', async () => {
    const server = start(['--port', '0'])
    await server.until(() => server.out().includes('Ctrl-C'))

    const [, url = '', ...headers] = /curl "(.+?)" -H "(.+?)" -H "(.+?)"/.exec(server.out()) ?? []
    const reply = await fetch(url, { headers: headers.map((header) => header.split(': ') as [string, string]) })

    expect(reply.status).toBe(200)
    expect(await reply.json()).toMatchObject({ pipelines: [{ name: 'Sales Pipeline' }] })
    expect(server.out()).toContain(join(folder, 'pipewright.db'))
  })

  test('says in one line why it cannot start', async () => {
    const server = start(['--json', '--port', '0'])
    const port = new URL((await server.line()).url).port
    writeFileSync(join(folder, 'letter.txt'), 'Dear database,\n'.repeat(500))
    mkdirSync(join(folder, 'directory'))

    const busy = await run(['serve', '--port', port])
    const letter = await run(['serve', '--port', '0', '--db', 'letter.txt'])
    const directory = await run(['serve', '--port', '0', '--db', 'directory'])
    const nowhere = await run(['serve', '--port', '0', '--db', 'nowhere/x.db'])

    const failed = { code: 1, out: '' }
    expect(busy).toMatchObject({ ...failed, err: expect.stringMatching(/^Port \d+ is in use\..*--port.*\n$/) })
    expect(letter).toMatchObject({ ...failed, err: expect.stringMatching(/^letter.txt is not a database\..*\n$/) })
    expect(directory).toMatchObject({ ...failed, err: 'directory is a folder. Name a file with --db.\n' })
    expect(nowhere).toMatchObject({ ...failed, err: expect.stringMatching(/^The folder of nowhere\/x.db.*\n$/) })
  })

  test('refuses a database that a newer version has written', async () => {
    const newer = new Sqlite(join(folder, 'newer.db'))
    newer.pragma('user_version = 9999')
    newer.close()

    const { code, err } = await run(['--port', '0', '--db', 'newer.db'])

    expect(code).toBe(1)
    expect(err).toMatch(/^newer.db: .*newer Pipewright.*\n$/)
  })

  test('finishes what it is at before it stops, unless it is asked twice', async () => {
    const server = start(['--json', '--port', '0'])
    const { url, token } = await server.line()
    const slow = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {})
    const headers = `Host: x\r\nContent-Length: 9\r\nVersion: 2021-07-28\r\nAuthorization: Bearer ${token}`
    slow.write(`POST /contacts/ HTTP/1.1\r\n${headers}\r\n\r\n{`)
    await pause(200)

    const asked = server.stop('SIGINT')
    const answer = await Promise.race([asked, pause(500).then(() => 'still up')])
    const code = await server.stop('SIGINT')

    expect([answer, code]).toEqual(['still up', 1])
    slow.destroy()
  })

  test('logs each request with the id of its token, and no secret', async () => {
    const server = start(['--json', '--port', '0', '--log-level', 'info'])
    const told = await server.line()
    const wrong = 'pit-00000000-0000-4000-8000-000000000000'

    await pipelines(told.url, told)
    await pipelines(`${told.url}/opportunities/nothing?token=${told.token}&apiKey=${told.apiKey}&`, told)
    await pipelines(told.url, { ...told, token: wrong })
    const address = 'z'.repeat(40)
    for (const method of ['POST', 'GET']) await fetch(`${told.url}/hooks/${address}?a=b`, { method })
    await server.stop('SIGTERM')

    const lines = server
      .err()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const { id } = (await json(['token', 'list'])).find(({ name }: { name: string }) => name === 'First token')
    expect(lines.filter(({ msg }) => msg === 'request')).toMatchObject([
      { path: '/opportunities/pipelines', status: 200, tokenId: id },
      { path: '/opportunities/nothing', status: 404 },
      { path: '/opportunities/pipelines', status: 401 },
      { method: 'POST', path: '/hooks/:secret', status: 404 },
      { method: 'GET', path: '/hooks/•••', status: 404 },
    ])
    for (const secret of [told.token, told.apiKey, wrong, address]) expect(server.err()).not.toContain(secret)
  })

  test('a start that fails does not use up the showing of the secrets', async () => {
    const other = start(['--json', '--port', '0', '--db', 'other.db'])
    const port = new URL((await other.line()).url).port

    expect((await run(['--port', port])).code).toBe(1)

    expect(await start(['--json', '--port', '0']).line()).toHaveProperty('token')
  })
})

describe('serve on PostgreSQL', () => {
  let database: Place
  beforeEach(async () => {
    database = await createDatabase()
  })
  afterEach(() => database.discard())

  const hint = async (argv: string[]) => {
    const server = start(['serve', '--port', '0', ...argv])
    await server.until(() => server.out().includes('Ctrl-C'))
    await server.stop('SIGTERM')
    return /^Another token: (.*)$/m.exec(server.out())?.[1]
  }

  test('tells a command for another token that works, or where the address is missing in it', async () => {
    const withPassword = database.db.replace('postgres@', 'postgres:s3cret@')

    const said = await hint(['--db', withPassword])
    const open = await hint(['--db', database.db])
    place = { ...database, db: withPassword }
    const known = await hint([])
    place = undefined

    expect(said).toMatch(/^PIPEWRIGHT_DB=postgres:\/\/… \S+ .*main\.ts token create$/)
    expect(open).toMatch(/ token create --db "postgres:\/\/\S+"$/)
    expect(known).toMatch(/^(npx tsx|node) .*main\.ts token create$/)
  })
})

onEveryPlace('serve', () => {
  test('shows secrets on its first start and never again', async () => {
    const first = start(['serve', '--port', '0'])
    await first.until(() => first.out().includes('Ctrl-C'))
    await first.stop('SIGTERM')
    const second = start(['serve', '--port', '0'])
    await second.until(() => second.out().includes('Ctrl-C'))

    expect(first.out()).toMatch(/pit-[0-9a-f-]{36}/)
    expect(second.out()).not.toMatch(/pit-|eyJ|password/i)
    expect(second.out()).toContain('token create')
  })

  test('prints one line of JSON and nothing else, and keeps its data', async () => {
    const first = start(['serve', '--json', '--port', '0'])
    const told = await first.line()
    expect(await first.stop('SIGINT')).toBe(0)
    const second = start(['serve', '--json', '--port', '0'])
    const again = await second.line()
    const reply = await pipelines(again.url, told)

    expect(Object.keys(told)).toEqual(['url', 'db', 'locationId', 'token', 'apiKey', 'admin'])
    expect(told).toMatchObject({ db: place?.db, admin: { email: 'admin@pipewright.local' } })
    expect(again).toEqual({ url: again.url, db: told.db, locationId: told.locationId })
    expect(reply.status).toBe(200)
    expect(await second.stop('SIGTERM')).toBe(0)
    expect([first.out(), second.out()].map((text) => text.trimEnd().split('\n').length)).toEqual([1, 1])
  })

  test('furnishes one database once when two processes start at the same moment', async () => {
    const servers = [start(['--json', '--port', '0']), start(['--json', '--port', '0'])]

    const told = await Promise.all(servers.map((server) => server.line()))

    expect(told.filter(({ token }) => token)).toHaveLength(1)
    expect(told[0]?.locationId).toBe(told[1]?.locationId)
  })

  test('makes up something to look at, once', async () => {
    const first = start(['--json', '--port', '0', '--demo', '30'])
    const told = await first.line()
    const total = async (url: string) => {
      const { meta } = (await (await opportunities(url, told)).json()) as { meta: { total: number } }
      return meta.total
    }

    expect(await total(told.url)).toBe(30)
    await first.stop('SIGTERM')
    const second = start(['--json', '--port', '0', '--demo', '30'])
    expect(await total((await second.line()).url)).toBe(30)
  })
})

onEveryPlace('beside a running server', () => {
  test('tokens are made, rotated and revoked, and work there at once', async () => {
    const server = await start(['--json', '--port', '0']).line()
    const status = async (token: string) => (await pipelines(server.url, { ...server, token })).status

    const made = await json(['token', 'create', '--name', 'Form', '--scopes', 'opportunities.readonly'])
    expect(made).toMatchObject({ name: 'Form', scopes: ['opportunities.readonly'], locationId: server.locationId })
    expect(await status(made.token)).toBe(200)

    const rotated = await json(['token', 'rotate', made.id])
    expect([await status(made.token), await status(rotated.token)]).toEqual([200, 200])

    const again = await json(['token', 'rotate', made.id, '--now'])
    await trust()
    expect([await status(made.token), await status(rotated.token), await status(again.token)]).toEqual([401, 401, 200])

    await json(['token', 'revoke', made.id])
    await trust()
    expect(await status(again.token)).toBe(401)
    expect((await json(['token', 'list'])).map(({ name }: { name: string }) => name)).toEqual([
      'First token',
      'First API key',
    ])
  })

  test('a new location comes with a pipeline and a token that sees nothing else', async () => {
    const server = await start(['--json', '--port', '0']).line()

    const made = await json(['location', 'create', '--name', 'Second', '--timezone', 'Europe/Berlin'])

    const own = await pipelines(server.url, { token: made.token, locationId: made.id })
    const other = await pipelines(server.url, { token: made.token, locationId: server.locationId })
    expect(await own.json()).toMatchObject({ pipelines: [{ name: 'Sales Pipeline', locationId: made.id }] })
    expect(other.status).toBe(403)
    expect(await json(['location', 'list'])).toMatchObject([
      { id: server.locationId, name: 'My Business' },
      { id: made.id, name: 'Second', timezone: 'Europe/Berlin' },
    ])
  })

  test('seed fills the location of a running server', async () => {
    const server = await start(['--json', '--port', '0']).line()

    const seeded = await json(['seed', '250', '--batch', '100'])

    expect(seeded).toMatchObject({ opportunities: 250, locationId: server.locationId })
    expect(await (await opportunities(server.url, server)).json()).toMatchObject({ meta: { total: 250 } })
  })
})

describe('tokens', () => {
  test('that do not exist, and a place that is not there, are told in one line', async () => {
    const missing = await run(['token', 'list'])
    await start(['--json', '--port', '0']).line()
    const token = await run(['token', 'rotate', 'nobody'])
    const location = await run(['token', 'list', '--location', 'nowhere'])

    expect(missing).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^There is no pipewright.db here\..*\n$/),
    })
    expect(token).toEqual({ code: 1, out: '', err: 'Token not found.\n' })
    expect(location).toMatchObject({ code: 1, err: expect.stringMatching(/^There is no location nowhere\..*\n$/) })
  })
})

describe('a SQLite file', () => {
  test('that another program has locked is told in one line', { timeout: 60_000 }, async () => {
    await furnish()
    const locker = new Sqlite(join(folder, 'pipewright.db'))
    locker.exec('begin immediate')

    const verbs = [
      ['token', 'create'],
      ['seed', '5'],
      ['location', 'create', '--name', 'Second'],
    ]
    const told = await Promise.all(verbs.map(run))
    locker.close()

    for (const { code, err } of told) expect([code, err]).toEqual([1, expect.stringMatching(locked)])
  })

  test('that is damaged is told in one line by whoever reads it', async () => {
    await furnish()
    damage(join(folder, 'pipewright.db'), 'tokens')

    const told = await run(['token', 'list'])

    expect(told).toEqual({ code: 1, out: '', err: 'pipewright.db is damaged. Restore it from a backup.\n' })
  })

  const locked = /^pipewright\.db is locked by another program\. Try again when it has ended\.\n$/
  const furnish = async () => {
    const server = start(['--json', '--port', '0'])
    await server.line()
    await server.stop('SIGTERM')
  }
})

describe('a password', () => {
  const url = 'postgres://crm:s3cret@db.invalid/crm'

  test('is never told again, however the command was mistyped', { timeout: 60_000 }, async () => {
    const typed = [
      [url],
      ['serve', url],
      ['seed', url],
      ['seed', '5', '--location', url],
      ['token', url],
      ['token', 'create', '--kind', url],
      ['token', 'create', '--scopes', url],
      ['--port', url],
      [`--json=${url}`],
      [`--db${url}`],
      [`--db${url.replace('s3cret', 's3cret=')}`],
      ['help', url],
      ['help', 'crm:s3cret@db/crm'],
      ['--db', url.replace('://', '//')],
      ['--db', `"${url}"`],
      ['seed', '5', '--db', 'crm:s3cret@db/crm'],
      ['doctor', '--db', `${url}/nowhere`],
      ['migrate', '--from', `"${url}"`],
    ]

    const told = await Promise.all(typed.map(async (argv) => ({ argv, ...(await run(argv)) })))

    for (const { argv, code, out, err } of told) {
      expect(out + err, argv.join(' ')).not.toContain('s3cret')
      expect(err, argv.join(' ')).toMatch(/^.+\n$/)
      expect(code, argv.join(' ')).toBe(argv.includes('--location') ? 1 : 2)
    }
  })

  test.each([url.replace('postgres', 'Postgres'), ` ${url}`])('%j is an address, and no file', async (db) => {
    const said = await run(['token', 'list', '--db', db])
    place = { db, discard: async () => {} }
    const set = await run(['token', 'list'])
    place = undefined

    for (const { code, err } of [said, set])
      expect([code, err]).toEqual([1, expect.stringMatching(/^postgres:\/\/crm@db\.invalid\/crm: .+\n$/)])
  })

  test('in a variable with quotes is not told either', async () => {
    place = { db: `"${url}"`, discard: async () => {} }
    const told = await run(['token', 'list'])
    place = undefined

    expect(told).toMatchObject({ code: 2, err: expect.stringMatching(/^PIPEWRIGHT_DB must be a file.*\n$/) })
    expect(told.err).not.toContain('s3cret')
  })
})

describe('the command line', () => {
  test.each([
    [['tokn'], '"pipewright tokn" is not known. Did you mean token?'],
    [['--prot', '1'], '--prot is not an option. Did you mean --port?'],
    [['serve', '--port', 'x'], '--port must be a whole number from 0 to 65535, not "x"'],
    [['token'], 'token needs one of: create, list, rotate, revoke.'],
    [['token', 'rotate'], 'token rotate needs ID. See pipewright token rotate --help.'],
    [
      ['token', 'create', '--scopes', 'contacts.wirte'],
      '--scopes has no scope contacts.wirte. Did you mean contacts.write?',
    ],
    [
      ['location', 'create', '--allow-duplicate-opportunity', 'x'],
      '--allow-duplicate-opportunity must be true or false, not "x"',
    ],
    [['seed', 'many'], 'N must be a whole number from 1 to 10000000, not "many"'],
  ])('%j is refused with a hint', async (argv, line) => {
    expect(await run(argv)).toEqual({ code: 2, out: '', err: `${line}\n` })
  })

  test('explains every verb', async () => {
    const [all, serve, token] = await Promise.all([run(['--help']), run(['serve', '--help']), run(['token', '--help'])])

    expect([all.code, serve.code, token.code]).toEqual([0, 0, 0])
    for (const verb of ['serve', 'token', 'location', 'seed']) expect(all.out).toContain(verb)
    expect(serve.out).toContain('PIPEWRIGHT_RATE_LIMIT')
    expect(serve.out).toMatch(/--public-url URL .*PIPEWRIGHT_PUBLIC_URL/)
    for (const { out } of [all, serve, token]) expect(out).not.toMatch(/\n\n\n\n|\n\n$/)
    for (const action of ['create', 'list', 'rotate', 'revoke'])
      expect(token.out).toContain(`pipewright token ${action}`)
    expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

interface Told {
  url: string
  db: string
  locationId: string
  token: string
  apiKey: string
}

/** The program as a person starts it, in a folder of its own. */
function start(argv: string[]) {
  const child = spawn(process.execPath, ['--import', tsx, main, ...argv], {
    cwd: folder,
    env: { ...clean, ...(place && { PIPEWRIGHT_DB: place.db }) },
  })
  running.push(child)
  const texts = { out: '', err: '' }
  child.stdout.on('data', (chunk) => (texts.out += chunk))
  child.stderr.on('data', (chunk) => (texts.err += chunk))
  const ended = once(child, 'close').then(() => child.exitCode)

  async function until(seen: () => boolean) {
    while (!seen()) {
      if (!isUp(child)) throw new Error(`It ended with ${child.exitCode}: ${texts.err}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  async function line(): Promise<Told> {
    await until(() => texts.out.includes('\n'))
    return JSON.parse(texts.out)
  }
  async function stop(signal: NodeJS.Signals) {
    child.kill(signal)
    return ended
  }
  return { until, line, stop, ended, out: () => texts.out, err: () => texts.err }
}

async function run(argv: string[]) {
  const program = start(argv)
  const code = await program.ended
  return { code, out: program.out(), err: program.err() }
}

async function json(argv: string[]) {
  const { code, out, err } = await run([...argv, '--json'])
  if (code !== 0) throw new Error(err)
  return JSON.parse(out)
}

const isUp = (child: ChildProcess) => child.exitCode === null && child.signalCode === null

/** A running server may trust a token for another second after another process has ended it. */
const trust = () => pause(1100)

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const get = (url: string, token: string) =>
  fetch(url, { headers: { authorization: `Bearer ${token}`, version: '2021-07-28' } })

const pipelines = (url: string, { token, locationId }: Pick<Told, 'token' | 'locationId'>) =>
  get(`${url}/opportunities/pipelines?locationId=${locationId}`, token)

const opportunities = (url: string, { token, locationId }: Pick<Told, 'token' | 'locationId'>) =>
  get(`${url}/opportunities/search?location_id=${locationId}`, token)
