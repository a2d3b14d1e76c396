import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Crm, type Reply, startCrm } from '../harness.ts'
import { createDatabase, type Place } from '../support/postgres.ts'
import { type Relay, startRelay } from '../support/relay.ts'

describe('while the database is away for long', () => {
  let place: Place
  let relay: Relay
  let crm: Crm
  let id: string

  beforeAll(async () => {
    place = await createDatabase()
    relay = await startRelay(place.db)
    crm = await startCrm({
      db: relay.url,
      rateLimit: { burst: 1000, intervalMs: 10_000, daily: 100_000 },
      logLevel: 'silent',
    })
    id = (await crm.given.opportunity()).id
  })
  afterAll(async () => {
    await crm.stop()
    await relay.close()
    await place.discard()
  })

  const asked = (): [string, () => Promise<Reply>][] => [
    ['reading', () => crm.v2.get(`/opportunities/${id}`)],
    ['searching', () => crm.v2.get(`/opportunities/search?location_id=${crm.locationId}`)],
    ['changing', () => crm.v2.put(`/opportunities/${id}/status`, { status: 'won' })],
    ['creating', () => crm.v2.post('/contacts/', { locationId: crm.locationId, firstName: 'Ada' })],
    [
      'with another token',
      () => crm.v2.get(`/opportunities/${id}`, { token: 'pit-00000000-0000-4000-8000-000000000000' }),
    ],
  ]

  test('every request is answered by a clean 503, and nothing was changed', { timeout: 60_000 }, async () => {
    relay.refuse(true)
    const first = await Promise.all(asked().map(([, ask]) => ask()))
    const later = await Promise.all(asked().map(([, ask]) => ask()))
    relay.refuse(false)

    for (const reply of [...first, ...later]) {
      expect(reply.body).toEqual({
        statusCode: 503,
        message: 'The database cannot be reached, or is too busy',
        error: 'Service Unavailable',
        traceId: reply.headers.get('x-trace-id'),
      })
      expect(reply.status).toBe(503)
      expect(reply.headers.get('retry-after')).toBe('1')
      expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8')
    }
    expect((await crm.v2.get(`/opportunities/${id}`)).body.opportunity.status).toBe('open')
  })

  test('a change whose commit was not answered before it went says so, and does not ask to be repeated', {
    timeout: 60_000,
  }, async () => {
    const sprung = relay.cutAt('commit\0', 'after').then(() => relay.refuse(true))
    const reply = await crm.v2.put(`/opportunities/${id}/status`, { status: 'lost' })
    await sprung
    relay.refuse(false)

    expect(reply.status).toBe(503)
    expect(reply.body.message).toBe('The change may have been made: look before you ask again')
    expect(reply.headers.get('retry-after')).toBeNull()
    expect((await crm.v2.get(`/opportunities/${id}`)).body.opportunity.status).toBe('lost')
  })
})
