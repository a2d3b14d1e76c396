import type { Caller } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Scope } from './scopes.ts'

/** Nobody hands out what they do not have themselves; the program itself has everything. */
export function requireHeld({ kind, scopes: held }: Caller, handedOut: readonly Scope[]): void {
  if (kind === 'system') return
  const missing = handedOut.filter((scope) => !held.has(scope))
  if (missing.length === 0) return
  throw new DomainError('forbidden', `You do not have ${missing.join(', ')} yourself, so you cannot hand it out.`)
}
