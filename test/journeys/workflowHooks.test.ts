import { createHmac } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { bare, onEveryStore } from '../harness.ts'
import { addTag, workflowsOf } from '../support/workflows.ts'

onEveryStore('an inbound webhook', (crm) => {
  let flows: ReturnType<typeof workflowsOf>
  beforeAll(() => {
    flows = workflowsOf(crm)
  })
  const send = async (url: string, payload: unknown, headers: Record<string, string> = {}) => {
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload)
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const opportunityOf = async (id: string) => (await crm.v2.get(`/opportunities/${id}`)).body.opportunity
  const end = (workflow: { id: string }) => flows.act(`workflows/${workflow.id}/unpublish`)
  const paid = (id: string, email: string) => ({
    id,
    type: 'payment_intent.succeeded',
    data: { object: { receipt_email: email, amount_received: 4900 } },
  })

  describe('made of the payment template', () => {
    async function template() {
      const { workflow } = (await crm.v2.post('/console/workflows/templates', { template: 'payment' })).body
      return flows.publish(workflow.id)
    }

    test('moves the open deal of the payer to the stage of won ones, and wins it', async () => {
      const workflow = await template()
      const { examples } = (await crm.v2.get('/console/workflows/templates')).body.templates[0]
      expect(examples).toHaveLength(3)
      for (const [at, { payload }] of examples.entries()) {
        const contact = await crm.given.contact({ email: `payer${at}@example.com` })
        const { id } = await crm.given.opportunity({ contactId: contact.id })
        const sent = JSON.parse(JSON.stringify(payload).replaceAll('ada@example.com', `payer${at}@example.com`))

        expect((await send(workflow.hookUrl, sent)).body).toMatchObject({ received: true, outcome: 'started' })
        await crm.settle()

        expect(await opportunityOf(id)).toMatchObject({ status: 'won', pipelineStageId: crm.stages[3]?.id })
        expect((await crm.v2.get(`/contacts/${contact.id}/notes`)).body.notes).toMatchObject([
          { body: `Paid: ${payload.type} ${payload.id}` },
        ])
      }
      await end(workflow)
    })

    test('sent many times at once, counts once', async () => {
      const workflow = await template()
      const contact = await crm.given.contact({ email: 'often@example.com' })
      const { id } = await crm.given.opportunity({ contactId: contact.id })

      const replies = await Promise.all(
        Array.from({ length: 1000 }, () => send(workflow.hookUrl, paid('evt_often', 'often@example.com'))),
      )
      await crm.settle()

      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]))
      expect(replies.filter(({ body }) => body.duplicate === false)).toHaveLength(1)
      expect(await flows.runs(workflow.id)).toHaveLength(1)
      const moves = (await crm.events(id)).filter(({ types }) => types.includes('OpportunityStatusUpdate'))
      expect(moves).toHaveLength(1)
      crm.advance(100 * 86_400_000)
      await crm.settle()
      expect((await send(workflow.hookUrl, paid('evt_often', 'often@example.com'))).body).toMatchObject({
        duplicate: true,
      })
      await end(workflow)
    })

    test('passes over what is no payment, and does nothing for a stranger', async () => {
      const workflow = await template()

      const refund = await send(workflow.hookUrl, { id: 'evt_refund', type: 'charge.refunded', data: {} })
      const stranger = await send(workflow.hookUrl, paid('evt_stranger', 'nobody@example.com'))
      await crm.settle()

      expect(refund.body).toMatchObject({ duplicate: false, outcome: 'passed over' })
      expect(stranger.body).toMatchObject({ outcome: 'started' })
      const { run, steps } = await flows.story(workflow.id)
      expect(run).toMatchObject({ state: 'done', contactId: null })
      expect(steps).toMatchObject([{ result: { found: false } }, { type: 'stop' }])
      const { samples } = (await crm.v2.get(`/console/workflows/${workflow.id}/samples`)).body
      expect(samples.map(({ outcome }: { outcome: string }) => outcome).sort()).toEqual(['passed over', 'started'])
      await end(workflow)
    })
  })

  test('finds or makes the contact and the deal that its mapping names', async () => {
    const workflow = await flows.running({
      trigger: {
        type: 'inbound_webhook',
        filters: {
          contact: { mode: 'findOrCreate', email: 'who.mail', firstName: 'who.names[0]', source: 'from' },
          opportunity: {
            mode: 'findOrCreate',
            pipelineId: crm.pipeline.id,
            status: 'open',
            name: '$.what',
            monetaryValue: 'worth',
          },
        },
      },
      steps: [addTag('{{payload.who.label}}')],
    })
    const payload = {
      who: { mail: 'Form@Example.com', names: ['Grace'], label: 'Form' },
      what: 'A form',
      worth: '12.5',
      from: 'form',
    }

    await send(workflow.hookUrl, payload)
    await send(workflow.hookUrl, payload)
    await crm.settle()

    const runs = await flows.runs(workflow.id)
    expect(runs).toHaveLength(2)
    expect(new Set(runs.map(({ opportunityId }) => opportunityId)).size).toBe(1)
    expect(await opportunityOf(runs[0].opportunityId)).toMatchObject({
      name: 'A form',
      monetaryValue: 12.5,
      status: 'open',
    })
    const { contact } = (await crm.v2.get(`/contacts/${runs[0].contactId}`)).body
    expect(contact).toMatchObject({ firstName: 'Grace', email: 'Form@Example.com', source: 'form', tags: ['form'] })
    await end(workflow)
  })

  test('of a draft only keeps the last ten payloads, to map against', async () => {
    const { id, hookUrl } = await flows.create({ trigger: { type: 'inbound_webhook' } })
    expect(hookUrl).toMatch(new RegExp(`^${crm.url}/hooks/\\w{40}$`))

    for (let n = 0; n < 12; n++) {
      expect((await send(hookUrl, { n })).body).toMatchObject({ received: true, outcome: 'captured' })
      crm.advance(1)
    }

    // Nothing can be signed by half a signature, so nothing is asked for yet.
    await crm.v2.put(`/console/workflows/${id}`, {
      trigger: { type: 'inbound_webhook', filters: { signature: { scheme: 'stripe' } } },
    })
    expect((await send(hookUrl, { n: 12 })).status).toBe(200)
    const { samples } = (await crm.v2.get(`/console/workflows/${id}/samples`)).body
    expect(samples.map(({ payload }: { payload: { n: number } }) => payload.n)).toEqual([
      12, 11, 10, 9, 8, 7, 6, 5, 4, 3,
    ])
    expect(await flows.runs(id)).toEqual([])
  })

  test('ends where its address is changed, and leads nowhere else', async () => {
    const { id, hookUrl } = await flows.create({ trigger: { type: 'inbound_webhook' } })
    const { workflow } = (await flows.act(`workflows/${id}/rotate-address`)).body
    const missing = { statusCode: 404, error: 'Not Found', message: 'Hook not found', code: 'HOOK_NOT_FOUND' }

    expect(await send(hookUrl, {})).toMatchObject({ status: 404, body: missing })
    expect((await send(workflow.hookUrl, {})).status).toBe(200)
    await crm.v2.delete(`/console/workflows/${id}`)
    expect((await send(workflow.hookUrl, {})).status).toBe(404)
    const { id: other } = await flows.create({})
    expect(bare(await flows.act(`workflows/${other}/rotate-address`))).toMatchObject({
      message: 'The workflow has no inbound webhook.',
    })
  })

  test('that is no JSON object, or maps to nonsense, is refused and changes nothing', async () => {
    const workflow = await flows.running({
      trigger: {
        type: 'inbound_webhook',
        filters: {
          eventId: 'id',
          contact: { mode: 'findOrCreate', email: 'mail' },
          opportunity: { mode: 'findOrCreate', pipelineId: crm.pipeline.id, monetaryValue: 'worth' },
        },
      },
      steps: [addTag('x')],
    })

    expect((await send(workflow.hookUrl, '{')).status).toBe(400)
    expect((await send(workflow.hookUrl, '[1]')).status).toBe(422)
    expect(await send(workflow.hookUrl, { id: 'a', mail: 'wrong@example.com', worth: 'much' })).toMatchObject({
      status: 422,
      body: { message: ['monetaryValue must be a number, not "much"'] },
    })
    await crm.settle()

    expect(await flows.runs(workflow.id)).toEqual([])
    const found = await crm.v2.get(`/contacts/search/duplicate?locationId=${crm.locationId}&email=wrong@example.com`)
    expect(found.body.contact).toBeNull()
    await end(workflow)
  })

  describe('that must be signed', () => {
    const secret = 'whsec_c2VjcmV0IG9mIGJvdGggc2lkZXM='
    const key = Buffer.from(secret.slice(6), 'base64')
    const seconds = (ago = 0) => Math.floor((crm.as(crm.locationId).now() - ago * 1000) / 1000)
    const mac = (by: string | Buffer, text: string) => createHmac('sha256', by).update(text).digest()
    const body = '{ "id": "signed",\n "n": 1 }'
    type Headers = Record<string, string>
    const schemes: Record<string, { signature: object; sign: (at: number, text: string) => Headers }> = {
      stripe: {
        signature: { scheme: 'stripe', secret },
        sign: (at, text) => ({
          'stripe-signature': `t=${at},v1=00,v1=${mac(secret, `${at}.${text}`).toString('hex')},v0=x`,
        }),
      },
      standard: {
        signature: { scheme: 'standard', secret, toleranceSeconds: 60 },
        sign: (at, text) => ({
          'webhook-id': 'msg_1',
          'webhook-timestamp': `${at}`,
          'webhook-signature': `v1a,AAAA v1,${mac(key, `msg_1.${at}.${text}`).toString('base64')}`,
        }),
      },
      hmac: {
        signature: { scheme: 'hmac', secret, header: 'X-Hub-Signature-256', timestampHeader: 'X-Time' },
        sign: (at, text) => ({
          'x-hub-signature-256': `sha256=${mac(secret, `${at}.${text}`).toString('hex')}`,
          'x-time': `${at}`,
        }),
      },
    }

    test.each(Object.entries(schemes))(
      'by %s, is taken in once it is, and refused where it is wrong or old',
      async (_name, { signature, sign }) => {
        const trigger = { type: 'inbound_webhook', filters: { signature } }
        const workflow = await flows.running({ trigger, steps: [{ type: 'stop' }] })
        const refused = async (headers: Headers, text = body) => {
          const reply = await send(workflow.hookUrl, text, headers)
          expect(reply).toMatchObject({ status: 401, body: { statusCode: 401 } })
          return reply.body.message
        }

        expect(await refused({})).toBe('The timestamp is missing, too old or too new')
        expect(await refused(sign(seconds(), body), body.replace('1', '2'))).toBe('The signature is missing or wrong')
        expect(await refused(sign(seconds(301), body))).toBe('The timestamp is missing, too old or too new')
        expect(await refused(sign(seconds(-301), body))).toBe('The timestamp is missing, too old or too new')
        expect((await crm.v2.get(`/console/workflows/${workflow.id}/samples`)).body.samples).toEqual([])
        expect(await flows.runs(workflow.id)).toEqual([])
        expect((await send(workflow.hookUrl, body, sign(seconds(30), body))).status).toBe(200)
        await crm.settle()

        expect(await flows.runs(workflow.id)).toHaveLength(1)
        await end(workflow)
      },
    )

    test('without a time, by the body alone', async () => {
      const trigger = { type: 'inbound_webhook', filters: { signature: { scheme: 'hmac', secret } } }
      const workflow = await flows.running({ trigger, steps: [{ type: 'stop' }] })

      expect((await send(workflow.hookUrl, body, { 'x-signature': 'nonsense' })).status).toBe(401)
      expect((await send(workflow.hookUrl, body, { 'x-signature': mac(secret, body).toString('hex') })).status).toBe(
        200,
      )
      await end(workflow)
    })
  })
})
