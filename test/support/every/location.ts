import type { Crm } from '../../harness.ts'
import type { Call } from './call.ts'

export async function furnishLocation(crm: Crm, call: Call) {
  const { locationId } = crm
  const here = { params: { locationId } }
  const companyId = (await call('get-location', here)).location.companyId
  await call('put-location', { ...here, body: { companyId, name: 'Renamed' } })
  await call('search-locations')
  for (const id of ['get-timezones', 'get-location-tags', 'get-custom-values', 'get-custom-fields'])
    await call(id, here)
  for (const id of ['get-workflow', 'get-campaigns', 'get-pipelines', 'get-lost-reason']) {
    await call(id, { query: { locationId } })
  }

  await nameThings(locationId, call)
  await employ(crm, companyId, call)
}

async function nameThings(locationId: string, call: Call) {
  const here = { params: { locationId } }
  const { tag } = await call('create-tag', { ...here, body: { name: 'spring' } })
  await call('get-tag-by-id', { params: { locationId, tagId: tag.id } })
  const { customValue } = await call('create-custom-value', { ...here, body: { name: 'A', value: 'B' } })
  const ofValue = { locationId, id: customValue.id }
  await call('get-custom-value', { params: ofValue })
  await call('update-custom-value', { params: ofValue, body: { name: 'A', value: 'C' } })
  await call('delete-custom-value', { params: ofValue })
}

async function employ(crm: Crm, companyId: string, call: Call) {
  const { locationId } = crm
  const user = { firstName: 'Ada', lastName: 'L', email: 'ada@example.com', role: 'user', type: 'account', companyId }
  const { id: userId } = await call('create-user', { body: { ...user, locationIds: [locationId] } })
  await call('get-user', { params: { userId } })
  const { users } = await call('get-user-by-location', { query: { locationId } })
  const admin = users.find(({ email }: { email: string }) => email === crm.first.admin.email)
  await call('update-user', { params: { userId: admin.id }, body: { email: 'boss@example.com' } })
  await call('search-users', { query: { companyId, query: 'ada', ids: userId } })
  await call('filter-users-by-email', { body: { companyId, emails: ['ada@example.com'] } })
  await call('update-user', { params: { userId }, body: { firstName: 'Eve', email: 'eve@example.com' } })
  await call('delete-user', { params: { userId } })
  await call('create-user', { body: { ...user, email: 'eve@example.com', locationIds: [locationId] } })
}
