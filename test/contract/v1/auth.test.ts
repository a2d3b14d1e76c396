import { describe, expect, test } from 'vitest'
import { v1 } from '../../../src/api/v1/routes.ts'
import { v2 } from '../../../src/api/v2/routes.ts'
import { v3 } from '../../../src/api/v3/routes.ts'
import { createToken, revokeToken } from '../../../src/domain/tokens/tokens.ts'
import { highLevelLimits } from '../../../src/limits.ts'
import { onEveryStore, type Reply } from '../../harness.ts'
import { refused as refusedAs, unauthorized } from '../../support/refused.ts'
import { place, refused, rowOf } from './expected.ts'

const wrongKind = unauthorized('Invalid token: access token is invalid', 'Unauthorized')
const day = 86_400_000
const rows = (dialect: typeof v1) =>
  Object.entries(dialect).flatMap(([id, { method, path, scope }]) =>
    scope === undefined ? [] : [{ id, method: [method].flat()[0] as string, path: path.replace(/:\w+/g, 'x') }],
  )

onEveryStore('who may ask in v1', (crm) => {
  const key = async () => createToken(crm.as(crm.locationId), { name: 'A key', kind: 'v1' })

  test('whoever has an API key, without a Version header or with any', async () => {
    const { secret: token } = await key()

    for (const version of ['', '2021-07-28', 'v3', 'nonsense']) {
      expect((await crm.v1.get('/v1/pipelines', { token, headers: { version } })).status).toBe(200)
    }
  })

  test('nobody without one', async () => {
    const ask = (authorization: string) => crm.v1.get('/v1/pipelines', { headers: { authorization } })

    expect(refused(await crm.v1.get('/v1/pipelines', { token: '' }))).toEqual(unauthorized('Unauthorized'))
    expect(refused(await ask('Basic dXNlcjpwYXNz'))).toEqual(unauthorized('Unauthorized'))
    expect(refused(await ask('Bearer nonsense'))).toEqual(unauthorized('Invalid JWT'))
  })

  test('no longer whoever has a key that was revoked', async () => {
    const { token, secret } = await key()
    expect((await crm.v1.get('/v1/pipelines', { token: secret })).status).toBe(200)

    await revokeToken(crm.as(crm.locationId), token.id)
    crm.advance(2000)

    expect(refused(await crm.v1.get('/v1/pipelines', { token: secret }))).toEqual(wrongKind)
  })

  describe.each(rows(v1))('$id', ({ method, path }) => {
    test('refuses a private integration token', async () => {
      const reply = await crm.ask(method, path, { token: crm.token, headers: { version: '' } })

      expect(refused(reply)).toEqual(wrongKind)
    })
  })

  test.each([
    ['v2', rows(v2), '2021-07-28'],
    ['v3', rows(v3), 'v3'],
  ])('and nobody with an API key in %s, whatever is asked', async (_, all, version) => {
    expect(all.length).toBeGreaterThan(50)
    for (const { id, method, path } of all) {
      const reply = await crm.ask(method, path, { token: crm.first.apiKey, headers: { version } })
      expect(refusedAs(reply), id).toEqual(wrongKind)
    }
  })

  test('a location, whichever one the request names', async () => {
    const contact = await crm.given.contact()
    const elsewhere = { 'location-id': 'x', locationid: 'x', 'x-location-id': 'x' }
    const body = { title: 'A deal', stageId: crm.stages[0]?.id, status: 'open', contactId: contact.id, locationId: 'x' }

    const reply = await crm.v1.post(`${place(crm)}?locationId=x&location_id=x`, body, { headers: elsewhere })

    expect(reply.status).toBe(200)
    expect(reply.body).toEqual(rowOf(crm, expect.anything()))
    expect((await crm.v2.get(`/opportunities/${reply.body.id}`)).body.opportunity.locationId).toBe(crm.locationId)
  })
})

onEveryStore('what v1 answers', (crm) => {
  test('carries no trace in its replies, but names it in a header', async () => {
    const reply = await crm.v1.get('/v1/pipelines')

    expect(Object.keys(reply.body)).toEqual(['pipelines'])
    expect(reply.headers.get('x-trace-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8')
  })

  test('where there is no such route is a 404 in its words', async () => {
    for (const [method, path] of [
      ['GET', '/v1/nothing'],
      ['PATCH', place(crm, 'x')],
      ['POST', '/v1/pipelines'],
      ['GET', '/v1'],
    ] as const) {
      expect(refused(await crm.ask(method, path, { token: crm.first.apiKey }))).toEqual([
        404,
        { statusCode: 404, message: `Cannot ${method} ${path}`, error: 'Not Found' },
      ])
    }
  })

  test('to a JSON content type without a body is what it would be without', async () => {
    const headers = { 'content-type': 'application/json' }
    const { id } = await crm.given.opportunity()

    expect((await crm.v1.get(place(crm, id), { headers })).status).toBe(200)
    expect((await crm.v1.delete(place(crm, id), undefined, { headers })).text).toBe('""')
  })

  test('to a null character is that none may be sent', async () => {
    const refusal = refused(await crm.v1.get(`${place(crm)}?query=%00`))

    expect(refusal).toEqual([
      422,
      { statusCode: 422, message: ['query must not contain null characters'], error: 'Unprocessable Entity' },
    ])
  })
})

onEveryStore(
  'limits in v1',
  (crm) => {
    test('are those of every token, and who exceeds them is told so', async () => {
      const { secret: token } = await createToken(crm.as(crm.locationId), { name: 'A key', kind: 'v1' })
      // The next UTC day has just begun, so that no window ends meanwhile.
      crm.advance(day - (crm.as('').now() % day))
      const replies = await Promise.all(Array.from({ length: 101 }, () => crm.v1.get('/v1/timezones', { token })))

      const refusals = replies.filter(({ status }) => status !== 200)
      expect(refusals).toHaveLength(1)
      expect(refused(refusals[0] as Reply)).toEqual([
        429,
        { statusCode: 429, message: 'Too Many Requests', error: 'Too Many Requests' },
      ])
      expect(refusals[0]?.headers.get('retry-after')).toMatch(/^\d+$/)
    })
  },
  { rateLimit: highLevelLimits },
)
