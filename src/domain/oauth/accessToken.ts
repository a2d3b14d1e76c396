import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import type { Context } from '../context.ts'
import type { Access } from '../tokens/grants.ts'
import type { Scope } from '../tokens/scopes.ts'
import type { AppGrant } from '../tokens/token.ts'
import { appIdOf } from './apps/app.ts'
import { keysOf } from './keys.ts'

/** Seconds that an access token is good for. */
export const accessLife = 86_399

/** Whom an access token is for: a location, or a company in its place. */
export interface Holder {
  kind: 'oauth' | 'agency'
  locationId: string
  scopes: readonly Scope[]
  app: AppGrant
}

/**
 * A signed access token with the claims that HighLevel's clients look for inside. Good is only what the grant keeps the
 * hash of: whoever has the key, but not the database to write to, can sign what they like.
 */
export async function signAccess(ctx: Context, holder: Holder): Promise<Access> {
  const keys = await keysOf(ctx.store)
  const issuedAt = Math.floor(ctx.now() / 1000)
  const expiresAt = issuedAt + accessLife
  const secret = await new SignJWT(claimsOf(holder))
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keys.id })
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .setJti(randomUUID())
    .sign(keys.signing)
  return { secret, expiresAt: expiresAt * 1000 }
}

function claimsOf({ kind, locationId, scopes, app }: Holder) {
  const { clientId, companyId, agencyTokenId } = app
  const appId = appIdOf(clientId)
  return {
    authClass: kind === 'agency' ? 'Company' : 'Location',
    authClassId: locationId,
    source: 'INTEGRATION',
    sourceId: clientId,
    channel: 'OAUTH',
    // Where the app was installed: of a token that an agency's was exchanged for, that is the company.
    primaryAuthClassId: agencyTokenId ? companyId : locationId,
    oauthMeta: { scopes, client: appId, clientKey: clientId, versionId: appId },
  }
}
