import sql, { raw } from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { CannotOpen, Doubtful, type Store, type Transaction, Unavailable } from '../src/store/database.ts'
import { migrations } from '../src/store/migrate.ts'
import { openStore } from '../src/store/open.ts'
import { createDatabase, type Place } from './support/postgres.ts'
import { databaseOn, guarded, withClient } from './support/postgresServer.ts'
import { type Relay, startRelay } from './support/relay.ts'

/* What is particular to PostgreSQL; what every store does is in store.test.ts. */

let place: Place
let stores: Store[]

beforeEach(async () => {
  stores = []
  place = await createDatabase()
})
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close().catch(() => {})))
  await place.discard()
})

async function open(url = place.db): Promise<Store> {
  const store = await openStore(url)
  stores.push(store)
  return store
}

const put = (tx: Transaction, name: string, value = '1') =>
  tx.run(sql`
    insert into installation (name, value) values (${name}, ${value})
    on conflict (name) do update set value = excluded.value`)
const valueAt = async (store: Store, name: string) =>
  (await store.one<{ value: string }>(sql`select value from installation where name = ${name}`))?.value
const lock = (tx: Transaction, name: string) =>
  tx.one<{ value: string }>(sql`select value from installation where name = ${name} ${tx.lock}`)

/** A promise to be kept from outside. */
function gate() {
  let open = () => {}
  const passed = new Promise<void>((done) => {
    open = done
  })
  return { open, passed }
}

