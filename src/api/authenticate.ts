import type { Caller, Store } from '../domain/context.ts'
import { DomainError } from '../domain/errors.ts'
import { findToken, type Token, tokenKey, touchTokens } from '../domain/tokens/tokens.ts'
import { createLookUps, trusted } from './lookUps.ts'

export interface Credential {
  token: Token
  caller: Caller
  /** Whose requests are counted together: a token's, or an app's in one location. */
  key: string
}

/** From an `Authorization` header to who stands behind it. */
export function createAuthenticator(store: Store, now: () => number) {
  const uses = new Map<string, number>()
  const { ask, hear } = createLookUps(lookUp, now)

  const authenticate = (header: string | undefined): Credential | Promise<Credential> => ask(readSecret(header))

  async function lookUp(secret: string, at: number) {
    const found = await findToken(store, secret, at)
    if (!found) throw refusal(secret)
    const { token, caller } = found
    uses.set(tokenKey(token), at)
    const end = Math.min(token.expiresAt ?? at + trusted, found.expiresAt ?? at + trusted)
    const key = token.app ? `${token.locationId} ${token.app.clientId}` : tokenKey(token)
    return { token, caller, key, until: Math.min(at + trusted, end) }
  }

  /** Writes when each token was last used; called now and then, and before the end. */
  async function flushUses() {
    if (uses.size === 0) return
    const written = new Map(uses)
    await touchTokens(store, written)
    for (const [key, at] of written) if (uses.get(key) === at) uses.delete(key)
  }

  return { authenticate, flushUses, hear }
}

/** `Bearer x`, in any case; a bare private integration token too, as one help page sends it. */
function readSecret(header: string | undefined): string {
  const value = header?.trim() ?? ''
  if (value.startsWith('pit-')) return value
  const secret = /^bearer\s+(\S.*)$/i.exec(value)?.[1]
  if (!secret) throw new DomainError('unauthorized', 'Unauthorized')
  return secret
}

/** Contract 1.4, rows 2 to 4: the sentence depends on what kind of token it pretends to be. */
function refusal(secret: string): DomainError {
  if (secret.startsWith('pit-')) return new DomainError('unauthorized', 'Invalid Private Integration token')
  if (isJwt(secret)) {
    return new DomainError('unauthorized', 'Invalid token: access token is invalid', { name: 'INVALID_ACCESS_TOKEN' })
  }
  return new DomainError('unauthorized', 'Invalid JWT')
}

/** Whether a header and claims can be read; who signed them matters no more, since nobody here knows it. */
function isJwt(secret: string): boolean {
  if (!/^[\w-]+\.[\w-]+\.[\w-]*$/.test(secret)) return false
  try {
    const parts = secret.split('.', 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))
    return parts.every((part) => typeof part === 'object' && part !== null)
  } catch {
    return false
  }
}
