import { Unavailable } from '../database.ts'

/** SQLSTATE codes after which the whole work may run again: nothing of it was kept. */
const conflicts = new Set([
  '40001', // serialization failure
  '40P01', // deadlock
])

/** The connection is gone, or useless: the server restarts, ended it, has no place left, or became a standby. */
const disconnections = new Set([
  '57P01', // admin shutdown
  '57P02', // crash shutdown
  '57P03', // cannot connect now
  '57P05', // idle session timeout
  '25P03', // idle in transaction timeout
  '25P04', // transaction timeout
  '25006', // read-only transaction
  '53300', // too many connections
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT', // no Unix socket
])

/** What node-postgres says without a code. */
const said = /^(Connection terminated|timeout e|Client has encountered a connection error|Query read timeout)/

/** The database answers, but not this: it took too long, or there is no room. */
const refusals = new Set([
  '57014', // statement timeout
  '55P03', // lock timeout
  '53100', // disk full
  '53200', // out of memory
  '53400', // configuration limit exceeded
])

/** Two made the same thing at once; the database took one. */
export const isCollision = (error: unknown): boolean => codeOf(error) === '23505'

export const isConflict = (error: unknown): boolean => conflicts.has(codeOf(error))

export function isDisconnection(error: unknown): boolean {
  const code = codeOf(error)
  if (code) return disconnections.has(code) || code.startsWith('08')
  return error instanceof Error && said.test(error.message)
}

/** The error as whoever asked should meet it. */
export function explain(error: unknown): unknown {
  if (isDisconnection(error)) return new Unavailable('The database cannot be reached, or is too busy', { cause: error })
  if (isConflict(error)) return new Unavailable('Too many changes to the same records at once', { cause: error })
  if (refusals.has(codeOf(error))) return new Unavailable('The database is too busy or full', { cause: error })
  return error
}

export const codeOf = (error: unknown): string => (error as { code?: string } | null)?.code ?? ''
