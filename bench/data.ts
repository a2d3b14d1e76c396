import { createHash } from 'node:crypto'
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import type { Config } from '../src/config.ts'
import type { Context } from '../src/domain/context.ts'
import { updateOpportunity } from '../src/domain/opportunities/commands.ts'
import { migrations } from '../src/store/migrate.ts'

export interface Prepared {
  size: number
  /** A file, or a PostgreSQL URL. */
  db: string
  locationId: string
  token: string
}

/**
 * A database of so many opportunities with a contact each. It is made once and kept; each run works on a copy, so that
 * what one run writes does not grow the next one's data.
 */
export async function prepare(size: number, folder: string): Promise<Prepared> {
  mkdirSync(folder, { recursive: true })
  const name = `${size}-${schema()}`
  const file = join(folder, `${name}.db`)
  const facts = join(folder, `${name}.json`)
  if (!existsSync(facts)) writeFileSync(facts, JSON.stringify(await make(size, file)))
  const copy = join(folder, 'run.db')
  for (const end of ['-wal', '-shm']) rmSync(`${copy}${end}`, { force: true })
  copyFileSync(file, copy, constants.COPYFILE_FICLONE)
  return { size, db: copy, ...JSON.parse(readFileSync(facts, 'utf8')) }
}

/** Until something is released, tables change without a migration: what an earlier build made is of no use. */
function schema(): string {
  const texts = migrations().map(({ text }) => text)
  return createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 8)
}

/** The same in an empty PostgreSQL database. */
export async function preparePostgres(size: number, db: string): Promise<Prepared> {
  return { size, db, ...(await plantIn(db, size)) }
}

async function make(size: number, file: string) {
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}.part${end}`, { force: true })
  const facts = await plantIn(`${file}.part`, size)
  renameSync(`${file}.part`, file)
  return facts
}

async function plantIn(db: string, size: number) {
  const { createApp } = await import('../src/app.ts')
  const { bootstrap } = await import('../src/domain/installation/bootstrap.ts')
  const { plant } = await import('../src/cli/seed/plant.ts')
  const app = await createApp({ db, rateLimit: null, logLevel: 'warn' } as Config)
  const first = await bootstrap(app.store, Date.now())
  if (!first) throw new Error('The database was not empty')
  const { locationId, token } = first

  const caller = { locationId, kind: 'system' as const, id: 'bench', scopes: new Set<string>() }
  const ctx = { store: app.store, caller, now: Date.now, wake: () => {} }
  const begun = performance.now()
  await plant(ctx, size, {
    onProgress(done) {
      if (done % 50_000 === 0)
        process.stderr.write(`${done.toLocaleString('en')} of ${size.toLocaleString('en')} made\n`)
    },
  })
  process.stderr.write(`${size.toLocaleString('en')} made in ${Math.round((performance.now() - begun) / 1000)} s\n`)
  await markThousand(ctx, size)
  await app.close()
  return { locationId, token }
}

/** A word that exactly a thousand deals have, spread evenly: what a search by text is measured with. */
export const word = 'zephyrine'

async function markThousand(ctx: Context, size: number) {
  const rows = await ctx.store.all<{ id: string; name: string }>(sql`
    select id as "id", name as "name" from opportunities where location_id = ${ctx.caller.locationId} order by created_at`)
  const step = Math.max(1, Math.floor(size / 1000))
  const chosen = rows.filter((_, at) => at % step === 0).slice(0, 1000)
  await Promise.all(chosen.map(({ id, name }) => updateOpportunity(ctx, id, { name: `${name} ${word}` })))
}
