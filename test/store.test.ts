import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import Sqlite from 'better-sqlite3'
import sql, { raw } from 'sql-template-tag'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type Database,
  like,
  likeInAnyCase,
  type Store,
  type TextIndex,
  type Transaction,
} from '../src/store/database.ts'
import { migrations } from '../src/store/migrate.ts'
import { openStore } from '../src/store/open.ts'
import { openSqlite } from '../src/store/sqlite.ts'
import { createDatabase } from './support/postgres.ts'

/** Where a store keeps its data, to open it again by; `discard` takes it away. */
interface Place {
  name: string
  discard: () => unknown
}

interface Engine {
  makePlace: () => Place | Promise<Place>
  /** Whether the data is there when it is opened again. */
  lasts: boolean
  /** Whether transactions run one after the other, in the order in which they were asked for. */
  takesTurns: boolean
}

/** What every store must do, whatever its engine. The tables are those of the migrations. */
function conforms(engine: string, { makePlace, lasts, takesTurns }: Engine) {
  describe(`a store: ${engine}`, () => {
    let place: Place
    let store: Store
    beforeEach(async () => {
      place = await makePlace()
      store = await openStore(place.name)
    })
    afterEach(async () => {
      await store.close().catch(() => {})
      await place.discard()
    })

    const put = (tx: Transaction, name: string, value: string | number) =>
      tx.run(sql`
        insert into installation (name, value) values (${name}, ${String(value)})
        on conflict (name) do update set value = excluded.value`)
    const read = async (db: Database, name: string) =>
      (await db.one<{ value: string }>(sql`select value from installation where name = ${name}`))?.value
    const names = async (db: Database = store) =>
      (await db.all<{ name: string }>(sql`select name from installation order by name`)).map(({ name }) => name)
    const failing = (error: Error, name: string) =>
      store.transaction(async (tx) => {
        await put(tx, name, 1)
        throw error
      })

    describe('a transaction', () => {
      test('answers what its work answers, and its writes are there', async () => {
        const answer = await store.transaction(async (tx) => {
          await put(tx, 'a', 1)
          await put(tx, 'b', 2)
          return { done: true }
        })

        expect(answer).toEqual({ done: true })
        expect(await names()).toEqual(['a', 'b'])
      })

      test('vanishes whole when its work throws', async () => {
        await expect(failing(new Error('no'), 'a')).rejects.toThrow('no')

        expect(await names()).toEqual([])
      })

      test('vanishes whole when one of its statements fails', async () => {
        const twice = store.transaction(async (tx) => {
          await put(tx, 'a', 1)
          await tx.run(sql`insert into installation (name, value) values ('a', '2')`)
        })

        await expect(twice).rejects.toThrow()
        expect(await names()).toEqual([])
      })

      test('throws the very error that its work threw, whatever it is', async () => {
        const error = Object.assign(new Error('mine'), { code: 'MINE' })

        expect(await failing(error, 'a').catch((caught) => caught)).toBe(error)
        expect(await store.transaction(() => Promise.reject('text')).catch((caught) => caught)).toBe('text')
        expect(await store.transaction(() => Promise.reject(undefined)).catch((caught) => caught)).toBeUndefined()
        const sync = store.transaction(() => {
          throw error
        })
        expect(await sync.catch((caught) => caught)).toBe(error)
      })

      test('sees its own writes, and counts the rows that it changed', async () => {
        const seen = await store.transaction(async (tx) => {
          await put(tx, 'a', 1)
          await put(tx, 'b', 1)
          const changed = await tx.run(sql`update installation set value = '2'`)
          const none = await tx.run(sql`delete from installation where name = 'nobody'`)
          return { changed, none, a: await read(tx, 'a'), names: await names(tx) }
        })

        expect(seen).toEqual({ changed: 2, none: 0, a: '2', names: ['a', 'b'] })
      })

      test('that fails leaves the others of its commit whole', async () => {
        const error = new Error('no')

        const results = await Promise.allSettled(
          Array.from({ length: 30 }, (_, at) =>
            at % 3 === 1 ? failing(error, `n${at}`) : store.transaction((tx) => put(tx, `n${at}`, at)),
          ),
        )

        const kept = results.flatMap(({ status }, at) => (status === 'fulfilled' ? [`n${at}`] : []))
        expect(kept).toEqual(Array.from({ length: 30 }, (_, at) => `n${at}`).filter((_, at) => at % 3 !== 1))
        expect(await names()).toEqual(kept.sort())
        expect(results[1]).toEqual({ status: 'rejected', reason: error })
      })

      test('answers what is kept, also where it is done again because another one failed', async () => {
        let times = 0
        const work = store.transaction(async (tx) => {
          const time = ++times
          await put(tx, 'time', time)
          return time
        })

        await Promise.allSettled([work, failing(new Error('no'), 'a')])

        expect(await read(store, 'time')).toBe(String(await work))
      })

      if (takesTurns) {
        test('sees what those before it in the same commit wrote, not what failed', async () => {
          const [, , seen] = await Promise.allSettled([
            store.transaction((tx) => put(tx, 'a', 1)),
            failing(new Error('no'), 'b'),
            store.transaction((tx) => names(tx)),
          ])

          expect(seen).toEqual({ status: 'fulfilled', value: ['a'] })
        })
      }

      test('that locks what it reads waits its turn: a counter that many read and write misses none', async () => {
        await store.transaction((tx) => put(tx, 'counter', 0))
        const lock = (tx: Transaction) =>
          tx.one<{ value: string }>(sql`select value from installation where name = 'counter' ${tx.lock}`)

        const answers = await Promise.all(
          Array.from({ length: 1000 }, () =>
            store.transaction(async (tx) => {
              const next = Number((await lock(tx))?.value) + 1
              await put(tx, 'counter', next)
              return next
            }),
          ),
        )

        expect(await read(store, 'counter')).toBe('1000')
        expect(new Set(answers).size).toBe(1000)
      })

      test('can be begun where another one ended', async () => {
        await store.transaction((tx) => put(tx, 'a', 1)).then(() => store.transaction((tx) => put(tx, 'b', 2)))

        expect(await names()).toEqual(['a', 'b'])
      })
    })

    describe('a read', () => {
      test('sees every transaction that was acknowledged before it', async () => {
        for (let at = 0; at < 50; at++) {
          await store.transaction((tx) => put(tx, 'counter', at))
          expect(await read(store, 'counter')).toBe(String(at))
        }
      })

      test('never sees half a change, nor one that will vanish', async () => {
        await store.transaction(async (tx) => {
          await put(tx, 'left', 0)
          await put(tx, 'right', 0)
        })
        let writing = true
        const writes = (async () => {
          for (let at = 1; at <= 200; at++) {
            const move = store.transaction(async (tx) => {
              await put(tx, 'left', at)
              await put(tx, 'right', at)
              if (at % 5 === 0) throw new Error('no')
            })
            await move.catch(() => {})
          }
          writing = false
        })()

        const seen: string[][] = []
        while (writing) {
          const rows = await store.all<{ value: string }>(
            sql`select value from installation where name in ('left', 'right') order by name`,
          )
          seen.push(rows.map(({ value }) => value))
          await new Promise(setImmediate)
        }
        await writes

        expect(seen.filter(([left, right]) => left !== right)).toEqual([])
        expect(seen.filter(([left]) => Number(left) > 0 && Number(left) % 5 === 0)).toEqual([])
        expect(new Set(seen.map(([left]) => left)).size).toBeGreaterThan(5)
      })

      test('answers all rows in their order, the first one, or undefined', async () => {
        await store.transaction(async (tx) => {
          for (const name of ['c', 'a', 'b']) await put(tx, name, 1)
        })

        expect(await names()).toEqual(['a', 'b', 'c'])
        expect(await store.one(sql`select name from installation order by name desc`)).toEqual({ name: 'c' })
        expect(await store.one(sql`select name from installation where name = 'nobody'`)).toBeUndefined()
        expect(await store.all(sql`select name from installation where name = 'nobody'`)).toEqual([])
      })

      test('that fails rejects, and harms nobody', async () => {
        await expect(store.all(sql`select nothing from nowhere`)).rejects.toThrow()
        await expect(store.one(sql`select nothing from nowhere`)).rejects.toThrow()

        expect(await names()).toEqual([])
      })

      test('takes a member out of a JSON column as text, null where there is none', async () => {
        const value = JSON.stringify({ city: 'Köln', dnd: { sms: { status: 'active' }, none: null } })
        await store.transaction((tx) => put(tx, 'profile', value))
        const member = async (...path: string[]) =>
          (
            await store.one<{ it: string | null }>(sql`
            select ${store.json('value', ...path)} as "it" from installation where name = 'profile'`)
          )?.it

        expect(await member('city')).toBe('Köln')
        expect(await member('dnd', 'sms', 'status')).toBe('active')
        expect([await member('state'), await member('dnd', 'none'), await member('city', 'part')]).toEqual(
          Array(3).fill(null),
        )
      })

      test.each([
        ['50%', ['b']],
        ['_', ['b']],
        ['\\', ['c']],
        ['A', ['a']],
      ])('finds %j as a part of a column, in which no sign acts as a pattern', async (part, found) => {
        await store.transaction(async (tx) => {
          for (const [name, text] of Object.entries({ a: 'xAx', b: '50%_off', c: 'to\\from' }))
            await put(tx, name, text)
        })
        const rows = await store.all<{ name: string }>(sql`
          select name from installation where ${like(sql`value`, part)} order by name`)

        expect(rows.map(({ name }) => name)).toEqual(found)
      })

      test('finds a part of a column in any case', async () => {
        await store.transaction((tx) => put(tx, 'a', 'Half_Moon'))
        const [row] = await store.all(sql`select name from installation where ${likeInAnyCase(sql`value`, 'f_mO')}`)

        expect(row).toEqual({ name: 'a' })
      })

      test('gives back text, numbers and null as they were written', async () => {
        const text = 'Zoë 予算 👩‍👩‍👧 "\'\\%_\n'
        const at = 1_785_000_000_123

        const row = await store.transaction(async (tx) => {
          await tx.run(sql`
            insert into stages (location_id, id, pipeline_id, name, position, show_in_funnel, show_in_pie_chart,
              stage_win_probability, color)
            values (${text}, 's', 'p', '', ${at}, 1, 0, ${0.1}, '')`)
          return tx.one(sql`
            select location_id as "text", position as "at", stage_win_probability as "amount", null as "nothing"
            from stages`)
        })

        expect(row).toEqual({ text, at, amount: 0.1, nothing: null })
      })
    })

    describe('a snapshot', () => {
      test('is of one moment, whatever is written meanwhile', async () => {
        await store.transaction((tx) => put(tx, 'a', 1))

        const seen = await store.snapshot(async (db) => {
          const before = await names(db)
          await store.transaction((tx) => put(tx, 'b', 2))
          return { before, after: await names(db), value: await read(db, 'b') }
        })

        expect(seen).toEqual({ before: ['a'], after: ['a'], value: undefined })
        expect(await names()).toEqual(['a', 'b'])
      })

      test('has its moment before its first read, and holds nobody up', async () => {
        const seen = await store.snapshot(async (db) => {
          await store.transaction((tx) => put(tx, 'a', 1))
          return names(db)
        })

        expect(seen).toEqual([])
      })

      test('throws the very error that its work threw, and harms nobody', async () => {
        const error = new Error('mine')

        expect(await store.snapshot(() => Promise.reject(error)).catch((caught) => caught)).toBe(error)
        await expect(store.snapshot((db) => db.all(sql`select nothing from nowhere`))).rejects.toThrow()

        expect(await store.snapshot((db) => names(db))).toEqual([])
      })

      test('is not taken of a store that was closed', async () => {
        await store.close()

        await expect(store.snapshot((db) => names(db))).rejects.toThrow()
      })
    })

    describe('the text index', () => {
      const index: TextIndex = 'contacts'
      const rows = new Map<string, number | null>()
      beforeEach(() => rows.clear())

      const write = (id: string, text: string | null) =>
        store.transaction(async (tx) => {
          const row = await tx.indexText(index, rows.get(id) ?? null, text)
          if (text === null) {
            await tx.run(sql`delete from contacts where location_id = 'l' and id = ${id}`)
          } else if (rows.has(id)) {
            await tx.run(sql`
              update contacts set search_text = ${text}, text_row = ${row} where location_id = 'l' and id = ${id}`)
          } else {
            await tx.run(sql`
              insert into contacts (location_id, id, name_key, tags, dnd, profile, custom_fields, followers, note_count,
                task_count, search_text, text_row, created_at, updated_at)
              values ('l', ${id}, '', '[]', 0, '{}', '[]', '[]', 0, 0, ${text}, ${row}, 0, 0)`)
          }
          rows.set(id, row)
        })
      const find = async (text: string, db: Database = store) =>
        (
          await db.all<{ id: string }>(sql`
            select id from contacts where location_id = 'l' and ${db.contains(index, text)} order by id`)
        ).map(({ id }) => id)

      const texts = {
        accents: 'zoe unal\nzoe@example.com',
        brackets: 'a [b] (c) {d} ^e$ f|g',
        emoji: 'hello 👩‍👩‍👧 family 𝒳𝒴𝒵',
        percent: '50% off_now \\ path\\to',
        quotes: `say "hi" it's 'fine' -- or 1=1`,
        scripts: '予算会議 مرحبا привет',
        words: 'alpha and beta or gamma not near delta',
      }

      test.each([
        ['zoe', ['accents']],
        ['unal\nzoe', ['accents']],
        ['e@e', ['accents']],
        ['50%', ['percent']],
        ['0% ', ['percent']],
        ['f_n', ['percent']],
        ['%%%', []],
        ['___', []],
        ['50_', []],
        ['\\ p', ['percent']],
        ['h\\t', ['percent']],
        ['"hi"', ['quotes']],
        ["it's", ['quotes']],
        ["' or", []],
        ['-- ', ['quotes']],
        ['and ', ['words']],
        ['or ', ['quotes', 'words']],
        ['not near', ['words']],
        ['[b]', ['brackets']],
        ['f|g', ['brackets']],
        ['^e$', ['brackets']],
        ['予算会', ['scripts']],
        ['算会議', ['scripts']],
        ['привет', ['scripts']],
        ['مرح', ['scripts']],
        ['𝒳𝒴𝒵', ['emoji']],
        ['👩‍👩', ['emoji']],
        ['alpha and beta or gamma not near delta', ['words']],
        ['alpha beta', []],
        ['zoe unal zoe', []],
      ])('finds %j where it stands, and nowhere else', async (text, found) => {
        for (const [id, one] of Object.entries(texts)) await write(id, one)

        expect(await find(text)).toEqual(found)
      })

      test('finds any part of a long text, by three characters or by hundreds', async () => {
        const long = Array.from({ length: 400 }, (_, at) => `word${at}`).join(' ')
        await write('long', long)
        await write('short', 'word1 word2')

        expect(await find(long)).toEqual(['long'])
        expect(await find(long.slice(100, 600))).toEqual(['long'])
        expect(await find('399')).toEqual(['long'])
      })

      test('follows a change, and forgets what is gone', async () => {
        await write('a', 'before')
        await write('b', 'before too')
        await write('a', 'afterwards')
        expect(await find('before')).toEqual(['b'])
        expect(await find('after')).toEqual(['a'])

        await write('a', null)

        expect(await find('after')).toEqual([])
        expect(await find('before')).toEqual(['b'])
      })

      test('vanishes with the transaction that wrote it, and is seen inside of it', async () => {
        await write('a', 'steady')
        const undone = store.transaction(async (tx) => {
          const row = await tx.indexText(index, rows.get('a') ?? null, 'fleeting')
          await tx.run(sql`
            update contacts set search_text = 'fleeting', text_row = ${row} where location_id = 'l' and id = 'a'`)
          throw new Error((await find('fleeting', tx)).join())
        })

        await expect(undone).rejects.toThrow('a')
        expect(await find('fleeting')).toEqual([])
        expect(await find('steady')).toEqual(['a'])
      })
    })

    describe('closing', () => {
      test('waits for the work under way', async () => {
        const works = Array.from({ length: 20 }, (_, at) => store.transaction((tx) => put(tx, `n${at}`, at)))
        const closed = store.close()

        await expect(Promise.all(works)).resolves.toHaveLength(20)
        await closed
      })

      test('ends the store: nothing is read or written any more', async () => {
        await store.close()

        await expect(store.all(sql`select 1`)).rejects.toThrow()
        await expect(store.transaction((tx) => put(tx, 'a', 1))).rejects.toThrow()
      })
    })

    if (lasts) {
      test('keeps its data when it is opened again', async () => {
        await store.transaction((tx) => put(tx, 'a', 'kept'))
        await store.close()

        store = await openStore(place.name)

        expect(await read(store, 'a')).toBe('kept')
        await store.transaction((tx) => put(tx, 'b', 'more'))
        expect(await names()).toEqual(['a', 'b'])
      })
    }

    test('is named by where its data is', () => {
      expect(store.name).toBe(place.name)
    })
  })
}