describe('transactions at the same time', () => {
  test('that wait for each other in a ring all get done', async () => {
    const store = await open()
    await store.transaction(async (tx) => {
      for (const name of ['a', 'b']) await put(tx, name, '0')
    })
    const both = [gate(), gate()] as const
    let tries = 0
    const add = async (first: string, second: string, mine: 0 | 1) =>
      store.transaction(async (tx) => {
        tries++
        for (const name of [first, second]) {
          const found = await lock(tx, name)
          await put(tx, name, String(Number(found?.value) + 1))
          both[mine].open()
          await both[mine === 0 ? 1 : 0].passed
        }
      })

    await Promise.all([add('a', 'b', 0), add('b', 'a', 1)])

    expect([await valueAt(store, 'a'), await valueAt(store, 'b')]).toEqual(['2', '2'])
    expect(tries).toBe(3)
  })

  test('that make the same thing at once run again, and see the other one', async () => {
    const store = await open()
    const looked = gate()
    let looking = 0
    const make = () =>
      store.transaction(async (tx) => {
        const found = await lock(tx, 'a')
        if (found) return 'found'
        if (++looking === 2) looked.open()
        await looked.passed
        await tx.run(sql`insert into installation (name, value) values ('a', '1')`)
        return 'made'
      })

    expect((await Promise.all([make(), make()])).sort()).toEqual(['found', 'made'])
  })

  test('keep what they hang something on, and hinder nobody who changes it', async () => {
    const store = await open()
    await store.transaction((tx) => put(tx, 'a', '1'))
    const [kept, changed] = [gate(), gate()]
    const order: string[] = []

    const keeping = store.transaction(async (tx) => {
      await tx.one(sql`select value from installation where name = 'a' ${tx.keep}`)
      kept.open()
      await changed.passed
      order.push('kept')
    })
    await kept.passed
    await store.transaction((tx) => tx.run(sql`update installation set value = '2' where name = 'a'`))
    const removing = store
      .transaction((tx) => tx.run(sql`delete from installation where name = 'a'`))
      .then(() => order.push('removed'))
    changed.open()
    await Promise.all([keeping, removing])

    expect(order).toEqual(['kept', 'removed'])
  })

  test('stand alone with a name, whatever the order in which they name several', async () => {
    const store = await open()
    let inside = 0
    let most = 0
    const alone = (...names: string[]) =>
      store.transaction(async (tx) => {
        await tx.alone(...names)
        most = Math.max(most, ++inside)
        await put(tx, 'a', String(inside))
        inside--
      })

    await Promise.all(Array.from({ length: 30 }, (_, at) => (at % 2 ? alone('x', 'y', 'x') : alone('y', 'x'))))

    expect(most).toBe(1)
  })

  test('each have a slot of their own, in every process, and take it again', async () => {
    const [one, two] = [await open(), await open()]
    const all = gate()
    const slots: number[] = []
    const take = (store: Store) =>
      store.transaction(async (tx) => {
        slots.push(tx.slot)
        if (slots.length === 12) all.open()
        await all.passed
      })

    await Promise.all(Array.from({ length: 12 }, (_, at) => take(at % 2 ? one : two)))
    await two.close()
    const again = await (await open()).transaction(async (tx) => tx.slot)

    expect(new Set(slots).size).toBe(12)
    expect(Math.max(...slots)).toBeLessThan(24)
    expect(slots).toContain(again)
  })

  test('that all wait for a lock do not hold up those who read', async () => {
    const store = await open(`${place.db}?pool_size=4`)
    await store.transaction((tx) => put(tx, 'a'))
    const [locked, read] = [gate(), gate()]
    const holding = store.transaction(async (tx) => {
      await lock(tx, 'a')
      locked.open()
      await read.passed
    })
    await locked.passed
    const waiting = Array.from({ length: 10 }, () => store.transaction((tx) => lock(tx, 'a')))

    expect(await valueAt(store, 'a')).toBe('1')
    read.open()
    await Promise.all([holding, ...waiting])
  })

  test('do not wait for ever: who waits too long hears that it may ask again', async () => {
    const store = await open(`${place.db}?lock_timeout=100`)
    await store.transaction((tx) => put(tx, 'a'))
    const [locked, waited] = [gate(), gate()]
    const holding = store.transaction(async (tx) => {
      await lock(tx, 'a')
      locked.open()
      await waited.passed
    })
    await locked.passed

    const late = store.transaction((tx) => lock(tx, 'a'))

    await expect(late).rejects.toThrow(Unavailable)
    waited.open()
    await holding
  })

  test('end when a statement takes too long', async () => {
    const store = await open(`${place.db}?statement_timeout=100`)

    await expect(store.one(sql`select pg_sleep(20)`)).rejects.toThrow(Unavailable)
    expect(await valueAt(store, 'a')).toBeUndefined()
  })

  test('that hid a failed statement are not taken for kept', async () => {
    const store = await open()

    const hidden = store.transaction(async (tx) => {
      await put(tx, 'a')
      await tx.run(sql`insert into installation (name, value) values ('a', '2')`).catch(() => {})
    })

    await expect(hidden).rejects.toThrow('A statement of this transaction had failed')
    expect(await valueAt(store, 'a')).toBeUndefined()
  })
})

describe('a connection that is lost', () => {
  let relay: Relay
  let store: Store
  let runs: number

  beforeEach(async () => {
    relay = await startRelay(place.db)
    store = await open(relay.url)
    await store.transaction((tx) => put(tx, 'counter', '0'))
    runs = 0
  })
  afterEach(() => relay.close())

  /** Adds one, and leaves a proof as events do. */
  const add = () =>
    store.transaction(async (tx) => {
      runs++
      const { value } = (await lock(tx, 'counter')) as { value: string }
      await put(tx, 'counter', String(Number(value) + 1))
      await put(tx, `proof ${tx.id}`)
      tx.prove(sql`select 1 from installation where name = ${`proof ${tx.id}`}`)
      return Number(value) + 1
    })

  test.each([
    ['before it begins', 'begin', 'before', 1],
    ['while it begins', 'begin', 'after', 1],
    ['before a statement', 'proof', 'before', 2],
    ['after a statement', 'proof', 'after', 2],
    ['before its commit is heard', 'commit', 'before', 2],
    ['after its commit, which was never answered', 'commit', 'after', 1],
    ['after its commit, by us alone', 'commit', 'unnoticed', 1],
  ] as const)('%s: the change is made once', async (_, text, when, expected) => {
    const sprung = relay.cutAt(text, when)

    const answer = await add()
    await sprung

    expect(answer).toBe(1)
    expect(await valueAt(store, 'counter')).toBe('1')
    expect(runs).toBe(expected)
  })

  test('again and again: no change is lost and none is made twice', async () => {
    const adding = Promise.all(Array.from({ length: 200 }, add))
    for (let times = 0; times < 10; times++) {
      await relay.cutAt('commit', times % 2 ? 'after' : 'before')
      relay.cut()
    }

    expect(new Set(await adding).size).toBe(200)
    expect(await valueAt(store, 'counter')).toBe('200')
  })

  test('with the commit of a change that left no proof: whoever asked is told to look', async () => {
    const sprung = relay.cutAt('commit', 'after')
    const change = store.transaction((tx) => put(tx, 'a'))

    await expect(change).rejects.toThrow(Doubtful)
    await sprung
  })

  test('with the commit of what changed nothing: it is simply done again', async () => {
    const sprung = relay.cutAt('commit', 'after')

    expect(await store.transaction((tx) => lock(tx, 'counter'))).toEqual({ value: '0' })
    await sprung
  })

  test('is nothing that a reader notices', async () => {
    const sprung = relay.cutAt('counter', 'after')

    expect(await valueAt(store, 'counter')).toBe('0')
    await sprung
  })
})

