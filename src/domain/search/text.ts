import sql, { raw, type Sql } from 'sql-template-tag'
import { type Database, like, type TextIndex } from '../../store/database.ts'
import { fold } from '../text.ts'

/** How much of a text an index holds: a row of PostgreSQL's takes 2,704 bytes, and a character up to four. */
const head = 256

/** The beginning of a column, as its index holds it; the very words of the migration, so that the index is known by it. */
export const headOf = (column: Sql): Sql => sql`substr(${column}, 1, ${raw(String(head))})`

/** The same of a text at hand. */
export const headIn = (text: string): string => (text.length <= head ? text : [...text].slice(0, head).join(''))

/** Whether nothing longer begins like that. */
export const isWholeInHead = (text: string): boolean => text.length < head

/** What the trigram index begins to find. */
const enough = 3

/** Free text: three characters or more are a part of what is indexed; fewer are the beginning of a name. */
export function byText(db: Database, index: TextIndex, text: string): Sql {
  const folded = fold(text)
  if ([...folded].length >= enough) return db.contains(index, folded)
  const key = headOf(raw('name_key'))
  return sql`(${key} >= ${folded} and ${key} < ${`${folded}\u{10ffff}`})`
}

/** A part of a column whose text is in the index, among others: the index proposes, `compare` decides. */
export function partOf(db: Database, index: TextIndex, column: Sql, compare = like): (part: string) => Sql {
  return (part) => {
    const folded = fold(part)
    const decided = compare(column, part)
    return [...folded].length < enough ? decided : sql`(${db.contains(index, folded)} and ${decided})`
  }
}