function inAFile(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-store-'))
  return { name: join(folder, 'test.db'), discard: () => rmSync(folder, { recursive: true }) }
}

const inMemory = (): Place => ({ name: ':memory:', discard: () => {} })

async function onPostgres(): Promise<Place> {
  const { db, discard } = await createDatabase()
  return { name: db, discard }
}

conforms('SQLite in memory', { makePlace: inMemory, lasts: false, takesTurns: true })
conforms('SQLite in a file', { makePlace: inAFile, lasts: true, takesTurns: true })
conforms('PostgreSQL', { makePlace: onPostgres, lasts: true, takesTurns: false })

describe('a SQLite file', () => {
  let place: Place
  let stores: Store[]
  const open = () => {
    const store = openSqlite(place.name)
    stores.push(store)
    return store
  }
  const pragma = async (db: Database, name: string) =>
    Object.values((await db.one<Record<string, unknown>>(sql`pragma ${raw(name)}`)) ?? {})[0]
  const put = (tx: Transaction, name: string, value = '1') =>
    tx.run(sql`insert into installation (name, value) values (${name}, ${value})`)
  const names = async (store: Store) =>
    (await store.all<{ name: string }>(sql`select name from installation order by name`)).map(({ name }) => name)

  beforeEach(() => {
    place = inAFile()
    stores = []
  })
  afterEach(async () => {
    for (const store of stores) await store.close().catch(() => {})
    place.discard()
  })

  test('syncs every commit to the disk, in write-ahead mode', async () => {
    const store = open()

    expect(await store.transaction((tx) => pragma(tx, 'synchronous'))).toBe(2)
    expect(await store.transaction((tx) => pragma(tx, 'journal_mode'))).toBe('wal')
    expect(await pragma(store, 'synchronous')).toBe(2)
    expect(await pragma(store, 'journal_mode')).toBe('wal')
  })

  test('commits once more with care where a work fails behind what it wrote, and from then on with care at once', async () => {
    const store = open()
    const done: string[] = []
    const work = (name: string, error?: Error) =>
      store.transaction(async (tx) => {
        done.push(name)
        await put(tx, name)
        if (error) throw error
      })

    await Promise.allSettled([work('a'), work('b', new Error('no'))])
    await Promise.allSettled([work('c'), work('d', new Error('no'))])

    expect(done).toEqual(['a', 'b', 'a', 'b', 'c', 'd'])
    expect(await names(store)).toEqual(['a', 'c'])
  })

  test('has what was acknowledged for any other reader at once', async () => {
    const store = open()
    const other = new Sqlite(place.name, { readonly: true })

    await store.transaction((tx) => put(tx, 'a'))

    expect(other.prepare('select name from installation').pluck().all()).toEqual(['a'])
    other.close()
  })

  test('takes turns with another process that writes', async () => {
    const [one, two] = [open(), open()]
    await one.transaction((tx) => put(tx, 'counter', '0'))
    const more = (store: Store) =>
      store.transaction((tx) => tx.run(sql`update installation set value = cast(value as integer) + 1`))

    await Promise.all(Array.from({ length: 200 }, (_, at) => more(at % 2 ? one : two)))

    expect(await one.one(sql`select value from installation`)).toEqual({ value: '200' })
  })

  test('migrates once when several processes open it at the same time', { timeout: 60_000 }, async () => {
    const script = `
      import { openStore } from ${JSON.stringify(new URL('../src/store/open.ts', import.meta.url).href)}
      const store = await openStore(process.argv[1])
      await store.transaction((tx) => tx.run({ sql: "insert into installation values ('" + process.pid + "', '')", values: [] }))
      await store.close()`
    const start = () =>
      promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script, place.name], {
        cwd: fileURLToPath(new URL('..', import.meta.url)),
      })

    await Promise.all([start(), start(), start(), start()])

    const store = open()
    expect(await names(store)).toHaveLength(4)
    expect(await pragma(store, 'user_version')).toBe(migrations().at(-1)?.version)
  })

  test('is left alone by a migration that it has already', async () => {
    const store = open()
    await store.transaction((tx) => put(tx, 'a'))

    expect(await names(open())).toEqual(['a'])
  })

  test('of a newer version is refused in one clear line, and not touched', async () => {
    await open().close()
    const file = new Sqlite(place.name)
    file.pragma('user_version = 999')
    file.close()

    const newest = migrations().at(-1)?.version
    const sentence = `This database was written by a newer Pipewright (schema 999, this one knows ${newest}).`
    expect(open).toThrow(sentence)
    const again = new Sqlite(place.name, { readonly: true })
    expect(again.pragma('user_version', { simple: true })).toBe(999)
    again.close()
  })

  test('that is no database is refused', () => {
    writeFileSync(place.name, 'Dear diary, '.repeat(1000))

    expect(open).toThrow(/not a database/)
  })

  test('that somebody else keeps locked fails all the works of a commit, and none after it', async () => {
    const store = open()
    await store.transaction((tx) => tx.all(sql`pragma busy_timeout = 50`))
    const other = new Sqlite(place.name)
    other.exec('begin immediate')

    const held = await Promise.allSettled(['a', 'b', 'c'].map((name) => store.transaction((tx) => put(tx, name))))
    other.exec('rollback')
    other.close()

    expect(held.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(held[0]).toMatchObject({ reason: { code: 'SQLITE_BUSY' } })
    await store.transaction((tx) => put(tx, 'd'))
    expect(await names(store)).toEqual(['d'])
  })

  test('that may not grow fails the work that needs room, says so, and goes on', async () => {
    const store = open()
    await store.transaction(async (tx) => {
      const pages = await pragma(tx, 'page_count')
      await pragma(tx, `max_page_count = ${Number(pages) + 5}`)
    })

    const full = await Promise.allSettled([
      store.transaction((tx) => put(tx, 'small')),
      store.transaction((tx) => put(tx, 'large', 'x'.repeat(1_000_000))),
    ])
    await store.transaction((tx) => pragma(tx, 'max_page_count = 1000000'))
    await store.transaction((tx) => put(tx, 'after'))

    expect(full[1]).toMatchObject({ status: 'rejected', reason: { code: 'SQLITE_FULL' } })
    const acknowledged = full[0]?.status === 'fulfilled' ? ['small'] : []
    expect(await names(store)).toEqual(['after', ...acknowledged])
  })
})

