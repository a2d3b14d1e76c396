import { DomainError } from '../errors.ts'

/** What RFC 6749 calls the ways in which an app's request fails. */
export type Refusal =
  | 'access_denied'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_request'
  | 'invalid_scope'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'

/** An app's request that fails by RFC 6749, with the sentence that HighLevel has for it. */
export const refused = (name: Refusal, message: string): DomainError =>
  new DomainError(name === 'invalid_client' ? 'unauthorized' : 'invalid', message, { name })

export const invalidGrant = (what: string): DomainError => refused('invalid_grant', `Invalid grant: ${what}`)
