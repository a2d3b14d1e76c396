import { WrongUsage } from '../config/options.ts'
import { DomainError, Unavailable } from '../domain/errors.ts'
import { CannotOpen } from '../store/database.ts'

/** Something a person can mend; its message is the one line they read. */
export class Failure extends Error {}

/** What to say about an error, and the exit code; undefined when it is our fault, and the whole of it should be seen. */
export function explain(error: unknown): { line: string; code: number } | undefined {
  if (error instanceof WrongUsage) return { line: error.message, code: 2 }
  if (error instanceof Failure) return { line: error.message, code: 1 }
  if (error instanceof CannotOpen) return { line: error.message, code: 1 }
  if (error instanceof Unavailable) return { line: `${sentence(error.message)} Try again later.`, code: 1 }
  if (error instanceof DomainError) return { line: sentence(error.message), code: 1 }
  if (codeOf(error) === 'SQLITE_FULL') return { line: 'The disk is full. Make room and try again.', code: 1 }
  return undefined
}

/** Why a database did not open, in words. */
export function openFailure(file: string, error: unknown): Error {
  if (error instanceof CannotOpen) return error
  const { code = '', message } = error as { code?: string; message: string }
  if (message.includes('newer Pipewright')) return new Failure(`${file}: ${message} Install the newer version again.`)
  if (message.includes('directory does not exist'))
    return new Failure(`The folder of ${file} does not exist. Make it first, or choose another --db.`)
  const known = opening.find(([start]) => code.startsWith(start))
  if (known) return new Failure(known[1](file))
  if (message.includes('already exists'))
    return new Failure(`${file} is a database of another program. Choose another --db.`)
  return error as Error
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
const opening: [string, (file: string) => string][] = [
  ['SQLITE_NOTADB', (file) => `${file} is not a database. Choose another --db.`],
  ['SQLITE_CORRUPT', (file) => `${file} is damaged. Restore it from a backup.`],
  ['SQLITE_CANTOPEN', (file) => `${file} cannot be opened. Is it a file, in a folder you may write to?`],
  ['SQLITE_READONLY', (file) => `${file} cannot be written to. Change its rights, or choose another --db.`],
  ['SQLITE_PERM', (file) => `${file} cannot be written to. Change its rights, or choose another --db.`],
  ['SQLITE_BUSY', (file) => `${file} is locked by another program. Try again when it has ended.`],
  ['SQLITE_FULL', (file) => `The disk is full: ${file} cannot grow.`],
  ['SQLITE_IOERR', (file) => `${file} cannot be read or written: the disk reports an error.`],
]

const codeOf = (error: unknown) => (error as { code?: string } | null)?.code
const sentence = (text: string) => (text.endsWith('.') ? text : `${text}.`)
