import sql, { type Sql } from 'sql-template-tag'
import { type Database, like, type TextIndex } from '../../store/database.ts'
import { fold } from '../text.ts'

/** What the trigram index begins to find. */
const enough = 3

/** Free text: three characters or more are a part of what is indexed; fewer are the beginning of a name. */
export function byText(db: Database, index: TextIndex, text: string): Sql {
  const folded = fold(text)
  if ([...folded].length >= enough) return db.contains(index, folded)
  return sql`(name_key >= ${folded} and name_key < ${`${folded}\u{10ffff}`})`
}

/** A part of a column whose text is in the index, among others: the index proposes, `compare` decides. */
export function partOf(db: Database, index: TextIndex, column: Sql, compare = like): (part: string) => Sql {
  return (part) => {
    const folded = fold(part)
    const decided = compare(column, part)
    return [...folded].length < enough ? decided : sql`(${db.contains(index, folded)} and ${decided})`
  }
}
