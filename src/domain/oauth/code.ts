import { createHash, randomBytes } from 'node:crypto'
import type { Scope } from '../tokens/scopes.ts'
import { invalidGrant } from './refused.ts'

/** What somebody agreed to, until the app comes for it. */
export interface Consent {
  kind: 'oauth' | 'agency'
  companyId: string
  userId: string
  scopes: Scope[]
  redirectUri: string
  challenge?: Challenge
}

/** PKCE (RFC 7636): only who began can end, for only they know what this is the hash of. */
export interface Challenge {
  method: 'S256' | 'plain'
  value: string
}

/** An authorization code, kept as its hash; good once, for ten minutes, for one app. */
export interface Code {
  hash: string
  clientId: string
  /** Where the app is let in: a location, or a company in its place. */
  locationId: string
  consent: Consent
  expiresAt: number
  /** What it was exchanged for; null until then. */
  tokenId: string | null
}

/** What an app shows besides its code. */
export interface Shown {
  redirectUri?: string | undefined
  verifier?: string | undefined
}

export const codeLife = 10 * 60 * 1000

/** The shape of HighLevel's codes; 160 bits, not guessable. */
export const newCode = (): string => randomBytes(20).toString('hex')

/** Of a code that nobody used yet: refuses it when it has ended, or to who does not show what belongs to it. */
export function check({ expiresAt, consent }: Code, { redirectUri, verifier }: Shown, now: number): void {
  if (expiresAt <= now) throw invalidGrant('authorization code has expired')
  if (redirectUri !== undefined && redirectUri !== consent.redirectUri) throw invalidGrant('redirect URI is invalid')
  if (!isVerified(consent.challenge, verifier)) throw invalidGrant('code verifier is invalid')
}

/** A verifier without a challenge is refused too: somebody took the challenge away on its way here (RFC 9700, 4.8.2). */
function isVerified(challenge: Challenge | undefined, verifier: string | undefined): boolean {
  if (!challenge || verifier === undefined) return !challenge && verifier === undefined
  if (challenge.method === 'plain') return verifier === challenge.value
  return createHash('sha256').update(verifier).digest('base64url') === challenge.value
}
