import { callersLocations } from '../accounts/locations.ts'
import { commitCallers } from '../callers.ts'
import type { Context } from '../context.ts'
import { newId } from '../ids.ts'
import { endSecrets, findRefresh, giveSecrets, insertGrant, renew } from '../tokens/grants.ts'
import { type AppGrant, hashOf, type Token } from '../tokens/token.ts'
import * as tokens from '../tokens/tokenTable.ts'
import { type Holder, signAccess } from './accessToken.ts'
import type { App } from './apps/app.ts'
import { authenticateApp, holdApp } from './apps/apps.ts'
import { type Code, check, type Shown } from './code.ts'
import * as codes from './codeTable.ts'
import { invalidGrant } from './refused.ts'
import { within } from './within.ts'

/** What an app takes away: the grant, and the secrets of it that nobody can read again. */
export interface Given {
  grant: Token
  access: string
  refresh: string
}

/** How an app shows that it may have tokens: who it is, and a code or a refresh token that it was given. */
export interface Asking {
  clientId: string
  clientSecret: string
  grant: ({ type: 'authorization_code'; code: string } & Shown) | { type: 'refresh_token'; refreshToken: string }
}

/** What an app is given for its code or refresh token, and where that is good. */
export async function giveTokens(ctx: Context, asking: Asking): Promise<Given & { approvedLocations: string[] }> {
  const app = await authenticateApp(ctx.store, asking.clientId, asking.clientSecret)
  const { grant } = asking
  const given =
    grant.type === 'refresh_token'
      ? await refresh(ctx, app, grant.refreshToken)
      : await exchangeCode(ctx, app, grant.code, grant)
  return { ...given, approvedLocations: await approvedLocations(ctx, given.grant) }
}

/** What somebody agreed to, for its code. A code that comes a second time was stolen: what it gave ends. */
async function exchangeCode(ctx: Context, app: App, secret: string, shown: Shown): Promise<Given> {
  const hash = hashOf(secret)
  const code = await codes.find(ctx.store, hash)
  if (!code || code.clientId !== app.clientId) throw invalidGrant('authorization code is invalid')
  if (code.tokenId !== null) return undo(ctx, code.locationId, code.tokenId)
  check(code, shown, ctx.now())

  const holder = holderOf(code)
  const access = await signAccess(ctx, holder)
  const inside = within(ctx, code.locationId, 'user', code.consent.userId)
  const id = newId()
  const given = await commitCallers(inside, async (tx) => {
    await holdApp(tx, app.clientId)
    if ((await codes.use(tx, hash, id)) === 0) return null
    const grant = await insertGrant(inside, tx, { ...holder, id, name: app.name })
    return { grant, access: access.secret, refresh: await giveSecrets(inside, tx, grant, access) }
  })
  if (given) return given
  const used = await codes.find(ctx.store, hash)
  return undo(ctx, code.locationId, used?.tokenId ?? '')
}

/** The next refresh token and a new access token, for a refresh token that was never used. */
async function refresh(ctx: Context, app: App, secret: string): Promise<Given> {
  const found = await findRefresh(ctx.store, secret, ctx.now())
  if (found?.grant.app?.clientId !== app.clientId) throw invalidGrant('refresh token is invalid')
  if (found.hasEnded) throw invalidGrant('refresh token has expired')

  const { grant } = found
  const access = await signAccess(ctx, grant as Holder)
  const inside = within(ctx, grant.locationId, 'token', grant.id)
  const next = await commitCallers(inside, (tx) => renew(inside, tx, grant, secret, access))
  if (next === null) throw invalidGrant('refresh token is invalid')
  return { grant, access: access.secret, refresh: next }
}

async function undo(ctx: Context, locationId: string, tokenId: string): Promise<never> {
  const inside = within(ctx, locationId, 'token', tokenId)
  await commitCallers(inside, async (tx) => {
    const grant = await tokens.findLocked(tx, locationId, tokenId)
    if (grant && grant.revokedAt === null) await endSecrets(inside, tx, grant)
  })
  throw invalidGrant('authorization code is invalid')
}

function holderOf({ clientId, locationId, consent }: Code): Holder {
  const app: AppGrant = { clientId, companyId: consent.companyId, userId: consent.userId }
  return { kind: consent.kind, locationId, scopes: consent.scopes, app }
}

/** A location's grant is good there; an agency's, where the company has locations at this moment. */
async function approvedLocations(ctx: Context, { kind, locationId }: Token): Promise<string[]> {
  if (kind !== 'agency') return [locationId]
  const { caller } = within(ctx, locationId, 'token', '')
  return (await callersLocations({ ...ctx, caller: { ...caller, isAgency: true } })).map(({ id }) => id)
}
