import { existsSync, statSync } from 'node:fs'
import { WrongUsage } from '../config/options.ts'
import { DomainError, Unavailable } from '../domain/errors.ts'
import { CannotOpen } from '../store/database.ts'
import { isPostgres } from '../store/open.ts'

/** Something a person can mend; its message is the one line they read. */
export class Failure extends Error {}

/** What to say about an error, and the exit code; undefined when it is our fault, and the whole of it should be seen. */
export function explain(error: unknown): { line: string; code: number } | undefined {
  if (error instanceof WrongUsage) return { line: error.message, code: 2 }
  if (error instanceof Failure) return { line: error.message, code: 1 }
  if (error instanceof CannotOpen) return { line: error.message, code: 1 }
  if (error instanceof Unavailable) return { line: `${sentence(error.message)} Try again later.`, code: 1 }
  if (error instanceof DomainError) return { line: sentence(error.message), code: 1 }
  const reason = reasonOf('The file', error)
  return reason === undefined ? undefined : { line: reason, code: 1 }
}

/** Why a database did not open, in words. A URL holds a password: what PostgreSQL says is told by the store, with a name. */
export function openFailure(file: string, error: unknown): Error {
  if (error instanceof CannotOpen || isPostgres(file)) return error as Error
  const { message } = error as Error
  if (message.includes('newer Pipewright')) return new Failure(`${file}: ${message} Install the newer version again.`)
  if (message.includes('directory does not exist'))
    return new Failure(`The folder of ${file} does not exist. Make it first, or choose another --db.`)
  if (isFolder(file)) return new Failure(`${file} is a folder. Name a file with --db.`)
  const reason = reasonOf(file, error)
  if (reason !== undefined) return new Failure(reason)
  if (message.includes('already exists'))
    return new Failure(`${file} is a database of another program. Choose another --db.`)
  return error as Error
}

/** Why work on a database that had opened failed, in words where SQLite says so. */
export function workFailure(file: string, error: unknown): unknown {
  const reason = reasonOf(file, error)
  return reason === undefined ? error : new Failure(reason)
}

/** Why the server did not listen, in words. */
export function listenFailure(host: string, port: number, error: unknown): Error {
  const { code } = error as { code?: string }
  if (code === 'EADDRINUSE')
    return new Failure(`Port ${port} is in use. Choose another with --port, or --port 0 for any free one.`)
  if (code === 'EACCES')
    return new Failure(`Port ${port} is not ours to use: ports below 1024 need rights. Choose another with --port.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new Failure(`This machine has no address ${host}. Choose another with --host.`)
  }
  return error as Error
}

/** SQLite's codes by their beginnings. */
const reasons: [string, (file: string) => string][] = [
  ['SQLITE_NOTADB', (file) => `${file} is not a database. Choose another --db.`],
  ['SQLITE_CORRUPT', (file) => `${file} is damaged. Restore it from a backup.`],
  ['SQLITE_CANTOPEN', (file) => `${file} cannot be opened. Is it a file, in a folder you may write to?`],
  ['SQLITE_READONLY', (file) => `${file} cannot be written to. Change its rights, or choose another --db.`],
  ['SQLITE_PERM', (file) => `${file} cannot be written to. Change its rights, or choose another --db.`],
  ['SQLITE_BUSY', (file) => `${file} is locked by another program. Try again when it has ended.`],
  ['SQLITE_FULL', (file) => `The disk is full: ${file} cannot grow. Make room and try again.`],
  ['SQLITE_IOERR', (file) => `${file} cannot be read or written: the disk reports an error.`],
]

function reasonOf(file: string, error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown }
  return reasons.find(([start]) => typeof code === 'string' && code.startsWith(start))?.[1](file)
}

const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory()
const sentence = (text: string) => (text.endsWith('.') ? text : `${text}.`)
