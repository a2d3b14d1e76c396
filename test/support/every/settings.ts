import { allScopes } from '../../../src/domain/tokens/scopes.ts'
import type { Crm } from '../../harness.ts'
import { callback } from '../oauth.ts'

/** What admins see to in the web app's settings and lists: tokens, apps, bulk changes, files, the log of requests. */
export async function keepHouse(crm: Crm): Promise<void> {
  const keeper = { token: await crm.given.token(allScopes) }
  await keepTokens(crm, keeper)
  await keepApps(crm, keeper)
  await crm.v2.get(`/console/pipelines/${crm.pipeline.id}/deletion`)
  await moveFiles(crm)
  for (const path of ['requests', 'requests/none']) await crm.v2.get(`/console/${path}`, keeper)
}

async function keepTokens(crm: Crm, keeper: { token: string }) {
  const { body } = await crm.v2.post('/console/tokens', { name: 'Kept' }, keeper)
  const path = `/console/tokens/${body.token.id}`
  await crm.v2.get('/console/tokens', keeper)
  await crm.v2.put(path, { name: 'Named' }, keeper)
  await crm.v2.post(`${path}/rotate`, {}, keeper)
  await crm.v2.delete(path, undefined, keeper)
  await crm.v2.get('/console/scopes', keeper)
}

async function keepApps(crm: Crm, keeper: { token: string }) {
  const { body } = await crm.v2.post('/console/apps', { name: 'Kept', redirectUris: [callback] }, keeper)
  const path = `/console/apps/${body.app.clientId}`
  await crm.v2.get('/console/apps', keeper)
  await crm.v2.put(path, { name: 'Named' }, keeper)
  await crm.v2.post(`${path}/rotate-secret`, {}, keeper)
  await crm.v2.delete(`${path}/installs/none`, undefined, keeper)
  await crm.v2.delete(path, undefined, keeper)
}

async function moveFiles(crm: Crm) {
  const place = crm.pipeline.id
  const files = [
    `External ID,Name,Email,Pipeline\nA,One,file@example.com,${place}`,
    `Name,Email,Pipeline\nTwo,file@example.com,${place}`,
  ]
  for (const file of files) {
    await crm.v2.post('/console/opportunities/import?dryRun=true', file)
    for (const _ of ['made', 'found']) await crm.v2.post('/console/opportunities/import', file)
  }
  await crm.v2.get('/console/opportunities.csv?query=one&status=open')
  const { opportunities } = (await crm.v2.get(`/opportunities/search?location_id=${crm.locationId}&q=file@example`))
    .body
  const ids = opportunities.map(({ id }: { id: string }) => id)
  await crm.v2.post('/console/opportunities/bulk', { ids, action: 'tag', tags: ['filed'] })
  await crm.v2.post('/console/opportunities/bulk', { ids, action: 'delete' })
}
