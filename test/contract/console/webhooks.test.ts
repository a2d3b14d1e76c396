import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bare, onEveryStore, type Reply } from '../../harness.ts'
import { type Receiver, startReceiver } from '../../support/receiver.ts'

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const id = expect.stringMatching(/^[A-Za-z0-9]{20}$/)
const notFound = { statusCode: 404, error: 'Not Found', message: 'Webhook not found', code: 'WEBHOOK_NOT_FOUND' }
const refused = (...message: unknown[]) => ({ statusCode: 422, message, error: 'Unprocessable Entity' })
const noScope = { statusCode: 401, message: 'The token is not authorized for this scope.' }

onEveryStore('webhooks of the console', (crm) => {
  let receiver: Receiver
  beforeAll(async () => {
    receiver = await startReceiver()
  })
  afterAll(() => receiver.close())

  const path = '/console/webhooks'
  const create = (fields: object = {}): Promise<Reply> =>
    crm.v2.post(path, { url: `${receiver.url}/hooks`, types: ['OpportunityUpdate'], ...fields })
  const given = async (fields: object = {}) => (await create(fields)).body.webhook
  const sentTo = (place: string) => receiver.received.filter(({ path }) => path === place).map(({ body }) => body)
  const shown = (fields: object = {}) => ({
    id,
    locationId: crm.locationId,
    name: '127.0.0.1',
    url: `${receiver.url}/hooks`,
    types: ['OpportunityUpdate'],
    retryMode: 'standard',
    headerNames: [],
    appId: null,
    legacySignature: false,
    state: 'active',
    stateReason: null,
    stateAt: time,
    oldSecretEndsAt: null,
    deliveries: { waiting: 0, delivered: 0, failed: 0 },
    failuresInARow: 0,
    failingSince: null,
    createdAt: time,
    updatedAt: time,
    ...fields,
  })

  describe('create', () => {
    test('answers the webhook and, this once, its secret', async () => {
      const reply = await create()

      expect(reply.status).toBe(201)
      expect(bare(reply)).toEqual({
        webhook: shown(),
        secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      })
    })

    test('keeps everything that was chosen, and shows no value of a header', async () => {
      const chosen = { name: ' Ledger ', retryMode: 'highlevel', appId: 'app1', types: ['*', 'NoteCreate'] }

      const reply = await create({ ...chosen, headers: { Authorization: 'Bearer secret' } })

      expect(reply.body.webhook).toEqual(
        shown({ name: 'Ledger', retryMode: 'highlevel', appId: 'app1', types: ['*'], headerNames: ['Authorization'] }),
      )
      expect(reply.text).not.toContain('Bearer secret')
    })

    test('shows the address as the network sees it', async () => {
      const reply = await create({ url: 'HTTP://2130706433:80/a#part' })

      expect(reply.body.webhook.url).toBe('http://127.0.0.1/a')
    })

    test.each([
      [{ url: 'not an address' }, 'url must be an http or https address, such as https://example.com/hooks'],
      [{ url: 'ftp://example.com' }, 'url must be an http or https address, such as https://example.com/hooks'],
      [{ url: ' ' }, 'url should not be empty'],
      [
        { url: 'https://ada:secret@example.com' },
        'url must not contain a user name or a password; send them in headers',
      ],
      [{ url: 5 }, 'url must be a string'],
      [{ types: [] }, 'types should not be empty'],
      [{ types: 'OpportunityUpdate' }, 'types must be an array'],
      [
        { types: ['Nope'] },
        expect.stringMatching(/^types must not contain Nope, which is none of: OpportunityCreate, /),
      ],
      ...['TaskUpdate', 'LocationCreate'].map((type): [object, unknown] => [
        { types: [type] },
        expect.stringMatching(new RegExp(`^types must not contain ${type}, `)),
      ]),
      [{ types: ['TokenCreate'] }, expect.stringMatching(/^types must not contain TokenCreate, /)],
      [{ retryMode: 'never' }, 'retryMode must be one of the following values: standard, highlevel'],
      [{ colour: 'red' }, 'property colour should not exist'],
      [{ headers: { 'X-GHL-Signature': 'x' } }, 'headers.X-GHL-Signature must not be set: the server sets it'],
      [{ headers: { host: 'x' } }, 'headers.host must not be set: the server sets it'],
      [{ headers: { 'a b': 'x' } }, 'headers.a b must have a name of letters, digits and dashes'],
      [{ headers: { 'X-A': 'x\r\ny' } }, 'headers.X-A must be a line of Latin characters'],
      [{ headers: { 'X-A': '1', 'x-a': '2' } }, 'headers.x-a must not be there twice'],
    ])('%j is refused: %s', async (fields, message) => {
      const before = (await crm.v2.get(path)).body.webhooks.length

      const reply = await create(fields)

      expect(reply.status).toBe(422)
      expect(bare(reply)).toEqual(refused(message))
      expect((await crm.v2.get(path)).body.webhooks).toHaveLength(before)
    })

    test('refuses an address that is too long', async () => {
      const reply = await create({ url: `https://example.com/${'x'.repeat(2000)}` })

      expect(bare(reply)).toEqual(refused('url must be shorter than or equal to 2000 characters'))
    })

    test('needs an address and types', async () => {
      const reply = await crm.v2.post(path, {})

      expect(bare(reply)).toEqual(
        refused(
          'url should not be empty',
          'url must be a string',
          'types should not be empty',
          'types must be an array',
        ),
      )
    })

    test('is for tokens that may write webhooks, and see what they tell of', async () => {
      const token = async (...scopes: string[]) => ({ token: await crm.given.token(scopes) })
      const body = { url: receiver.url, types: ['ContactCreate'] }

      const replies = [
        await crm.v2.post(path, body, await token('webhooks.readonly', 'contacts.readonly')),
        await crm.v2.post(path, body, await token('webhooks.write', 'opportunities.readonly')),
        await crm.v2.post(path, { ...body, types: ['*'] }, await token('webhooks.write', 'contacts.readonly')),
        await crm.v2.post(path, body, await token('webhooks.write', 'contacts.readonly')),
      ]

      expect(replies.map(({ status }) => status)).toEqual([401, 401, 401, 201])
      expect(bare(replies[1] as Reply)).toEqual(noScope)
    })
  })

  describe('list and get', () => {
    test('show what is there, the oldest first', async () => {
      const [first, second] = [await given({ name: 'First' }), await given({ name: 'Second' })]

      const all = (await crm.v2.get(path)).body.webhooks
      const one = await crm.v2.get(`${path}/${second.id}`)

      expect(all.slice(-2)).toEqual([first, second])
      expect(bare(one)).toEqual({ webhook: second })
    })

    test('know nothing of another location', async () => {
      const other = await crm.given.location()
      const { id } = await given()

      const reply = await crm.v2.get(`${path}/${id}`, { token: other.token })

      expect(reply.status).toBe(404)
      expect(bare(reply)).toEqual(notFound)
      expect((await crm.v2.get(path, { token: other.token })).body.webhooks).toEqual([])
    })
  })

  describe('update', () => {
    test('changes what is sent and leaves the rest', async () => {
      const before = await given({ name: 'Old', appId: 'a', headers: { 'X-A': '1' } })

      const reply = await crm.v2.put(`${path}/${before.id}`, { name: 'New', appId: null, types: ['NoteCreate'] })

      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({
        webhook: { ...before, name: 'New', appId: null, types: ['NoteCreate'], updatedAt: time },
      })
    })

    test('refuses what create refuses, and changes nothing', async () => {
      const before = await given()

      const reply = await crm.v2.put(`${path}/${before.id}`, { name: 'New', url: 'nowhere' })

      expect(reply.status).toBe(422)
      expect((await crm.v2.get(`${path}/${before.id}`)).body.webhook).toEqual(before)
    })

    test('with a name that is blank leaves it the old one', async () => {
      const { id } = await given({ name: 'Old' })

      const reply = await crm.v2.put(`${path}/${id}`, { name: ' ' })

      expect(reply.body.webhook.name).toBe('Old')
    })
  })

  describe('pause, resume, rotate and delete', () => {
    test('pause and resume change the state, and say since when', async () => {
      const before = await given()

      const paused = await crm.v2.post(`${path}/${before.id}/pause`)
      const again = await crm.v2.post(`${path}/${before.id}/pause`)
      const resumed = await crm.v2.post(`${path}/${before.id}/resume`)

      expect(bare(paused)).toEqual({ webhook: { ...before, state: 'paused', stateAt: time, updatedAt: time } })
      expect(again.body.webhook).toEqual(paused.body.webhook)
      expect(resumed.body.webhook).toMatchObject({ state: 'active', stateReason: null })
    })

    test('what is disabled keeps nothing until it is resumed, so it cannot be paused', async () => {
      const { id } = await given({ url: `${receiver.url}/gone`, types: ['ContactCreate'] })
      receiver.say(410)
      await crm.given.contact()
      await crm.settle()
      receiver.say(200)
      const { webhook: disabled } = bare(await crm.v2.get(`${path}/${id}`))

      const reply = await crm.v2.post(`${path}/${id}/pause`)

      expect(disabled.state).toBe('disabled')
      expect(bare(reply)).toEqual({
        statusCode: 400,
        message: 'The webhook is disabled: resume it, and then pause it.',
        code: 'WEBHOOK_DISABLED',
        error: 'Bad Request',
      })
      expect(bare(await crm.v2.get(`${path}/${id}`))).toEqual({ webhook: disabled })
    })

    test('a new secret leaves the old one seven days, or none at all', async () => {
      const { secret, webhook } = (await create()).body

      const gently = await crm.v2.post(`${path}/${webhook.id}/rotate-secret`)
      const atOnce = await crm.v2.post(`${path}/${webhook.id}/rotate-secret`, { now: true })

      const left = Date.parse(gently.body.webhook.oldSecretEndsAt) - Date.parse(gently.body.webhook.updatedAt)
      expect(left).toBe(7 * 24 * 60 * 60 * 1000)
      expect(gently.body.secret).toMatch(/^whsec_/)
      expect(atOnce.body.webhook.oldSecretEndsAt).toBeNull()
      expect(new Set([secret, gently.body.secret, atOnce.body.secret]).size).toBe(3)
    })

    test('a deleted webhook is gone with its log', async () => {
      const { id } = await given()

      const reply = await crm.v2.delete(`${path}/${id}`)

      expect(bare(reply)).toEqual({ id, deleted: true })
      for (const rest of ['', '/deliveries', '/deliveries/x']) {
        expect(bare(await crm.v2.get(`${path}/${id}${rest}`))).toEqual(notFound)
      }
      expect(bare(await crm.v2.delete(`${path}/${id}`))).toEqual(notFound)
    })

    test('each change stands in the history, without secrets', async () => {
      const { id } = await given({ headers: { 'X-Key': 'very secret' } })
      await crm.v2.post(`${path}/${id}/pause`)
      await crm.v2.post(`${path}/${id}/rotate-secret`)
      await crm.v2.delete(`${path}/${id}`)

      const events = await crm.events(id)

      expect(events.map(({ types }) => types)).toEqual([
        ['WebhookCreate'],
        ['WebhookUpdate'],
        ['WebhookUpdate'],
        ['WebhookDelete'],
      ])
      expect(events[1]).toMatchObject({ before: { state: 'active' }, after: { state: 'paused', headers: ['X-Key'] } })
      expect(JSON.stringify(events)).not.toMatch(/whsec_|very secret/)
    })

    test('a location has no more than a hundred', async () => {
      const other = await crm.given.location()
      const body = { url: receiver.url, types: ['NoteCreate'] }
      const made = await Promise.all(Array.from({ length: 104 }, () => crm.v2.post(path, body, { token: other.token })))

      expect(made.filter(({ status }) => status === 201)).toHaveLength(100)
      expect((await crm.v2.get(path, { token: other.token })).body.webhooks).toHaveLength(100)
      const reply = await crm.v2.post(path, body, { token: other.token })

      expect(bare(reply)).toEqual({
        statusCode: 400,
        message: 'A location has no more than 100 webhooks.',
        code: 'WEBHOOK_LIMIT',
        error: 'Bad Request',
      })
    })
  })

  describe('deliveries', () => {
    test('are listed the newest first, page by page, and by what they are', async () => {
      const url = `${receiver.url}/listed`
      const { id: webhookId } = await given({ url, types: ['OpportunityCreate', 'OpportunityStatusUpdate'] })
      const deal = await crm.given.opportunity()
      for (const status of ['won', 'lost']) await crm.v2.put(`/opportunities/${deal.id}/status`, { status })
      await crm.settle()
      const list = async (query: string) => bare(await crm.v2.get(`${path}/${webhookId}/deliveries?${query}`))

      const all = await list('')
      const first = await list('limit=2')
      const second = await list(`limit=2&cursor=${first.nextCursor}`)

      expect(all.deliveries.map(({ type }: { type: string }) => type)).toEqual([
        'OpportunityStatusUpdate',
        'OpportunityStatusUpdate',
        'OpportunityCreate',
      ])
      expect(all.deliveries[0]).toEqual({
        id: sentTo('/listed').at(-1).webhookId,
        webhookId,
        type: 'OpportunityStatusUpdate',
        record: 'opportunity',
        recordId: deal.id,
        state: 'delivered',
        nextAttemptAt: null,
        attempts: 1,
        createdAt: time,
        settledAt: time,
      })
      expect([...first.deliveries, ...second.deliveries]).toEqual(all.deliveries)
      expect([all.nextCursor, second.nextCursor]).toEqual([null, null])
      expect((await list('type=OpportunityCreate')).deliveries).toEqual(all.deliveries.slice(2))
      expect((await list(`state=delivered&recordId=${deal.id}`)).deliveries).toEqual(all.deliveries)
      expect((await list('state=failed')).deliveries).toEqual([])
      expect((await list('to=2020-01-01')).deliveries).toEqual([])
      expect((await list('from=2020-01-01')).deliveries).toEqual(all.deliveries)
    })

    test('tell what was sent, and of every attempt', async () => {
      const { id: webhookId } = await given({ url: `${receiver.url}/told`, types: ['OpportunityCreate'] })
      receiver.say(500, {}, `Broken\0${'x'.repeat(2000)}`)
      await crm.given.opportunity()
      await crm.settle()
      receiver.say(204)
      crm.advance(10_000)
      await crm.settle()
      const [one] = (await crm.v2.get(`${path}/${webhookId}/deliveries`)).body.deliveries

      const reply = await crm.v2.get(`${path}/${webhookId}/deliveries/${one.id}`)

      const milliseconds = expect.any(Number)
      expect(bare(reply)).toEqual({
        delivery: {
          ...one,
          attempts: 2,
          payload: sentTo('/told').at(-1),
          attemptLog: [
            { at: time, milliseconds, status: 500, error: 'It answered 500', response: `Broken${'x'.repeat(1017)}` },
            { at: time, milliseconds, status: 204, error: null, response: '' },
          ],
        },
      })
    })

    test.each([
      ['deliveries?state=lost', 'state must be one of the following values: waiting, delivered, failed'],
      ['deliveries?from=soon', 'from must be a date, such as 2026-11-20T08:00:00Z'],
      ['deliveries?cursor=x', 'cursor must be the nextCursor of a page before'],
      ['deliveries?limit=101', 'limit must not be greater than 100'],
    ])('%s is refused', async (query, message) => {
      const { id } = await given()

      const reply = await crm.v2.get(`${path}/${id}/${query}`)

      expect(reply.status).toBe(422)
      expect(reply.body.message).toContain(message)
    })

    test('that nobody knows are not found', async () => {
      const { id } = await given()

      const reply = await crm.v2.get(`${path}/${id}/deliveries/nothing`)

      expect(bare(reply)).toEqual({ ...notFound, message: 'Delivery not found', code: 'DELIVERY_NOT_FOUND' })
    })

    test('are sent again in a range that is one', async () => {
      const { id } = await given()

      const wrong = await crm.v2.post(`${path}/${id}/redeliver`, { from: '2026-01-02', to: '2026-01-01' })
      const unknown = await crm.v2.post(`${path}/${id}/redeliver`, { from: 'now' })
      const nothing = await crm.v2.post(`${path}/${id}/redeliver`, { from: '2026-01-01' })

      expect(bare(wrong)).toEqual(refused('from must be before to'))
      expect(bare(unknown)).toEqual(refused('from must be a date, such as 2026-11-20T08:00:00Z'))
      expect(bare(nothing)).toEqual({ count: 0 })
    })
  })

  test('the public keys are there for everybody', async () => {
    await create({ legacySignature: true })

    const reply = await crm.v2.get('/.well-known/pipewright-webhook-keys', { token: '' })

    const key = {
      id,
      publicKey: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/),
      isActive: true,
      activeFrom: time,
      endsAt: null,
    }
    const pem = expect.stringMatching(/^-----BEGIN PUBLIC KEY-----\n[^-]+-----END PUBLIC KEY-----\n$/)
    expect(bare(reply)).toEqual({
      keys: [
        { ...key, algorithm: 'ed25519', pem, standardWebhooks: expect.stringMatching(/^whpk_[A-Za-z0-9+/]{43}=$/) },
        { ...key, algorithm: 'rsa', pem, standardWebhooks: null },
      ],
    })
    expect(reply.text).not.toContain('PRIVATE')
  })
})
