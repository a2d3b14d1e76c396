import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { onEveryStore, type Reply } from '../../harness.ts'
import { rateLimitHeaders, refused } from '../../support/refused.ts'

const day = 86_400_000
const tooMany = [429, { statusCode: 429, message: 'Too Many Requests', error: 'Too Many Requests' }]
const header = ({ headers }: Reply, name: string) => Number(headers.get(name))

onEveryStore(
  "HighLevel's rate limits",
  (crm) => {
    let token: string
    let path: string
    const get = (other = token) => crm.v2.get(path, { token: other })
    const spend = (count: number, other = token) => Promise.all(Array.from({ length: count }, () => get(other)))

    beforeEach(async () => {
      token = await crm.given.token()
      path = `/opportunities/pipelines?locationId=${crm.locationId}`
      // The next UTC day has just begun, so that no window ends while a test runs.
      crm.advance(day - (crm.as('').now() % day))
    })

    test('are told with every success', async () => {
      const first = await get()
      const second = await get()

      expect(header(first, 'x-ratelimit-limit-daily')).toBe(200_000)
      expect(header(first, 'x-ratelimit-daily-remaining')).toBe(199_999)
      expect(header(first, 'x-ratelimit-interval-milliseconds')).toBe(10_000)
      expect(header(first, 'x-ratelimit-max')).toBe(100)
      expect(header(first, 'x-ratelimit-remaining')).toBe(99)
      expect(header(first, 'x-ratelimit-daily-reset')).toBeGreaterThan(day - 60_000)
      expect(header(first, 'x-ratelimit-daily-reset')).toBeLessThanOrEqual(day)
      expect(header(second, 'x-ratelimit-remaining')).toBe(98)
      expect(header(second, 'x-ratelimit-daily-remaining')).toBe(199_998)
      expect(first.headers.get('retry-after')).toBeNull()
    })

    test('are told with every refusal', async () => {
      for (const reply of [
        await crm.v2.get('/opportunities/nobody', { token }),
        await crm.v2.post('/opportunities/', {}, { token }),
        await crm.v2.post('/opportunities/', '{broken', { token }),
        await crm.v2.get(path, { token: 'nobody' }),
        await crm.v2.get(path, { token, headers: { version: 'none' } }),
        await crm.v2.get('/nowhere', { token }),
      ]) {
        refused(reply)
        expect(header(reply, 'x-ratelimit-max')).toBe(100)
      }
    })

    test('are told by /health, with the trace, and not by /healthz', async () => {
      const health = await crm.v2.get('/health', { token: '' })
      const bare = await crm.v2.get('/healthz', { token: '' })

      expect(health.body).toEqual({ status: 'ok', traceId: health.headers.get('x-trace-id') })
      for (const name of rateLimitHeaders) expect(health.headers.get(name), name).toMatch(/^\d+$/)
      expect(header(health, 'x-ratelimit-max')).toBe(100)
      expect(header(health, 'x-ratelimit-remaining')).toBe(100)
      expect(bare.body).toEqual({ status: 'ok' })
      for (const name of ['x-trace-id', ...rateLimitHeaders]) expect(bare.headers.has(name), name).toBe(false)
    })

    test('let 100 requests pass in ten seconds and refuse the 101st', async () => {
      const passed = await spend(100)
      const reply = await get()

      expect(new Set(passed.map(({ status }) => status))).toEqual(new Set([200]))
      expect(passed.map((one) => header(one, 'x-ratelimit-remaining')).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 100 }, (_, at) => at),
      )
      expect(refused(reply)).toEqual(tooMany)
      for (const name of rateLimitHeaders) expect(reply.headers.has(name), name).toBe(true)
      expect(header(reply, 'x-ratelimit-limit-daily')).toBe(200_000)
      expect(header(reply, 'x-ratelimit-daily-remaining')).toBe(199_900)
      expect(header(reply, 'x-ratelimit-interval-milliseconds')).toBe(10_000)
      expect(header(reply, 'x-ratelimit-max')).toBe(100)
      expect(header(reply, 'x-ratelimit-remaining')).toBe(0)
      expect(header(reply, 'x-ratelimit-daily-reset')).toBeGreaterThan(day - 60_000)
      expect(header(reply, 'retry-after')).toBeGreaterThanOrEqual(1)
      expect(header(reply, 'retry-after')).toBeLessThanOrEqual(10)
    })

    test('begin anew with the next window', async () => {
      await spend(101)

      crm.advance(10_000)
      const reply = await get()

      expect(reply.status).toBe(200)
      expect(header(reply, 'x-ratelimit-remaining')).toBe(99)
      expect(header(reply, 'x-ratelimit-daily-remaining')).toBe(199_899)
    })

    test('let a client through that waits as long as Retry-After says', async () => {
      await spend(100)
      const refusal = await get()

      crm.advance(header(refusal, 'retry-after') * 1000)

      expect((await get()).status).toBe(200)
    })

    test('count each token for itself', async () => {
      const other = await crm.given.token()
      await spend(101)

      const reply = await get(other)

      expect(reply.status).toBe(200)
      expect(header(reply, 'x-ratelimit-remaining')).toBe(99)
    })

    test('keep what is refused from being done', async () => {
      await spend(100)
      const body = { locationId: crm.locationId, firstName: 'Nobody', email: 'refused@example.com' }

      const reply = await crm.v2.post('/contacts/', body, { token })

      expect(reply.status).toBe(429)
      const found = await crm.v2.get(`/contacts/search/duplicate?locationId=${crm.locationId}&email=${body.email}`)
      expect(found.body.contact).toBeNull()
    })

    test('count requests that are refused for what they say, and not those that nobody is known by', async () => {
      await crm.v2.post('/opportunities/', {}, { token })
      await crm.v2.get(path, { token, headers: { version: 'none' } })

      expect(header(await get(), 'x-ratelimit-remaining')).toBe(98)
    })
  },
  { rateLimit: { burst: 100, intervalMs: 10_000, daily: 200_000 } },
)

