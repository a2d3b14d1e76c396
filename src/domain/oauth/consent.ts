import type { Database } from '../../store/database.ts'
import { firstLocation, type Location, listLocations } from '../accounts/locations.ts'
import type { User } from '../accounts/users.ts'
import * as users from '../accounts/userTable.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { isScope, type Scope } from '../tokens/scopes.ts'
import { hashOf } from '../tokens/token.ts'
import { type App, getApp } from './apps/apps.ts'
import { type Challenge, codeLife, newCode } from './code.ts'
import * as codes from './codeTable.ts'
import { refused } from './refused.ts'
import type { SignedIn } from './signIn.ts'

/** Where somebody may let an app in. */
export interface Choices {
  user: User
  companyId: string
  locations: Location[]
  /** The whole company, with the locations that are still to come. */
  all: boolean
}

/** What an app asks a person for. */
export interface Request {
  clientId: string
  redirectUri: string
  scopes: Scope[]
  challenge?: Challenge
}

/** How long a used code is remembered, so that who comes with it again is known for what they are. */
const remembered = 24 * 60 * 60 * 1000

/** The app, where people may be sent back to this address; a wrong one must never be followed, so it is no redirect. */
export async function getAskingApp(db: Database, clientId: string, redirectUri: string): Promise<App> {
  const app = await getApp(db, clientId)
  if (!app.redirectUris.includes(redirectUri)) throw new DomainError('forbidden', 'The redirect URI is not registered.')
  return app
}

/** What is asked for, each once; everything that the app may have unless scopes are named. */
export function readAskedScopes(app: App, named: readonly string[]): Scope[] {
  if (named.length === 0) return app.scopes
  const unknown = named.find((name) => !isScope(name))
  if (unknown !== undefined) throw refused('invalid_scope', `Invalid scope: ${unknown} is not a scope`)
  const beyond = named.find((name) => !app.scopes.includes(name as Scope))
  if (beyond !== undefined) throw refused('invalid_scope', `Invalid scope: the app may not ask for ${beyond}`)
  return app.scopes.filter((scope) => named.includes(scope))
}

/**
 * An admin acts for their location; one of the first location acts for the company, which owns them all. Refuses
 * whoever has no choice at all, and says why.
 */
export async function choicesOf(db: Database, app: App, { locationId, userId }: SignedIn): Promise<Choices> {
  const user = await users.find(db, locationId, userId)
  if (!user || user.deleted) throw new DomainError('unauthorized', 'This user is not there any more.')
  if (user.role !== 'admin') throw new DomainError('forbidden', 'Only an admin of a location may let an app in.')

  const everywhere = await listLocations(db)
  const own = everywhere.find(({ id }) => id === locationId) as Location
  const ofCompany = everywhere.filter(({ companyId }) => companyId === own.companyId)
  const isForAll = (await firstLocation(db)) === locationId
  const all = isForAll && app.distribution !== 'location'
  const locations = app.distribution === 'company' ? [] : isForAll ? ofCompany : [own]
  if (!all && locations.length === 0)
    throw new DomainError('forbidden', 'This app can only be let in by an admin of the company, for all locations.')
  return { user, companyId: own.companyId, locations, all }
}

/** Lets the app in where the person chose; a location's id, or `all`. Answers the code to send the app. */
export async function allow(ctx: Context, request: Request, signedIn: SignedIn, chosen: string): Promise<string> {
  const app = await getAskingApp(ctx.store, request.clientId, request.redirectUri)
  const { companyId, locations, all } = await choicesOf(ctx.store, app, signedIn)
  const isAll = chosen === 'all' && all
  if (!isAll && !locations.some(({ id }) => id === chosen))
    throw new DomainError('forbidden', 'You may not let an app into this location.')

  const { redirectUri, challenge } = request
  const scopes = readAskedScopes(app, request.scopes)
  const kind = isAll ? ('agency' as const) : ('oauth' as const)
  const consent = { kind, companyId, userId: signedIn.userId, scopes, redirectUri, ...(challenge && { challenge }) }
  const code = newCode()
  await ctx.store.transaction(async (tx) => {
    await codes.prune(tx, ctx.now() - remembered)
    const place = { clientId: app.clientId, locationId: isAll ? companyId : chosen }
    await codes.insert(tx, { hash: hashOf(code), ...place, consent, expiresAt: ctx.now() + codeLife, tokenId: null })
  })
  return code
}
