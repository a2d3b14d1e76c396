import sql, { raw } from 'sql-template-tag'
import { type Database, type Store, type TextIndex, type Transaction, Unavailable } from '../database.ts'
import { type End, endOf, engineOf } from './engine.ts'
import { CannotCopy } from './failures.ts'
import { requireFit } from './fit.ts'
import { beginRun, endRun, holdTarget, type Run } from './record.ts'
import { countOf, described, forEach, type Row, strangers, walk } from './rows.ts'
import { everyTable, type Table } from './tables.ts'
import { verify } from './verify.ts'

/*
 * A whole store to another one. The source is read as it is at one moment, also while a server works on it. What the
 * target has already is asked of the target, so there is nothing to keep true but the rows themselves: a run that was
 * killed is gone on with by taking away what the source does not have (any more) and adding what the target does not
 * have (yet). Taking away comes first, for all tables, so that no new row meets an old one with its e-mail or name.
 */

export interface Options {
  /** The most rows to a transaction. */
  batch: number
  onProgress: (step: Step, table: string, done: number, total: number) => void
}

/** `compare` is what an earlier run copied, `verify` is everything at the end. */
export type Step = 'compare' | 'copy' | 'verify'

export interface Copied {
  /** Rows of each table, all of them compared with the source. */
  tables: { name: string; rows: number }[]
  isResumed: boolean
  /** Whether the source was written to meanwhile. */
  isBehind: boolean
}

/** `name` is how the source is known to a run that comes later. */
export async function copyStore(source: Store, target: Store, name: string, options: Options): Promise<Copied> {
  const tables = await everyTable()
  const run = await beginRun(target, name, tables)
  const whole = await source.snapshot(async (db) => {
    const from = await endOf(source.name, db, tables)
    const to = await endOf(target.name, target, tables)
    const copy: Copy = { from, to, target, run, options }
    const extents = await measure(db, tables)
    if (run.isResumed)
      await target.snapshot(async (old) => {
        for (const { name } of tables) await prune(copy, { ...to, db: old }, name)
      })
    for (const extent of extents) await fill(copy, extent)
    await target.snapshot(async (copied) => {
      for (const { name, rows } of extents) await verify(from, { ...to, db: copied }, name, rows, options)
    })
    return extents
  })
  const isBehind = await hasGrown(source, tables, whole)
  await endRun(target, run)
  return { tables: whole.map(({ name, rows }) => ({ name, rows })), isResumed: run.isResumed, isBehind }
}

/** Whether two names lead to the same data. */
export async function isSameStore(one: Store, other: Store): Promise<boolean> {
  const [engine, otherEngine] = [await engineOf(one.name), await engineOf(other.name)]
  if (engine !== otherEngine) return false
  return (await engine.identity(one.name, one)) === (await engine.identity(other.name, other))
}

interface Copy {
  from: End
  to: End
  target: Store
  run: Run
  options: Options
}

/** How much there is of a table: its rows, and the last number that one of them was given. */
interface Extent {
  name: string
  rows: number
  last: string | null
}

async function measure(db: Database, tables: Table[]): Promise<Extent[]> {
  const extents: Extent[] = []
  for (const { name, sequence } of tables)
    extents.push({ name, rows: await countOf(db, name), last: sequence && (await lastOf(db, name, sequence)) })
  return extents
}

async function lastOf(db: Database, name: string, column: string): Promise<string | null> {
  const row = await db.one<{ last: string | null }>(
    sql`select cast(max(${raw(`"${column}"`)}) as text) as last from ${raw(name)}`,
  )
  return row?.last ?? null
}

/** Takes away what an earlier run copied and the source has otherwise now, or not at all. */
async function prune(copy: Copy, to: End, name: string): Promise<void> {
  const { from, options } = copy
  const total = await countOf(to.db, name)
  let done = 0
  await forEach(walk(to, name, options.batch), async (rows) => {
    const old = await strangers(rows, name, from)
    if (old.length > 0) await write(copy, (tx) => remove(tx, to, name, old))
    done += rows.length
    options.onProgress('compare', name, done, total)
  })
}

/** Adds what the target does not have yet. */
async function fill(copy: Copy, { name, rows: total, last }: Extent): Promise<void> {
  const { from, to, run, options } = copy
  const table = to.tables.get(name) as Table
  let done = 0
  await forEach(walk(from, name, options.batch), async (rows) => {
    const missing = run.isResumed ? await strangers(rows, name, to) : rows
    requireFit(table, missing)
    if (missing.length > 0) await insert(copy, table, missing)
    done += rows.length
    options.onProgress('copy', name, done, total)
  })
  await write(copy, (tx) => to.engine.complete(tx, table, last))
}

/** When the target refuses some rows, they are tried one by one: whoever has to mend it must know which. */
async function insert(copy: Copy, table: Table, rows: Row[]): Promise<void> {
  try {
    await write(copy, (tx) => copy.to.engine.insert(tx, table, rows))
  } catch (error) {
    if (error instanceof CannotCopy || error instanceof Unavailable || isOfStore(error)) throw error
    for (const row of rows.length > 1 ? rows : []) await insert(copy, table, [row])
    if (rows.length > 1) return
    const { message } = error as Error
    throw new CannotCopy(`${table.name} with ${described(table, rows[0] as Row)} is refused: ${message}.`, {
      cause: error,
    })
  }
}

/** What SQLite says of its file; no other row would fare better. */
const isOfStore = (error: unknown) =>
  /^SQLITE_(BUSY|CORRUPT|NOTADB|IOERR|FULL|READONLY|CANTOPEN|PERM)/.test((error as { code?: string }).code ?? '')

const write = ({ target, run }: Copy, work: (tx: Transaction) => Promise<void>) =>
  target.transaction(async (tx) => {
    await holdTarget(tx, target, run)
    await work(tx)
  })

async function remove(tx: Transaction, { engine, tables }: End, name: string, rows: Row[]): Promise<void> {
  const table = tables.get(name) as Table
  const which = sql`delete from ${raw(name)} as t where ${engine.among(table, rows)}`
  if (!table.isSearched) return void (await tx.run(which))
  const gone = await tx.all<{ row: number | null }>(sql`${which} returning text_row as row`)
  for (const { row } of gone) if (row !== null) await tx.indexText(name as TextIndex, row, null)
}

/** Whether the source has given new numbers since. */
const hasGrown = (source: Store, tables: Table[], before: Extent[]): Promise<boolean> =>
  source.snapshot(async (db) => {
    for (const { name, sequence } of tables) {
      const known = before.find((extent) => extent.name === name)?.last
      if (sequence && (await lastOf(db, name, sequence)) !== known) return true
    }
    return false
  })
