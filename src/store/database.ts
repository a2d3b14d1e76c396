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
 * Four things differ between engines, and each has a name: here `lock`, `contains` with `TextIndex`, and `json`, for what
 * is written out of a JSON column; in `migrate.ts` `{{sequence}}`.
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
  /** A suffix that locks the rows a `select` reads; empty where writers already take turns. */
  readonly lock: Sql
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
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Waits for transactions under way, then releases the files or connections. */
  close(): Promise<void>
}

/** The tables with `text_row` and `search_text`, named by their trigram index. */
export type TextIndex = 'opportunities' | 'contacts'
