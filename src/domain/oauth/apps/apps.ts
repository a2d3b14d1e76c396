import { timingSafeEqual } from 'node:crypto'
import type { Database, Transaction } from '../../../store/database.ts'
import type { Context } from '../../context.ts'
import { notFound } from '../../errors.ts'
import { installsOf } from '../../tokens/grants.ts'
import { requireHeld } from '../../tokens/held.ts'
import { hashOf } from '../../tokens/token.ts'
import { revokeToken } from '../../tokens/tokens.ts'
import { refused } from '../refused.ts'
import { type App, type AppChange, change, draft, type NewApp, newClientId, newClientSecret } from './app.ts'
import * as apps from './appTable.ts'
import { requireOurs } from './installs.ts'

export {
  type App,
  type AppChange,
  appIdOf,
  type Distribution,
  distributions,
  type NewApp,
  readRedirectUri,
} from './app.ts'

/** An app with its secret, which nobody can read again. */
export interface MadeApp {
  app: App
  secret: string
}

/** Apps belong to the installation, not to a location. */
export async function createApp(ctx: Context, wanted: NewApp): Promise<MadeApp> {
  const app = draft(wanted, newClientId(), ctx.now())
  requireHeld(ctx.caller, app.scopes)
  const secret = newClientSecret()
  await ctx.store.transaction((tx) => apps.insert(tx, app, hashOf(secret)))
  return { app, secret }
}

/** Oldest first, with how many times each is installed. */
export async function listApps(db: Database): Promise<{ app: App; installs: number }[]> {
  const all = (await apps.list(db)).filter(({ deletedAt }) => deletedAt === null).map(bare)
  return Promise.all(all.map(async (app) => ({ app, installs: (await installsOf(db, app.clientId)).length })))
}

/** Name, addresses and scopes change without touching the secret, or what people allowed already. */
export async function updateApp(ctx: Context, clientId: string, wanted: AppChange): Promise<App> {
  await requireOurs(ctx, clientId)
  return ctx.store.transaction(async (tx) => {
    if (!(await apps.isOpen(tx, clientId))) throw notFound('App')
    const before = await getApp(tx, clientId)
    const after = change(before, wanted)
    const added = after.scopes.filter((scope) => !before.scopes.includes(scope))
    requireHeld(ctx.caller, added)
    await apps.update(tx, after)
    return after
  })
}

/** Gives the app a new secret; the old one ends at once, what people allowed stays. */
export async function rotateAppSecret(ctx: Context, clientId: string): Promise<MadeApp> {
  await requireOurs(ctx, clientId)
  const secret = newClientSecret()
  const changed = await ctx.store.transaction((tx) => apps.rotate(tx, clientId, hashOf(secret), ctx.now()))
  if (changed === 0) throw notFound('App')
  return { app: await getApp(ctx.store, clientId), secret }
}

/**
 * Ends the app and all that it was allowed. Each grant is of another location, so each is a transaction of its own; a
 * deletion that is cut short has closed the app already, and goes on when it is asked for again.
 */
export async function deleteApp(ctx: Context, clientId: string): Promise<App> {
  const app = await apps.find(ctx.store, clientId)
  if (!app) throw notFound('App')
  await requireOurs(ctx, clientId)
  await ctx.store.transaction((tx) => apps.close(tx, clientId, ctx.now()))
  for (const { locationId, tokenId } of await installsOf(ctx.store, clientId)) {
    await revokeToken({ ...ctx, caller: { ...ctx.caller, locationId } }, tokenId)
  }
  await ctx.store.transaction((tx) => apps.remove(tx, clientId))
  return bare(app)
}

export async function getApp(db: Database, clientId: string): Promise<App> {
  const app = await apps.find(db, clientId)
  if (!app || app.deletedAt !== null) throw notFound('App')
  return bare(app)
}

/** The app that shows its own id and secret; nobody learns which of the two was wrong. */
export async function authenticateApp(db: Database, clientId: string, secret: string): Promise<App> {
  const app = await apps.find(db, clientId)
  const isOwn = app && timingSafeEqual(Buffer.from(app.secretHash), Buffer.from(hashOf(secret)))
  if (!isOwn || app.deletedAt !== null) throw unknownClient()
  return bare(app)
}

/** Whoever is to let the app in holds it first: either it is deleted already, or its deletion finds what is made here. */
export async function holdApp(tx: Transaction, clientId: string): Promise<void> {
  if (!(await apps.isOpen(tx, clientId))) throw unknownClient()
}

const unknownClient = () => refused('invalid_client', 'Invalid client: client is invalid')

const bare = ({ secretHash: _, deletedAt: __, ...app }: apps.Kept): App => app
