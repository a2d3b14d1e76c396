import { beforeAll, expect, test } from 'vitest'
import { listTokens, revokeToken } from '../../../src/domain/tokens/tokens.ts'
import { onEveryStore } from '../../harness.ts'
import { givenApp, grant } from '../../support/oauth.ts'
import { refused, unauthorized } from '../../support/refused.ts'

onEveryStore('whom the console lets in', (crm) => {
  let agency: string
  beforeAll(async () => {
    agency = (await grant(crm, await givenApp(crm), { location: 'all' })).access_token
  })

  test.each([
    ['GET', '/console/webhooks'],
    ['POST', '/console/webhooks'],
    ['GET', '/console/workflows'],
    ['POST', '/console/workflows/x/publish'],
    ['GET', '/console/runs'],
    ['POST', '/console/runs/x/retry'],
  ])('is nobody who stands for the whole company: %s %s', async (method, path) => {
    expect(refused(await crm.ask(method, path, { token: agency }))).toEqual(
      unauthorized('Invalid token: access token is invalid', 'Unauthorized'),
    )
  })

  test('is nobody whose token was revoked, from that very moment on', async () => {
    const admin = await crm.given.token()
    const ask = (token: string) => crm.v2.get('/console/webhooks', { token })
    expect((await ask(admin)).status).toBe(200)
    const ctx = crm.as(crm.locationId)
    const last = (await listTokens(ctx)).at(-1)

    await revokeToken(ctx, last?.id as string)

    expect(refused(await ask(admin))).toEqual(unauthorized('Invalid Private Integration token'))
    expect((await crm.v2.get('/console/webhooks')).status).toBe(200)
  })
})
