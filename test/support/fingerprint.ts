import sql, { join, raw, type Sql } from 'sql-template-tag'
import type { Store } from '../../src/store/database.ts'
import { migrations } from '../../src/store/migrate.ts'

/** What readers leave behind: nobody's change. */
const ofReaders = ['search_cursors']

const tables = migrations()
  .flatMap(({ text }) =>
    [...text.matchAll(/create table (\w+) \(([\s\S]*?)\n\);/g)].map(([, name = '', columns = '']) => ({
      name,
      columns,
    })),
  )
  .filter(({ name }) => !ofReaders.includes(name))

/** What grows or moves with any change of any row, by table; equal before and after means that nothing was written. */
export async function fingerprint(store: Store): Promise<string> {
  return JSON.stringify(await store.all(statement))
}

const counted: Record<string, string[]> = {
  opportunity_totals: ['count', 'value', 'count * value'],
  contact_counts: ['count'],
}

const statement = join(tables.map(measure), ' union all ')

function measure({ name, columns }: { name: string; columns: string }): Sql {
  const moving = ['updated_at', 'index_version', 'note_count', 'task_count', 'revoked_at'].filter((column) =>
    columns.includes(`\n  ${column} `),
  )
  const sums = counted[name] ?? moving
  const sum = sums.map((column) => `coalesce(sum(${column}), 0)`).join(' + ') || '0'
  return sql`select ${name} as name, count(*) as rows, ${raw(sum)} as sum from ${raw(name)}`
}
