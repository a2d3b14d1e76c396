import sql, { type Sql } from 'sql-template-tag'

/*
 * The whole contract of a store. One SQL text serves every engine; what keeps that possible:
 *
 * - time is epoch milliseconds in `bigint`; flags are `integer` 0/1; JSON is `text`, parsed by `table.ts`;
 * - money is `double precision`, as on the wire; ids are `text`;
 * - upsert is `on conflict … do update`; pages are keyset, `(created_at, id) < (…)`;
 * - every primary and unique key starts with `location_id`, and every statement names it. The few look-ups that have no
 *   location yet (a token's hash, a sign-in e-mail) stand in small reference tables;
 * - no triggers: whatever must follow a change is a statement beside it;
 * - column aliases are quoted (`as "pipelineId"`), and text is compared by bytes.
 *
 * What differs between engines has a name: here `contains` with `TextIndex`, `json` for what is written out of a JSON
 * column, and the four by which transactions that run at the same time keep out of each other's way: `lock`, `keep`,
 * `alone` and `slot`. In the migrations it stands in `{{…}}`.
 *
 * Transactions see what others committed before each of their statements. So whoever reads a row to change it reads it
 * with `lock`; who needs it to stay while something is hung on it, with `keep`; who needs something not to be there,
 * stands `alone` with its name.
 */

/** One SQL text and its values; what `sql-template-tag` makes, or `fixed`. */
export type Statement = Pick<Sql, 'sql' | 'text' | 'values'>

/** A statement whose text is put together once, not at each call; for the few that most requests run. */
export function fixed({ sql, text }: Sql): (...values: unknown[]) => Statement {
  return (...values) => ({ sql, text, values })
}

/** A condition that is true where the column contains `part`, in which no sign acts as a pattern. */
export const like = (column: Sql, part: string): Sql => sql`${column} like ${pattern(part)} escape '\\'`

/** The same without regard to case: the store lowers both sides, for only it lowers as it lowers. */
export const likeInAnyCase = (column: Sql, part: string): Sql =>
  sql`lower(${column}) like lower(${pattern(part)}) escape '\\'`

const pattern = (part: string) => `%${part.replace(/[\\%_]/g, '\\$&')}%`

/** Reads. Each statement sees every transaction that was acknowledged before it began, and nothing half done. */
export interface Database {
  /** All rows, in the statement's order. */
  all<Row>(statement: Statement): Promise<Row[]>
  /** The first row, or undefined. */
  one<Row>(statement: Statement): Promise<Row | undefined>
  /** A condition that is true where the indexed text contains `text` (three or more characters, already folded). */
  contains(index: TextIndex, text: string): Sql
  /** The text of a member of a column's JSON, null where it is absent; the names are our own words. */
  json(column: string, ...path: string[]): Sql
}

/** Writes; only valid inside the `work` it was handed to, which may await nothing else. */
export interface Transaction extends Database {
  /** Runs a statement that returns no rows; answers how many rows it changed. */
  run(statement: Statement): Promise<number>
  /** Lets readers have a turn; between the batches of work that would hold them up for long. */
  pause(): Promise<void>
  /** A suffix that locks the rows a `select` reads, for changing them; empty where writers already take turns. */
  readonly lock: Sql
  /** A suffix by which the rows a `select` reads are not removed before the end; others may read and change them. */
  readonly keep: Sql
  /** Waits until no other transaction has any of these names, and has them until the end. */
  alone(...names: string[]): Promise<void>
  /** A small number that no other transaction has at this moment: who counts in its own slot waits for nobody. */
  readonly slot: number
  /** A name that this run of the work has alone, to know its writes by; null where `prove` asks for none. */
  readonly id: string | null
  /**
   * A statement that answers a row if this transaction was kept, and none if it was not: asked when the connection was
   * lost while it committed. The first one given counts.
   */
  prove(statement: Statement): void
  /**
   * Keeps the text index of a row true. `row` is what the call before answered for it (null at first), `text` is null
   * when the row goes. Answers what to keep in the row's `text_row`; null where the engine indexes by itself.
   */
  indexText(index: TextIndex, row: number | null, text: string | null): Promise<number | null>
}

export interface Store extends Database {
  /** Where the data is: a file's path, `:memory:` or a URL without its password. */
  readonly name: string
  /**
   * Runs `work` as one transaction and resolves once its effects would survive a power failure. When `work` throws,
   * nothing of it remains and the same error comes out. Works of other callers may share the commit, never the fate.
   * `work` may run several times, and is kept once.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Reads everything as it was at one moment, for as long as `work` takes; others write on meanwhile. */
  snapshot<T>(work: (db: Database) => Promise<T>): Promise<T>
  /** One statement that writes, as a transaction of its own. It may run twice where a connection is lost. */
  write<Row>(statement: Statement): Promise<Row | undefined>
  /** Whether other processes may be at work on the same data. */
  readonly isShared: boolean
  /** Tells the other processes of something that changed: a word without blanks. It may come late, or not at all. */
  announce(topic: string): void
  /** Hears what other processes announce; none by name after a time of deafness. Answers how to stop. */
  listen(hear: (topics: string[]) => void): () => void
  /** Waits for transactions under way, then releases the files or connections. */
  close(): Promise<void>
}

/** The tables with `text_row` and `search_text`, named by their trigram index. */
export type TextIndex = 'opportunities' | 'contacts'

/** The data cannot be reached now, or is too busy: nothing is wrong with what was asked, and it may be asked again. */
export class Unavailable extends Error {}

/** The same of a change whose commit was never answered: it may have been made. */
export class Doubtful extends Unavailable {}

/** Why a store does not open, in a sentence for whoever started the program. */
export class CannotOpen extends Error {}
