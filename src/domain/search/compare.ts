import sql, { join, raw, type Sql } from 'sql-template-tag'
import { like, likeInAnyCase } from '../../store/database.ts'
import { invalid } from '../errors.ts'
import { instant, isMoment } from '../time.ts'
import type { Field, Operator, Test } from './filter.ts'
import { headOf, isWholeInHead } from './text.ts'

export const equality: readonly Operator[] = ['eq', 'not_eq', 'exists', 'not_exists']
export const textual: readonly Operator[] = [...equality, 'contains', 'not_contains']
const numeric: readonly Operator[] = [...equality, 'range']
const temporal: readonly Operator[] = ['range', 'exists', 'not_exists']

/** The special value of an id for what has none. */
export const none = '__none__'

/** An id or a word, compared as it is. */
export function id(column: Sql): Field {
  return {
    operators: equality,
    exists: () => sql`${column} <> ''`,
    eq(value, path) {
      const wanted = texts(value, path)
      const some = wanted.filter((one) => one !== none)
      if (some.length === wanted.length) return among(column, some)
      return some.length > 0 ? sql`(${among(column, some)} or ${column} is null)` : sql`${column} is null`
    },
  }
}

/** One of a few words. */
export function choice(column: Sql, words: readonly string[]): Field {
  return { ...id(column), eq: (value, path) => among(column, texts(value, path).map(chosen(words, path))) }
}

/** Text; `key` is what was done to it before the column kept it, `find` a quicker way to a part of it. */
export function text(
  column: Sql,
  key: (text: string) => string = (one) => one,
  find = (part: string) => like(column, part),
): Field {
  return {
    operators: textual,
    exists: () => sql`${column} <> ''`,
    eq: (value, path) => among(column, texts(value, path).map(key)),
    contains: (value, path) => find(key(part(value, path))),
  }
}

/** Text of any length, in a column that is indexed by its beginning: found by that, and told apart by the whole. */
export function longText(column: Sql, key: (text: string) => string, find?: (part: string) => Sql): Field {
  return {
    ...text(column, key, find),
    eq(value, path) {
      const wanted = texts(value, path).map(key)
      if (wanted.every(isWholeInHead)) return among(headOf(column), wanted)
      const heads = wanted.map((one) => headOf(sql`${one}`))
      return sql`(${among(headOf(column), heads)} and ${among(column, wanted)})`
    },
  }
}

/** Text that the column keeps as it was typed, compared without regard to case. */
export function textInAnyCase(column: Sql, find = (part: string) => likeInAnyCase(column, part)): Field {
  return {
    ...text(column, undefined, find),
    eq: (value, path) =>
      among(
        sql`lower(${column})`,
        texts(value, path).map((one) => sql`lower(${one})`),
      ),
  }
}

export function number(column: Sql): Field {
  return {
    operators: numeric,
    exists: () => sql`${column} is not null`,
    eq: (value, path) =>
      among(
        column,
        list(value).map((one) => readNumber(one, path)),
      ),
    range: (value, path) => within(column, value, path, readNumber),
  }
}

/** Moments, by `read` as the column keeps them: in epoch milliseconds unless told otherwise. */
export function date(column: Sql, read: (at: number) => number | string = (at) => at): Field {
  return {
    operators: temporal,
    exists: () => sql`${column} is not null`,
    range: (value, path) => within(column, value, path, (limit, at) => read(readMoment(limit, at))),
  }
}

export function flag(column: Sql): Field {
  return {
    operators: equality,
    exists: () => sql`${column} is not null`,
    eq: (value, path) =>
      among(
        column,
        list(value).map((one) => readFlag(one, path)),
      ),
  }
}

/** A field of the rows of another table; `around` says in which of our rows they have their like. */
export function through(field: Field, around: (condition: Sql) => Sql): Field {
  const { operators, ...tests } = field
  const wrapped = Object.entries(tests).map(([question, test]: [string, Test]) => [
    question,
    (value: unknown, path: string) => around(test(value, path)),
  ])
  return { operators, ...Object.fromEntries(wrapped) }
}

/** Numbers may come as text, as the original's own samples send them. */
export function readNumber(value: unknown, path: string): number {
  const given = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof given === 'number' && Number.isFinite(given)) return given
  throw invalid(`${path} must be a number conforming to the specified constraints`)
}

/** For columns of whole numbers, which an engine may refuse to compare with others. */
export function readWhole(value: unknown, path: string): number {
  const given = readNumber(value, path)
  return readNumber(Number.isSafeInteger(given) ? given : undefined, path)
}

function among(column: Sql, wanted: (string | number | Sql)[]): Sql {
  return wanted.length > 0 ? sql`${column} in (${join(wanted)})` : sql`1 = 0`
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

const longest = { value: 1000, part: 75 }

const texts = (value: unknown, path: string): string[] => list(value).map((one) => readText(one, path, longest.value))

function readText(value: unknown, path: string, most: number): string {
  if (typeof value !== 'string') throw invalid(`${path} must be a string`)
  if (value.length > most) throw invalid(`${path} must be shorter than or equal to ${most} characters`)
  return value
}

function part(value: unknown, path: string): string {
  return readText(value === '' ? undefined : value, path, longest.part)
}

const chosen = (words: readonly string[], path: string) => (word: string) => {
  if (words.includes(word)) return word
  throw invalid(`${path} must be one of the following values: ${words.join(', ')}`)
}

function readFlag(value: unknown, path: string): 0 | 1 {
  if (value === true || value === 'true') return 1
  if (value === false || value === 'false') return 0
  throw invalid(`${path} must be a boolean value`)
}

const comparisons = { gte: raw('>='), gt: raw('>'), lte: raw('<='), lt: raw('<') }

function within(column: Sql, value: unknown, path: string, read: (limit: unknown, path: string) => string | number) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(`${path} must be an object`)
  const limits = Object.entries(value)
  const unknown = limits.find(([name]) => !Object.hasOwn(comparisons, name))
  if (unknown) throw invalid(`${path}.property ${unknown[0]} should not exist`)
  if (limits.length === 0) throw invalid(`${path} should not be empty`)
  const tests = limits.map(([name, limit]) => {
    return sql`${column} ${comparisons[name as keyof typeof comparisons]} ${read(limit, `${path}.${name}`)}`
  })
  return sql`(${join(tests, ' and ')})`
}

/** Epoch milliseconds from themselves or from an ISO date. */
function readMoment(value: unknown, path: string): number {
  const digits = typeof value === 'string' && /^\d{10,}$/.test(value)
  const at = digits ? Number(value) : typeof value === 'string' ? instant(value) : value
  if (isMoment(at)) return at
  throw invalid(`${path} must be epoch milliseconds or an ISO 8601 date`)
}