onEveryStore(
  'the daily limit',
  (crm) => {
    let token: string
    let path: string
    beforeAll(async () => {
      token = await crm.given.token()
      path = `/opportunities/pipelines?locationId=${crm.locationId}`
      crm.advance(day - (crm.as('').now() % day))
    })

    test('refuses until midnight UTC, whatever the short window says', async () => {
      for (let count = 0; count < 5; count++) expect((await crm.v2.get(path, { token })).status).toBe(200)
      crm.advance(20_000)

      const reply = await crm.v2.get(path, { token })

      expect(refused(reply)).toEqual(tooMany)
      expect(header(reply, 'x-ratelimit-limit-daily')).toBe(5)
      expect(header(reply, 'x-ratelimit-daily-remaining')).toBe(0)
      expect(header(reply, 'x-ratelimit-max')).toBe(50)
      expect(Math.ceil(header(reply, 'x-ratelimit-daily-reset') / 1000)).toBe(header(reply, 'retry-after'))
    })

    test('ends with the day', async () => {
      const refusal = await crm.v2.get(path, { token })
      crm.advance(header(refusal, 'x-ratelimit-daily-reset'))

      const reply = await crm.v2.get(path, { token })

      expect(reply.status).toBe(200)
      expect(header(reply, 'x-ratelimit-daily-remaining')).toBe(4)
    })
  },
  { rateLimit: { burst: 50, intervalMs: 10_000, daily: 5 } },
)

describe('limits that are off', () => {
  onEveryStore('refuse nobody, and are still told', (crm) => {
    test('as full', async () => {
      const path = `/opportunities/pipelines?locationId=${crm.locationId}`
      const replies = await Promise.all(Array.from({ length: 150 }, () => crm.v2.get(path)))

      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]))
      const last = await crm.v2.get(path)
      expect(header(last, 'x-ratelimit-remaining')).toBe(100)
      expect(header(last, 'x-ratelimit-max')).toBe(100)
      expect(header(last, 'x-ratelimit-daily-remaining')).toBe(200_000)
    })
  })
})