describe('a commit that fails', () => {
  test('fails all of its works, leaves nothing of them, and harms nobody after it', async () => {
    const store = openSqlite(':memory:')
    await store.transaction(async (tx) => {
      await tx.run(sql`create table parents (id integer primary key)`)
      await tx.run(sql`
        create table children (parent integer references parents (id) deferrable initially deferred)`)
    })
    // It takes effect as it is compiled, though it has no answer to give.
    await store.all(sql`pragma foreign_keys = on`).catch(() => {})
    expect(await store.one(sql`pragma foreign_keys`)).toEqual({ foreign_keys: 1 })
    const child = (parent: number) => store.transaction((tx) => tx.run(sql`insert into children values (${parent})`))
    const parent = (id: number) => store.transaction((tx) => tx.run(sql`insert into parents values (${id})`))

    // A promise to the database that is only looked at by the commit.
    const results = await Promise.allSettled([parent(1), child(1), child(2), parent(3)])

    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected'])
    expect(results[0]).toMatchObject({ reason: { code: 'SQLITE_CONSTRAINT_FOREIGNKEY' } })
    expect(await store.all(sql`select id from parents union all select parent from children`)).toEqual([])
    await parent(4)
    expect(await store.all(sql`select id from parents`)).toEqual([{ id: 4 }])
    await store.close()
  })
})