describe('announcements', () => {
  test('are heard by the other processes, each topic once, and by nobody who is not meant', async () => {
    const [one, two, three] = [await open(), await open(), await open()]
    const heard = new Map<Store, string[]>([one, two, three].map((store) => [store, []]))
    const ready = [...heard].map(([store, topics]) => {
      const deaf = gate()
      store.listen((some) => {
        if (some.length === 0) deaf.open()
        topics.push(...some)
      })
      return deaf.passed
    })
    await Promise.all(ready)

    for (const topic of ['a', 'b', 'a']) one.announce(topic)
    two.announce('end')
    await expect.poll(() => heard.get(three)).toHaveLength(3)
    await expect.poll(() => heard.get(one)).toHaveLength(1)

    expect(heard.get(three)?.sort()).toEqual(['a', 'b', 'end'])
    expect(heard.get(one)).toEqual(['end'])
    expect(heard.get(two)?.sort()).toEqual(['a', 'b'])
  })

  test('go on after the connection was lost, and nothing by name says that some may have been missed', async () => {
    const relay = await startRelay(place.db)
    const [near, far] = [await open(), await open(relay.url)]
    const heard: string[][] = []
    far.listen((topics) => heard.push(topics))
    await expect.poll(() => heard).toEqual([[]])

    relay.cut()
    await expect.poll(() => heard).toEqual([[], []])
    near.announce('a')

    await expect.poll(() => heard).toEqual([[], [], ['a']])
    await far.close()
    await relay.close()
  })
})

