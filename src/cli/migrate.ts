import { existsSync, realpathSync } from 'node:fs'
import { flag, WrongUsage, whole } from '../config/options.ts'
import { address, placeOf } from '../config.ts'
import { firstLocation } from '../domain/installation/bootstrap.ts'
import { type Copied, copyStore, isSameStore, type Options, type Step } from '../store/copy/copy.ts'
import { CannotCopy } from '../store/copy/failures.ts'
import { isUnderWay } from '../store/copy/underWay.ts'
import { CannotOpen, type Store, Unavailable } from '../store/database.ts'
import { inspect } from '../store/inspect.ts'
import { isPostgres, openStore } from '../store/open.ts'
import { openSqlite } from '../store/sqlite.ts'
import { Failure, openFailure, workFailure } from './failure.ts'
import { note, print, printJson, table } from './output/print.ts'
import { showProgress } from './output/progress.ts'
import { verb } from './verb.ts'

const place = { value: 'FILE|URL', read: readPlace, fallback: undefined }

const migrate = verb({
  about:
    'Copies a whole installation to an empty database, from SQLite to PostgreSQL or back, and compares every row. The source is only read.',
  words: [],
  options: {
    from: { ...place, help: 'Where the installation is (required)', env: 'PIPEWRIGHT_FROM' },
    to: { ...place, help: 'Where it is copied to: a new file, or an empty database (required)', env: 'PIPEWRIGHT_TO' },
    batch: { value: 'SIZE', help: 'The most rows to a transaction', read: whole(1, 10_000), fallback: 4000 },
    json: { help: 'Print one line of JSON at the end', env: 'PIPEWRIGHT_JSON', read: flag, fallback: false },
  },
  notes: `Stop the server first. It may also go on for a trial: what it writes after the migration began is not in the copy.
When it is cut short, give the same command again: it goes on with what is missing, from the source as it is by then.
Variables keep a password out of the list of processes. A PostgreSQL database must be there; createdb makes one.

Examples:
  pipewright migrate --from pipewright.db --to postgres://crm:secret@db.local/crm
  pipewright migrate --from postgres://crm:secret@db.local/crm --to pipewright.db
  PIPEWRIGHT_TO=postgres://… pipewright migrate --from pipewright.db --json`,
  run: ({ from, to, batch, json }) => {
    if (!from) throw new WrongUsage('migrate needs a source: --from FILE or --from postgres://…')
    if (!to) throw new WrongUsage('migrate needs a target: --to FILE or --to postgres://…')
    tellWhenInterrupted()
    return run(from, to, batch, json).catch((error) => {
      throw fileFailure([from, to], error)
    })
  },
})

export default { '': migrate }

