import { createHash } from 'node:crypto'
import { callersLocations, type Location } from '../accounts/locations.ts'
import * as locations from '../accounts/locationTable.ts'
import { commitCallers } from '../callers.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { fold } from '../text.ts'
import { giveSecrets, insertGrant, installsOf } from '../tokens/grants.ts'
import type { AppGrant, Token } from '../tokens/token.ts'
import * as tokens from '../tokens/tokenTable.ts'
import { type Holder, signAccess } from './accessToken.ts'
import { appIdOf } from './apps/app.ts'
import type { Given } from './exchange.ts'
import { refused } from './refused.ts'
import { within } from './within.ts'

/** What an app does with the grant for a whole company: it looks where it is installed, and takes a token for a location. */

interface Place {
  companyId: string
  locationId: string
}

/** A token for one location, for the company's; it ends with the company's, whatever else becomes of it. */
export async function createLocationToken(ctx: Context, { companyId, locationId }: Place): Promise<Given> {
  const agency = await requireAgency(ctx, companyId)
  const location = await locations.find(ctx.store, locationId)
  if (location?.companyId !== companyId) throw inactive()

  const app: AppGrant = { ...agency.app, agencyTokenId: agency.id }
  const holder: Holder = { kind: 'oauth', locationId, scopes: agency.scopes, app }
  const access = await signAccess(ctx, holder)
  const inside = within(ctx, locationId, 'token', agency.id)
  const id = derivedId(agency.id, locationId)
  return commitCallers(inside, async (tx) => {
    const known = await tokens.findLocked(tx, locationId, id)
    // Somebody took the app out of this location alone.
    if (known && known.revokedAt !== null) throw inactive()
    const grant = known ?? (await insertGrant(inside, tx, { ...holder, kind: 'oauth', id, name: agency.name }))
    return { grant, access: access.secret, refresh: await giveSecrets(inside, tx, grant, access) }
  })
}

export interface InstallSearch {
  companyId: string
  /** The app's id, or its whole client id. */
  appId: string
  locationId?: string | undefined
  query?: string | undefined
  isInstalled?: boolean | undefined
  /** There is one version of an app, named as the app is. */
  versionId?: string | undefined
  skip: number
  limit: number
}

/** A location of the company, and since when the app is there. */
export interface Installed {
  location: Location
  installedAt: number | null
}

/** The company's locations and where the app is; an installation has as many as can be read whole and chosen from. */
export async function searchInstalled(ctx: Context, by: InstallSearch): Promise<{ found: Installed[]; count: number }> {
  const agency = await requireAgency(ctx, by.companyId)
  const { app } = agency
  if (by.appId !== app.clientId && by.appId !== appIdOf(app.clientId))
    throw new DomainError('forbidden', 'The token does not have access to this app.')

  const installs = await installsOf(ctx.store, app.clientId)
  const since = (place: string) => installs.find(({ locationId }) => locationId === place)?.installedAt
  const everywhere = since(by.companyId)
  /** With all the others, unless somebody took the app out of this one. */
  async function sinceAll({ id, createdAt }: Location): Promise<number | null> {
    const own = await tokens.find(ctx.store, id, derivedId(agency.id, id))
    return everywhere === undefined || (own && own.revokedAt !== null) ? null : Math.max(everywhere, createdAt)
  }
  const meant = (await callersLocations(ctx)).filter((location) => isMeant(location, by))
  const all = await Promise.all(
    meant.map(async (location) => ({ location, installedAt: since(location.id) ?? (await sinceAll(location)) })),
  )
  const found = all.filter((one) => isSo(one, by, appIdOf(app.clientId)))
  return { found: found.slice(by.skip, by.skip + by.limit), count: found.length }
}

const isMeant = ({ id, name }: Location, { locationId, query = '' }: InstallSearch): boolean =>
  (locationId === undefined || locationId === id) && fold(name).includes(fold(query))

const isSo = ({ installedAt }: Installed, { isInstalled, versionId }: InstallSearch, version: string): boolean =>
  (isInstalled === undefined || isInstalled === (installedAt !== null)) &&
  (versionId === undefined || (installedAt !== null && versionId === version))

async function requireAgency(ctx: Context, companyId: string): Promise<Token & { app: AppGrant }> {
  if (ctx.caller.locationId !== companyId)
    throw new DomainError('forbidden', 'The token does not have access to this company.')
  return (await tokens.find(ctx.store, companyId, ctx.caller.id)) as Token & { app: AppGrant }
}

const inactive = () => refused('invalid_request', 'Location is not active')

/** One for each agency's grant and location, so that asking again and again makes nothing more. */
const derivedId = (agencyTokenId: string, locationId: string) =>
  createHash('sha256').update(`${agencyTokenId} ${locationId}`).digest('base64').replace(/[^\w]/g, '').slice(0, 20)
