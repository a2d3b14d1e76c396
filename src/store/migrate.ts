import { readdirSync, readFileSync } from 'node:fs'
import type Sqlite from 'better-sqlite3'

const folder = findFolder()

/** The migrations in order, as the repository holds them: one text for every engine, with `{{…}}` where they differ. */
export function migrations(): { version: number; name: string; text: string }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ version: Number.parseInt(name, 10), name, text: readFileSync(new URL(name, folder), 'utf8') }))
}

/** Brings a SQLite database to the newest version. Several processes may start at once; each migration runs once. */
export function migrateSqlite(sqlite: Sqlite.Database) {
  const all = migrations()
  const newest = all.at(-1)?.version ?? 0
  if (version(sqlite) > newest) {
    throw new Error(
      `This database was written by a newer Pipewright (schema ${version(sqlite)}, this one knows ${newest}).`,
    )
  }

  for (const migration of all) {
    const apply = sqlite.transaction(() => {
      if (version(sqlite) >= migration.version) return
      sqlite.exec(forSqlite(migration.text))
      sqlite.pragma(`user_version = ${migration.version}`)
    })
    if (version(sqlite) < migration.version) apply.immediate()
  }
}

/**
 * `{{sequence}}` a number that grows with every row; `{{sequence key}}` its primary key, which SQLite has already;
 * `{{sequence index}}` what other engines find by that key, and SQLite by an index;
 * `{{text index on t}}` a trigram index over `t.search_text`; `{{unlogged}}` says nothing here.
 */
function forSqlite(text: string): string {
  return text
    .replaceAll('{{unlogged}} table', 'table')
    .replaceAll('{{sequence}}', 'integer primary key')
    .replace(/,\s*\{\{sequence key \(.*?\)\}\}/g, '')
    .replace(/\{\{sequence (index .*?)\}\}/g, 'create $1')
    .replace(/\{\{text index on (\w+)\}\}/g, (_, table) =>
      [
        `create virtual table ${table}_text using fts5(search_text, content='', contentless_delete=1, detail=none,`,
        `tokenize='trigram case_sensitive 1');`,
        `create index ${table}_by_text on ${table} (location_id, text_row)`,
      ].join(' '),
    )
}

function version(sqlite: Sqlite.Database): number {
  return sqlite.pragma('user_version', { simple: true }) as number
}

/** The folder beside `src/` or, once built, beside `dist/`. */
function findFolder(): URL {
  for (const path of ['../../migrations/', '../../../migrations/']) {
    const candidate = new URL(path, import.meta.url)
    try {
      readdirSync(candidate)
      return candidate
    } catch {}
  }
  throw new Error('The folder migrations/ is missing from this installation.')
}