describe('a database that cannot be opened is told apart in one line', () => {
  const server = () => inject('postgres')
  const sentence = async (url: string) => {
    const error = await open(url).catch((caught) => caught)
    expect(error).toBeInstanceOf(CannotOpen)
    return (error as Error).message.replaceAll(new URL(url).host, 'HOST')
  }
  const asGuarded = (url: string, password: string) => {
    const address = new URL(url)
    address.username = guarded.user
    address.password = encodeURIComponent(password)
    return address.href
  }

  beforeAll(() =>
    withClient(server(), async (client) => {
      await client.query(`drop role if exists ${guarded.user}`)
      await client.query(`create role ${guarded.user} login password '${guarded.password}'`)
    }),
  )
  afterAll(() => withClient(server(), (client) => client.query(`drop role ${guarded.user}`)))

  test('nobody answers', async () => {
    expect(await sentence('postgres://somebody:secret@127.0.0.1:1/crm')).toBe(
      'postgres://somebody@HOST/crm: Nothing answers there. Is PostgreSQL running, and is this its port?',
    )
  })

  test('there is no such host', async () => {
    expect(await sentence('postgres://nowhere.invalid/crm')).toMatch(
      /^postgres:\/\/HOST\/crm: (There is no such host|The host name cannot be looked up now)\.$/,
    )
  })

  test('there is no such database', async () => {
    expect(await sentence(databaseOn(server(), 'nothing'))).toBe(
      'postgres://postgres@HOST/nothing: There is no such database. Create it first: createdb nothing',
    )
  })

  test('the user or the password is wrong, and it is never shown', async () => {
    const { pathname } = new URL(place.db)

    expect(await sentence(asGuarded(place.db, 'guess'))).toBe(
      `postgres://guarded@HOST${pathname}: The user or the password is wrong.`,
    )
  })

  test('the user may not make tables', async () => {
    const bare = await createDatabase({ isBare: true })
    const { pathname } = new URL(bare.db)

    expect(await sentence(asGuarded(bare.db, guarded.password))).toBe(
      `postgres://guarded@HOST${pathname}: Permission denied for schema public. The user must be allowed to create ` +
        'tables in the schema and, once, the extension pg_trgm in the database.',
    )
    await bare.discard()
  })

  test('it wants a password, and there is none', async () => {
    const address = new URL(place.db)
    address.username = guarded.user

    expect(await sentence(address.href)).toBe(
      `postgres://guarded@HOST${address.pathname}: The server wants a password, and the URL names none.`,
    )
  })

  test.each(['1', '501', 'x', ''])('it is to be asked by %j connections', async (size) => {
    const { pathname } = new URL(place.db)

    expect(await sentence(`${place.db}?pool_size=${size}`)).toBe(
      `postgres://postgres@HOST${pathname}: pool_size must be a whole number from 2 to 500.`,
    )
  })

  test('it does not keep text as UTF-8', async () => {
    const name = new URL(place.db).pathname.slice(1).replace('test', 'ascii')
    await withClient(server(), (client) =>
      client.query(`create database ${name} template template0 encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C'`),
    )

    expect(await sentence(databaseOn(server(), name))).toBe(
      `postgres://postgres@HOST/${name}: The database keeps text as SQL_ASCII. Create one with encoding UTF8.`,
    )
    await withClient(server(), (client) => client.query(`drop database ${name}`))
  })

  test('it was written by a newer program', async () => {
    await withClient(place.db, (client) => client.query('insert into schema_versions values (999, now())'))
    const { pathname } = new URL(place.db)

    expect(await sentence(place.db)).toBe(
      `postgres://postgres@HOST${pathname}: This database was written by a newer Pipewright (schema 999, this one ` +
        `knows ${migrations().at(-1)?.version}). Install the newer version again.`,
    )
  })
})

describe('migrations', () => {
  test('run once when several processes start at the same moment on a bare database', async () => {
    const bare = await createDatabase({ isBare: true })

    const opened = await Promise.all(Array.from({ length: 4 }, () => openStore(bare.db)))
    const versions = await opened[0]?.all(sql`select version from schema_versions order by version`)

    expect(versions).toEqual(migrations().map(({ version }) => ({ version })))
    await Promise.all(opened.map((store) => store.close()))
    await bare.discard()
  })

  test('that fail leave nothing behind', async () => {
    const bare = await createDatabase({ isBare: true })
    await withClient(bare.db, (client) => client.query('create table opportunities (mine text)'))

    const error = await openStore(bare.db).catch((caught) => caught)
    expect(error).toBeInstanceOf(CannotOpen)
    expect(error.message).toMatch(
      /: This database holds tables of another program \(relation "opportunities" already exists\)\. Create a database of its own\.$/,
    )
    const tables = await withClient(bare.db, (client) =>
      client.query(
        `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
      ),
    )

    expect(tables.rows.map(({ name }) => name).sort()).toEqual(['opportunities', 'schema_versions'])
    await bare.discard()
  })
})

test('what was acknowledged survives a crash, whatever the database is set to', async () => {
  const name = new URL(place.db).pathname.slice(1)
  await withClient(place.db, (client) => client.query(`alter database ${name} set synchronous_commit = off`))
  const store = await open()

  const setting = await store.transaction((tx) =>
    tx.one(sql`select current_setting(${raw("'synchronous_commit'")}) as "is"`),
  )

  expect(setting).toEqual({ is: 'on' })
})
