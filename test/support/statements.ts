import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Database, Statement, Store, Transaction } from '../../src/store/database.ts'

/** A statement that the program ran, with its values. */
export interface Recorded extends Statement {
  /** Alike for the statements of one transaction; null for a read outside of any. */
  transaction: number | null
}

/** Over all stores, so that no two transactions are taken for one. */
let transactions = 0

/** From now on notes every statement that is run on the store, in the store itself: whoever holds it is heard. */
export function record(store: Store): Recorded[] {
  const all: Recorded[] = []
  const { transaction, write } = store
  Object.assign(
    store,
    heard(store, (statement) => all.push({ ...statement, transaction: null })),
  )
  store.write = (statement) => {
    all.push({ ...copy(statement), transaction: ++transactions })
    return write(statement)
  }
  store.transaction = (work) =>
    transaction((tx) => {
      const number = ++transactions
      return work(heardWithin(tx, (statement) => all.push({ ...statement, transaction: number })))
    })
  return all
}

type Note = (statement: Statement) => void

/** A statement is copied as it stands: some are kept and filled anew. */
const copy = ({ sql, text, values }: Statement): Statement => ({ sql, text, values: [...values] })

function heard(db: Database, note: Note): Pick<Database, 'all' | 'one'> {
  const { all, one } = db
  const noted = (statement: Statement) => {
    note(copy(statement))
    return statement
  }
  return { all: (statement) => all(noted(statement)), one: (statement) => one(noted(statement)) }
}

function heardWithin(tx: Transaction, note: Note): Transaction {
  return {
    ...tx,
    ...heard(tx, note),
    run(statement) {
      note(copy(statement))
      return tx.run(statement)
    },
    prove(statement) {
      note(copy(statement))
      tx.prove(statement)
    },
  }
}

/** One of each text; of those that ran with several values, the first. */
export const distinct = (all: Recorded[]): Recorded[] => [
  ...new Map([...all].reverse().map((one) => [one.text, one])).values(),
]

/** Text without its layout. */
export const flat = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Every whole statement that is written in `src`, the stores' own aside, and whether a text is it. */
export function written(): { file: string; text: string; isIn: (text: string) => boolean }[] {
  const folder = fileURLToPath(new URL('../../src', import.meta.url))
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !/^store\b/.test(name))
    .flatMap((name) => templatesIn(readFileSync(join(folder, name), 'utf8')).map((parts) => ({ file: name, parts })))
    .filter(({ parts }) => /^\s*(select|insert|update|delete|with)\b/.test(parts[0] ?? ''))
    .map(({ file, parts }) => ({ file, text: flat(parts.join('…')), isIn: finderOf(parts) }))
}

/** A text that lacks the longest part is not looked through for the others. */
function finderOf(parts: string[]): (text: string) => boolean {
  const pattern = patternOf(parts)
  const [longest = ''] = parts.map(flat).sort((one, other) => other.length - one.length)
  return (text) => text.includes(longest) && pattern.test(text)
}

function patternOf(parts: string[]): RegExp {
  const escaped = parts.map((part) => part.replace(/\s+/g, ' ').replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(escaped.join('.*?').replace(/^ | $/g, '').replaceAll(' .*?', ' ?.*?'))
}

/** What stands between the `${…}` of each template that is marked `sql`, those inside of others too. */
function templatesIn(source: string): string[][] {
  const found: string[][] = []
  for (const { index } of source.matchAll(/\bsql`/g)) found.push(templateAt(source, index + 4).parts)
  return found
}

function templateAt(source: string, start: number): { parts: string[]; end: number } {
  const parts: string[] = []
  let part = ''
  let at = start
  for (; source[at] !== '`'; at++) {
    if (source.startsWith('${', at)) {
      at = expressionEnd(source, at + 2)
      parts.push(part)
      part = ''
    } else {
      if (source[at] === '\\') at++
      part += source[at]
    }
  }
  return { parts: [...parts, part], end: at }
}

/** Where the `}` of an expression is; templates and brackets in it come in pairs. */
function expressionEnd(source: string, start: number): number {
  let depth = 0
  for (let at = start; ; at++) {
    if (source[at] === '`') at = templateAt(source, at + 1).end
    else if (source[at] === '{') depth++
    else if (source[at] === '}' && depth-- === 0) return at
  }
}
