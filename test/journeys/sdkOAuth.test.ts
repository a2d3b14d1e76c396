import { GHLAuthenticationError, type HighLevel, UserType } from '@gohighlevel/api-client'
import { beforeAll, describe, expect, test } from 'vitest'

import { findToken, revokeToken } from '../../src/domain/tokens/tokens.ts'
import { onEveryStore } from '../harness.ts'
import { type App, callback, givenApp, openBrowser } from '../support/oauth.ts'
import { connectApp } from '../support/sdk.ts'

const scope =
  'opportunities.readonly opportunities.write contacts.readonly contacts.write locations.readonly oauth.readonly oauth.write'
const day = 86_400_000

onEveryStore('the official client, let in by OAuth', (crm) => {
  let app: App
  beforeAll(async () => {
    app = await givenApp(crm)
  })

  /** The client of an app, and the requests that it made. */
  function connect(apiVersion?: string) {
    const sdk = connectApp(crm.url, app, apiVersion ? { apiVersion } : {})
    const sent: string[] = []
    sdk.addRequestInterceptor({
      onFulfilled(config) {
        sent.push(`${config.method} ${config.url}`)
        return config
      },
    })
    return { sdk, sent }
  }

  /** Follows the address that the client makes, as a person would: signs in, chooses, comes back with a code. */
  async function letIn(sdk: HighLevel, location: string): Promise<string> {
    const url = new URL(sdk.oauth.getAuthorizationUrl(app.clientId, callback, scope))
    const address = url.pathname + url.search
    const browser = openBrowser(crm.url)
    const first = await browser.visit(address)
    const second = await browser.submit(address, first, { action: 'sign-in', ...crm.first.admin })
    const back = await browser.submit(address, second, { action: 'allow', location })
    return new URL(back.location ?? '').searchParams.get('code') as string
  }

  async function signIn(sdk: HighLevel, location: string) {
    const session = await sdk.oauth.getAccessToken({
      client_id: app.clientId,
      client_secret: app.clientSecret,
      grant_type: 'authorization_code',
      code: await letIn(sdk, location),
      user_type: location === 'all' ? UserType.Company : UserType.Location,
      redirect_uri: callback,
    })
    await sdk.getSessionStorage().setSession((session.locationId ?? session.companyId) as string, session as never)
    return session
  }

  describe.each([undefined, 'v3'])('as version %s', (apiVersion) => {
    test('signs in and carries a deal from its contact to the end', async () => {
      const { sdk } = connect(apiVersion)
      const { locationId } = crm
      const session = await signIn(sdk, locationId)

      const { contact } = await sdk.contacts.createContact({ locationId, firstName: 'Ada' })
      const deal = { locationId, pipelineId: crm.pipeline.id, name: 'Engine', status: 'open' as const }
      const { opportunity } = await sdk.opportunities.createOpportunity(
        { ...deal, contactId: contact?.id as string },
        { headers: { locationId } },
      )
      const id = opportunity?.id as string
      const headers = { headers: { locationId } }
      await sdk.opportunities.updateOpportunityStatus({ id }, { status: 'won' }, headers)

      expect(session).toMatchObject({ userType: 'Location', locationId, scope, expires_in: 86399 })
      const { opportunity: won } = await sdk.opportunities.getOpportunity({ id }, headers)
      expect(won).toMatchObject({ name: 'Engine', status: 'won', contactId: contact?.id })
    })

    test('finds its access token expired, refreshes it once and goes on', async () => {
      const { sdk, sent } = connect(apiVersion)
      const { locationId } = crm
      const session = await signIn(sdk, locationId)
      await sdk.opportunities.getPipelines({ locationId })
      crm.advance(day)
      sent.splice(0)

      const found = await Promise.all([1, 2, 3].map(() => sdk.opportunities.getPipelines({ locationId })))

      for (const { pipelines } of found) expect(pipelines).toHaveLength(1)
      expect(sent.filter((line) => line.includes('/oauth/token'))).toEqual(['post /oauth/token'])
      const kept = await sdk.getSessionStorage().getSession(locationId)
      expect(kept?.access_token).not.toBe(session.access_token)
      expect(kept?.refresh_token).not.toBe(session.refresh_token)

      crm.advance(day)
      expect((await sdk.opportunities.getPipelines({ locationId })).pipelines).toHaveLength(1)
    })

    test('takes a location’s token for the company’s, finds where it is installed, and works there', async () => {
      const { sdk } = connect(apiVersion)
      const other = await crm.given.location()
      const { companyId = '', approvedLocations } = await signIn(sdk, 'all')

      const token = await sdk.oauth.getLocationAccessToken({ companyId, locationId: other.id })
      await sdk.getSessionStorage().setSession(other.id, { ...token, companyId } as never)
      const { pipelines } = await sdk.opportunities.getPipelines({ locationId: other.id })
      const installed = await sdk.oauth.getInstalledLocation({ companyId, appId: app.appId, locationId: other.id })

      expect(approvedLocations).toContain(other.id)
      expect(pipelines).toMatchObject([{ id: other.pipeline.id }])
      expect(installed).toMatchObject({
        locations: [{ _id: other.id, name: 'Elsewhere', isInstalled: true }],
        count: 1,
        installToFutureLocations: true,
      })
    })
  })

  test('falls back to the company’s token where the location’s cannot be refreshed', async () => {
    const { sdk, sent } = connect()
    const other = await crm.given.location()
    const { companyId = '' } = await signIn(sdk, 'all')
    const token = await sdk.oauth.getLocationAccessToken({ companyId, locationId: other.id })
    const session = { ...token, companyId, userType: UserType.Location, refresh_token: 'lost', access_token: 'a.b.c' }
    await sdk.getSessionStorage().setSession(other.id, session as never)
    sent.splice(0)

    const { pipelines } = await sdk.opportunities.getPipelines({ locationId: other.id })

    expect(pipelines).toMatchObject([{ id: other.pipeline.id }])
    const read = 'get /opportunities/pipelines'
    expect(sent).toEqual([read, 'post /oauth/token', 'post /oauth/locationToken', read])
  })

  test('is told in words when it has been taken out', async () => {
    const { sdk } = connect()
    const { locationId } = crm
    const session = await signIn(sdk, locationId)
    const found = await findToken(crm.app.store, session.access_token as string, crm.as('').now())
    await revokeToken(crm.as(locationId), found?.token.id as string)
    crm.advance(1000)

    const error = await sdk.opportunities.getPipelines({ locationId }).catch((error: unknown) => error)
    const again = await sdk.oauth
      .refreshToken(session.refresh_token as string, app.clientId, app.clientSecret, 'refresh_token', UserType.Location)
      .catch((error: unknown) => error)

    expect(error).toBeInstanceOf(GHLAuthenticationError)
    expect(error).toMatchObject({ message: 'Invalid token: access token is invalid', statusCode: 401 })
    expect(again).toMatchObject({
      message: 'Invalid grant: refresh token is invalid',
      statusCode: 400,
      response: { error: 'invalid_grant' },
    })
  })
})
