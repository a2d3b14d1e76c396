import { createUser } from '../../../src/domain/accounts/users.ts'
import { deleteApp, listApps, rotateAppSecret } from '../../../src/domain/oauth/apps/apps.ts'
import type { Crm } from '../../harness.ts'
import { codeFor, exchange, givenApp, grant, refresh } from '../oauth.ts'

/** Everything that becomes of an app: made, let in, renewed, used twice, exchanged, taken out, deleted. */
export async function letAppsIn(crm: Crm): Promise<void> {
  const ctx = crm.as(crm.locationId)
  const made = await givenApp(crm, { name: 'Driven' })
  const { secret } = await rotateAppSecret(ctx, made.clientId)
  const app = { ...made, clientSecret: secret }
  await listApps(crm.app.store)

  const wish = { email: 'opener@example.com', password: 'a good long password' }
  await createUser(ctx, { firstName: 'Opal', role: 'admin', ...wish })
  const code = await codeFor(crm, app, wish)
  await exchange(crm, app, code)
  await exchange(crm, app, code)
  const single = await grant(crm, app, wish)
  await refresh(crm, app, single.refresh_token)
  await refresh(crm, app, single.refresh_token)

  const { access_token: token, companyId } = await grant(crm, app, { ...wish, location: 'all' })
  for (let asked = 0; asked < 2; asked++) {
    await crm.v2.post('/oauth/locationToken', { companyId, locationId: crm.locationId }, { token })
  }
  await crm.v2.get(`/oauth/installedLocations?companyId=${companyId}&appId=${app.appId}`, { token })
  await crm.v2.get('/locations/search', { token })
  const secrets = { client_id: app.clientId, client_secret: app.clientSecret }
  await crm.v2.post('/oauth/revoke', { ...secrets, token })
  await grant(crm, app, wish)
  await deleteApp(ctx, app.clientId)
}
