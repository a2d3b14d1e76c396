import type { Caller, Store } from '../domain/context.ts'
import { DomainError } from '../domain/errors.ts'
import { findToken, locationsOf, type Token, tokenKey, touchTokens } from '../domain/tokens/tokens.ts'

export interface Credential {
  token: Token
  caller: Caller
  /** Whose requests are counted together: a token's, or an app's in one location. */
  key: string
}

/** How long a look-up is trusted, ms: where no announcement comes, a revoked token is refused this much later. */
const trusted = 1000
const kept = 10_000

/** From an `Authorization` header to who stands behind it. */
export function createAuthenticator(store: Store, now: () => number) {
  const known = new Map<string, Credential & { until: number }>()
  const uses = new Map<string, number>()

  const lookingUp = new Map<string, Promise<Credential>>()

  /** At once while the look-up is trusted, which is nearly always. */
  function authenticate(header: string | undefined): Credential | Promise<Credential> {
    const secret = readSecret(header)
    const at = now()
    const remembered = known.get(secret)
    return remembered && remembered.until > at && remembered.until - at <= trusted ? remembered : lookUpOnce(secret, at)
  }

  /** Those who come with the same secret meanwhile wait for the same answer. */
  function lookUpOnce(secret: string, at: number): Promise<Credential> {
    const known = lookingUp.get(secret)
    if (known) return known
    const asked = lookUp(secret, at).finally(() => lookingUp.delete(secret))
    lookingUp.set(secret, asked)
    return asked
  }

  async function lookUp(secret: string, at: number): Promise<Credential> {
    const found = await findToken(store, secret, at)
    if (!found) {
      known.delete(secret)
      throw refusal(secret)
    }
    const { token, caller } = found
    uses.set(tokenKey(token), at)
    if (known.size >= kept) known.clear()
    const end = Math.min(token.expiresAt ?? at + trusted, found.expiresAt ?? at + trusted)
    const key = token.app ? `${token.locationId} ${token.app.clientId}` : tokenKey(token)
    const credential = { token, caller, key, until: Math.min(at + trusted, end) }
    known.set(secret, credential)
    return credential
  }

  /** Writes when each token was last used; called now and then, and before the end. */
  async function flushUses() {
    if (uses.size === 0) return
    const written = new Map(uses)
    await touchTokens(store, written)
    for (const [key, at] of written) if (uses.get(key) === at) uses.delete(key)
  }

  /** What other processes announced: tokens that changed there are looked up again. */
  function hear(topics: string[]) {
    const changed = locationsOf(topics)
    if (changed?.length === 0) return
    for (const [secret, { caller }] of known) {
      if (!changed || changed.includes(caller.locationId)) known.delete(secret)
    }
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
