import type pg from 'pg'
import type { Database, Statement } from '../../src/store/database.ts'

/** How a statement comes to the rows of a table. */
export interface Access {
  table: string
  /** `scan` reads all of the table, `location` all rows of one location, `found` fewer, by what an index knows. */
  by: 'scan' | 'location' | 'found'
  /** The index, and by what it is asked. */
  how: string
}

/** The indexes of what waits to be done: they hold few rows, which are all looked at. */
const ofWaiting = /\bevents_pending\b/

interface Step {
  id: number
  parent: number
  detail: string
}

/** As SQLite plans it. */
export async function planOnSqlite(store: Database, { sql, values }: Statement): Promise<Access[]> {
  const steps = await store.all<Step>({ sql: `explain query plan ${sql}`, text: '', values })
  return steps.filter((step) => !isDerived(step, steps)).flatMap(({ detail }) => readStep(detail, sql))
}

/** Rows of a sub-select that a step has just made, which goes by the alias that it is given. */
function isDerived({ id, parent, detail }: Step, steps: Step[]): boolean {
  const [, name] = /^SCAN (\S+)$/.exec(detail) ?? []
  const made = steps.find((step) => step.detail === `CO-ROUTINE ${name}` || step.detail === `MATERIALIZE ${name}`)
  return made !== undefined && made.id < id && made.id !== parent
}

function readStep(detail: string, text: string): Access[] {
  const [, verb, alias = '', rest = ''] = /^(SCAN|SEARCH) (\S+)(.*)$/.exec(detail) ?? []
  if (!verb || alias === 'CONSTANT') return []
  const table = tableOf(alias, text)
  if (ofWaiting.test(rest)) return [{ table, by: 'found', how: rest.trim() }]
  const condition = /\((.*)\)$/.exec(rest)?.[1] ?? ''
  return [{ table, by: verb === 'SCAN' ? 'scan' : by(condition, /^location_id=\?$/), how: rest.trim() }]
}

/** What an alias stands for in the text. */
function tableOf(alias: string, text: string): string {
  const found = new RegExp(`\\b(?:from|join|into|update)\\s+(\\w+)\\s+(?:as\\s+)?${alias}\\b`).exec(text)
  return found?.[1] ?? alias
}

const by = (condition: string, location: RegExp): Access['by'] => (location.test(condition) ? 'location' : 'found')

/** As PostgreSQL plans it: for these very values, and once for all values, as it does for what is asked again and again. */
export async function plansOnPostgres(client: pg.Client, { text, values }: Statement): Promise<Access[][]> {
  const own = await client.query(`explain (format json) ${text}`, values as unknown[])
  await client.query(`prepare planned as ${text}`)
  const blanks = values.length > 0 ? `(${values.map(() => 'null').join(', ')})` : ''
  const general = await client.query(`explain (format json) execute planned${blanks}`)
  await client.query('deallocate planned')
  return [own, general].map(({ rows }) => readNode(rows[0]['QUERY PLAN'][0].Plan))
}

// biome-ignore lint/suspicious/noExplicitAny: a plan has many kinds of nodes
function readNode(node: any, table?: string): Access[] {
  const own = node['Relation Name'] ?? table
  const below = (node.Plans ?? []).flatMap((inner: unknown) =>
    readNode(inner, node['Node Type'] === 'Bitmap Heap Scan' ? own : table),
  )
  // What several indexes find together is as little as the best of them finds.
  if (node['Node Type'] === 'BitmapAnd') return below.filter((one: Access) => one.by === 'found').slice(0, 1)
  if (node['Node Type'] === 'Seq Scan') return [{ table: own, by: 'scan', how: node.Filter ?? '' }, ...below]
  if (!node['Index Name']) return below
  const condition = String(node['Index Cond'] ?? '')
  const how = `${node['Index Name']} (${condition})`
  if (ofWaiting.test(node['Index Name'])) return [{ table: own, by: 'found', how }, ...below]
  return [{ table: own, by: condition === '' ? 'scan' : by(condition, /^\(location_id = [^()]+\)$/), how }, ...below]
}
