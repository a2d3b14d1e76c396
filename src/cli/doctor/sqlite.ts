import type { Inspection } from '../../store/inspect.ts'
import { asking, type Check, fails, ok } from './check.ts'

export async function checkSqlite(inspected: Inspection): Promise<Check[]> {
  const value = async <T>(text: string) =>
    Object.values((await inspected.all<Record<string, T>>(asking(text)))[0] ?? {})[0] as T
  const version = await value<string>('select sqlite_version()')
  const journal = await value<string>('pragma journal_mode')
  return [
    ok('engine', `SQLite ${version}`),
    inspected.isWritable
      ? ok('rights', 'the file and its folder can be written')
      : fails('rights', 'The file or its folder cannot be written by this user. Change their rights.'),
    journal === 'wal'
      ? ok('journal', 'wal: readers and the writer do not wait for each other')
      : fails('journal', `It is ${journal}, not wal. Start the server once; a network drive cannot hold the file.`),
    await checkIntegrity(inspected),
  ]
}

/** Every page, every index against its table, and the text indexes. */
async function checkIntegrity(inspected: Inspection): Promise<Check> {
  const found = await inspected.all<{ integrity_check: string }>(asking('pragma integrity_check(5)'))
  const wrong = found.map((row) => row.integrity_check).filter((line) => line !== 'ok')
  if (wrong.length === 0) return ok('integrity', 'every page and index is whole')
  return fails('integrity', `The file is damaged: ${wrong.join('; ').replaceAll('\n', ' ')}. Restore it from a backup.`)
}
