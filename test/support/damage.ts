import { closeSync, openSync, writeSync } from 'node:fs'
import Sqlite from 'better-sqlite3'

/** Spoils the first page of a table in a SQLite file that nobody has open: it opens as ever, and fails where it is read. */
export function damage(file: string, table: string): void {
  const sqlite = new Sqlite(file)
  sqlite.pragma('wal_checkpoint(truncate)')
  const page = sqlite.prepare('select rootpage from sqlite_master where name = ?').pluck().get(table) as number
  const size = sqlite.pragma('page_size', { simple: true }) as number
  sqlite.close()
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(size, 0xa5), 0, size, (page - 1) * size)
  closeSync(handle)
}