async function run(from: string, to: string, batch: number, json: boolean): Promise<void> {
  const began = performance.now()
  await requireSource(from)
  await requireTarget(to)
  const source = await open('--from', from, () => openStore(from))
  try {
    const target = await open('--to', to, () => openTarget(to))
    try {
      if (await isSameStore(source, target)) throw new Failure(`${source.name} and ${target.name} are the same data.`)
      if (await isCopied(source, target))
        throw new Failure(
          `${target.name} already holds a copy of this installation. For a newer one, name a new file or an empty database.`,
        )
      const copied = await copy(source, target, { batch, onProgress: progress() })
      tell(source, target, copied, Math.round(performance.now() - began), json)
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

/** Nothing needs to be undone, but somebody who stops it should know that. npm may pass on a second one. */
function tellWhenInterrupted() {
  process.on('SIGINT', () => {
    note(`${process.stderr.isTTY ? '\n' : ''}Stopped. Give the same command again: it goes on where it stopped.`)
    process.exit(130)
  })
}

/** SQLite does not say which file it speaks of. */
function fileFailure(places: string[], error: unknown): unknown {
  const files = places.filter((place) => !isPostgres(place))
  const failure = workFailure(files.join(' or '), error)
  return failure instanceof Failure ? new Failure(failure.message.replaceAll('--db', '--from or --to')) : failure
}

/** Whether an earlier migration from here has ended there, whatever has been written since. */
async function isCopied(source: Store, target: Store): Promise<boolean> {
  const first = await firstLocation(source)
  if (!first || first !== (await firstLocation(target))) return false
  return (await target.one(isUnderWay)) === undefined
}

/** There, and of this version: opening it would make or change it. */
async function requireSource(from: string): Promise<void> {
  if (from === ':memory:') throw new Failure('Nothing else can see data in memory. Name a file with --from.')
  const { name, schema } = await look('--from', from)
  if (schema.version === schema.newest) return
  if (schema.version === 0) throw new Failure(`${name} holds no installation. Name another with --from.`)
  throw new Failure(
    schema.version < schema.newest
      ? `${name} was written by an older Pipewright (schema ${schema.version}, this one has ${schema.newest}). Start this one's server on it once.`
      : `${name} was written by a newer Pipewright (schema ${schema.version}, this one knows ${schema.newest}). Migrate with the newer version.`,
  )
}

/** A file of another program is not written into. */
async function requireTarget(to: string): Promise<void> {
  if (to === ':memory:') throw new Failure('Data in memory is gone when the migration ends. Name a file with --to.')
  if (isPostgres(to) || !existsSync(to)) return
  const { schema, isEmpty } = await look('--to', to)
  if (schema.version === 0 && !isEmpty)
    throw new Failure(`${to} is a database of another program. Choose another --to.`)
}

async function look(option: string, name: string) {
  return open(option, name, async () => {
    const looked = await inspect(name)
    try {
      const isEmpty = looked.engine === 'sqlite' && (await looked.all(anyTable)).length === 0
      return { name: looked.name, schema: looked.schema, isEmpty }
    } finally {
      await looked.close()
    }
  })
}

const anyTable = { sql: 'select 1 from sqlite_master limit 1', text: '', values: [] }

async function openTarget(to: string): Promise<Store> {
  if (!isPostgres(to)) return openSqlite(to, { mayBeHalf: true })
  const { openPostgres } = await import('../store/postgres.ts')
  return openPostgres(to, { mayBeHalf: true })
}

/** Failures to open speak of --db, which this verb has twice, by other names. */
async function open<T>(option: string, name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const failure = openFailure(name, error)
    // Whoever copies from a database would not have it made.
    if (option === '--from' && failure instanceof CannotOpen)
      throw new Failure(failure.message.replace(/ Create it first: .*$/, ' Name another with --from.'))
    throw failure instanceof Failure ? new Failure(failure.message.replaceAll('--db', option)) : failure
  }
}

async function copy(source: Store, target: Store, options: Options): Promise<Copied> {
  try {
    return await copyStore(source, target, knownAs(source.name), options)
  } catch (error) {
    if (error instanceof CannotCopy) throw new Failure(error.message)
    if (error instanceof Unavailable)
      throw new Failure(`${error.message}. Give the same command again: it goes on where it stopped.`)
    throw error
  }
}

/** From whatever folder the command is given again, and whoever signs in. */
const knownAs = (name: string) =>
  isPostgres(name) ? name.replace(/^postgres(ql)?:\/\/([^@]*@)?/, 'postgres://') : realpathSync(name)

const doing: Record<Step, string> = { compare: 'Comparing', copy: 'Copying', verify: 'Verifying' }

/** A bar, or its lines, for each table at each step. */
function progress(): Options['onProgress'] {
  let shown = ''
  let show: (done: number) => void
  return (step, name, done, total) => {
    const what = `${doing[step]} ${name}`
    if (what !== shown) show = showProgress(what, total)
    shown = what
    show(done)
  }
}

function tell(source: Store, target: Store, { tables, isResumed, isBehind }: Copied, ms: number, json: boolean) {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  if (isBehind)
    note(`Something wrote to ${source.name} meanwhile. What it wrote is not in the copy: stop the server there first.`)
  if (json) {
    const verified = Object.fromEntries(tables.map((table) => [table.name, table.rows]))
    return printJson({ from: source.name, to: target.name, rows, verified, isResumed, isBehind, ms })
  }
  const counts = tables.map((table) => [table.name, table.rows.toLocaleString('en-US').padStart(14)])
  print(table(['Table', 'Rows verified'.padStart(14)], counts))
  print(`\nMigrated ${rows.toLocaleString('en-US')} rows to ${target.name} in ${(ms / 1000).toFixed(1)} s.`)
}

function readPlace(given: string): string {
  const place = placeOf(given)
  if (place) return place
  throw new WrongUsage(`must be a file or a URL such as ${address}`)
}
