import sql from 'sql-template-tag'
import type { Store, Transaction } from '../../store/database.ts'
import { firstLocation, insertLocation, type Location, type NewLocation } from '../accounts/locations.ts'
import { hashPassword, newPassword } from '../accounts/password.ts'
import { insertUser } from '../accounts/users.ts'
import { commit } from '../commit.ts'
import type { Context } from '../context.ts'
import { insertPipeline } from '../pipelines/commands.ts'
import { allScopes } from '../tokens/scopes.ts'
import { type Issued, insertToken } from '../tokens/tokens.ts'

export { firstLocation }

/** What the first start made; the secrets among it can never be read again. */
export interface FirstStart {
  locationId: string
  /** A private integration token with all scopes, for v2 and v3. */
  token: string
  /** For v1. */
  apiKey: string
  admin: { email: string; password: string }
}

/** Ready for its first opportunity: a location with a pipeline and a token. */
interface OpenedLocation extends Issued {
  location: Location
}

const adminEmail = 'admin@pipewright.local'

/** The pipeline of HighLevel's own recipes. */
const salesPipeline = {
  name: 'Sales Pipeline',
  stages: [{ name: 'New Lead' }, { name: 'Qualified' }, { name: 'Proposal Sent' }, { name: 'Closed Won' }],
}

/** Furnishes an empty database, once, whoever starts first and wherever a start is cut short; undefined ever after. */
export async function bootstrap(store: Store, now: number): Promise<FirstStart | undefined> {
  if (await firstLocation(store)) return undefined
  const password = newPassword()
  const hash = await hashPassword(password)
  return store.transaction(async (tx) => {
    await tx.alone('bootstrap')
    if (await firstLocation(tx)) return undefined
    return furnish(contextOf(store, now), tx, password, hash)
  })
}

/** Another customer's location, with the same pipeline and a token of its own. */
export async function openLocation(ctx: Context, wanted: NewLocation): Promise<OpenedLocation> {
  return commit(ctx, (tx) => insertOpened(ctx, tx, wanted))
}

async function furnish(ctx: Context, tx: Transaction, password: string, hash: string): Promise<FirstStart> {
  const { location, secret } = await insertOpened(ctx, tx, { name: 'My Business' })
  const inside = within(ctx, location)
  const wanted = { firstName: 'Admin', email: adminEmail, role: 'admin' } as const
  const admin = await insertUser(inside, tx, wanted, hash)
  const key = await insertToken(inside, tx, { name: 'First API key', kind: 'v1' })
  await tx.run(sql`insert into installation (name, value) values ('first_location', ${location.id})`)

  return {
    locationId: location.id,
    token: secret,
    apiKey: key.secret,
    admin: { email: admin.email, password },
  }
}

async function insertOpened(ctx: Context, tx: Transaction, wanted: NewLocation): Promise<OpenedLocation> {
  const location = await insertLocation(ctx, tx, wanted)
  const inside = within(ctx, location)
  await insertPipeline(inside, tx, salesPipeline)
  return { location, ...(await insertToken(inside, tx, { name: 'First token' })) }
}

const within = (ctx: Context, location: Location): Context => ({
  ...ctx,
  caller: { ...ctx.caller, locationId: location.id },
})

/** Nobody asked: the program furnishes itself. */
function contextOf(store: Store, now: number): Context {
  const caller = { locationId: '', kind: 'system', id: 'bootstrap', scopes: new Set<string>(allScopes) } as const
  return { store, caller, now: () => now, wake: () => {} }
}
