import { randomUUID } from 'node:crypto'
import sql, { raw } from 'sql-template-tag'
import type { Statement, Store, Transaction } from '../database.ts'
import { CannotCopy } from './failures.ts'
import type { Table } from './tables.ts'
import { underWay } from './underWay.ts'

/*
 * What a target says of the migration that fills it, in a table that is there only meanwhile. How far it has come is not
 * written down: the rows that are there say it.
 */

const record = raw(underWay)

/** A migration at work on its target. */
export interface Run {
  id: string
  /** Whether an earlier run has left rows there. */
  isResumed: boolean
}

/** Claims the target for a migration from `source`: an empty one, or one that this migration was begun on. */
export async function beginRun(target: Store, source: string, tables: Table[]): Promise<Run> {
  const id = randomUUID()
  return target.transaction(async (tx) => {
    await tx.alone(underWay)
    await tx.run(sql`create table if not exists ${record} (source text not null, run text not null, mark text)`)
    tx.prove(sql`select 1 from ${record} where run = ${id}`)
    const known = await tx.one<{ source: string }>(sql`select source from ${record}`)
    if (!known) await requireEmpty(tx, target, tables)
    else if (known.source !== source)
      throw new CannotCopy(
        `${target.name} holds half a migration from ${known.source}. Finish that one, or name another.`,
      )
    await tx.run(sql`delete from ${record}`)
    await tx.run(sql`insert into ${record} (source, run) values (${source}, ${id})`)
    return { id, isResumed: known !== undefined }
  })
}

/** Before each write: a run that came later has the target to itself. */
export async function holdTarget(tx: Transaction, target: Store, { id }: Run): Promise<void> {
  tx.prove(sql`select 1 from ${record} where mark = ${tx.id}`)
  if ((await tx.run(sql`update ${record} set mark = ${tx.id} where run = ${id}`)) === 0)
    throw new CannotCopy(`Another migration to ${target.name} was started meanwhile; this one has stopped.`)
}

/** The target is whole: nothing in it tells of the migration any more. */
export async function endRun(target: Store, run: Run): Promise<void> {
  await target.transaction(async (tx) => {
    tx.prove(gone)
    await holdTarget(tx, target, run)
    await tx.run(sql`drop table ${record}`)
  })
}

/** Only PostgreSQL asks for proofs. */
const gone: Statement = { sql: '', text: `select 1 where to_regclass('${underWay}') is null`, values: [] }

async function requireEmpty(tx: Transaction, target: Store, tables: Table[]): Promise<void> {
  const found: string[] = []
  for (const { name } of tables) if (await tx.one(sql`select 1 from ${raw(name)} limit 1`)) found.push(name)
  if (found.length === 0) return
  const names = found.length > 4 ? [...found.slice(0, 3), `${found.length - 3} other tables`] : found
  throw new CannotCopy(
    `${target.name} is not empty: there are rows in ${names.join(', ').replace(/, ([^,]*)$/, ' and $1')}. Name a new file or an empty database.`,
  )
}
