import { plant } from '../../../src/cli/seed/plant.ts'
import { listLocations } from '../../../src/domain/accounts/locations.ts'
import { bootstrap, firstLocation, openLocation } from '../../../src/domain/installation/bootstrap.ts'
import { getStageTotals } from '../../../src/domain/opportunities/queries.ts'
import { flushPages, recallPage, rememberPage } from '../../../src/domain/search/pageMemory.ts'
import { countRequests } from '../../../src/domain/tokens/requestCounter.ts'
import {
  createToken,
  findToken,
  listTokens,
  revokeToken,
  rotateToken,
  touchTokens,
  updateToken,
} from '../../../src/domain/tokens/tokens.ts'
import type { Store } from '../../../src/store/database.ts'
import type { Crm } from '../../harness.ts'

/** What the verbs of the command line do, and the server itself beside its operations. */
export async function runEverything(crm: Crm): Promise<void> {
  const { locationId, app } = crm
  const { store } = app
  const ctx = crm.as(locationId)
  await listLocations(store)
  await getStageTotals(ctx)
  await getStageTotals(ctx, crm.pipeline.id)
  const { token } = await openLocation(ctx, { name: 'Second' })
  await plant(crm.as(token.locationId), 3)

  await recallPage(ctx, 'a place nobody was at')
  rememberPage(ctx, 'a place', { status: 'open' }, true)
  await flushPages(store, Date.now())

  const made = await createToken(ctx, { name: 'Made' })
  await findToken(store, made.secret, Date.now())
  await updateToken(ctx, made.token.id, { name: 'Named' })
  for (const now of [false, true]) await rotateToken(ctx, made.token.id, { now })
  await listTokens(ctx)
  await touchTokens(store, new Map([[`${locationId} ${made.token.id}`, Date.now()]]))
  await revokeToken(ctx, made.token.id)
  const limits = { burst: 100, interval: 10_000, daily: 200_000 }
  await countRequests(store, { locationId, tokenId: made.token.id, count: 1, now: Date.now(), ...limits })
}

/** The first start, on an empty store. */
export async function startOnce(store: Store): Promise<void> {
  await bootstrap(store, Date.now())
  await firstLocation(store)
}
