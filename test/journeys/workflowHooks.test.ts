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
    const { status, headers: answered } = response
    return { status, headers: answered, body: (await response.json()) as Record<string, unknown> }
  }
  const opportunityOf = async (id: string) => (await crm.v2.get(`/opportunities/${id}`)).body.opportunity
  const sample = (fields: object) => ({ id: expect.any(String), at: expect.any(String), reason: null, ...fields })
  const byPayload = (samples: { payload: { id: string } }[]) =>
    samples.toSorted((one, other) => (one.payload.id < other.payload.id ? -1 : 1))
  const end = (workflow: { id: string }) => flows.act(`workflows/${workflow.id}/unpublish`)
  const paid = (id: string, email: string) => ({
    id,
    type: 'payment_intent.succeeded',
    data: { object: { receipt_email: email, amount_received: 4900 } },
  })

  describe('made of the payment template', () => {
    const secret = 'whsec_of the provider'
    const made = async () => (await crm.v2.post('/console/workflows/templates', { template: 'payment' })).body.workflow
    async function template() {
      const { id, draft } = await made()
      const filters = { ...draft.trigger.filters, signature: { scheme: 'stripe', secret } }
      await crm.v2.put(`/console/workflows/${id}`, { trigger: { type: 'inbound_webhook', filters } })
      return flows.publish(id)
    }
    const pay = ({ hookUrl }: { hookUrl: string }, payload: object) => {
      const [at, body] = [Math.floor(crm.as(crm.locationId).now() / 1000), JSON.stringify(payload)]
      const v1 = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')
      return send(hookUrl, body, { 'stripe-signature': `t=${at},v1=${v1}` })
    }
    const event = (type: string, object: object) => ({
      id: `evt_${type}_${JSON.stringify(object)}`,
      type,
      data: { object },
    })
    async function payerWithDeals(email: string, count: number): Promise<string[]> {
      const contact = await crm.given.contact({ email })
      const deals = Array.from({ length: count }, () => crm.given.opportunity({ contactId: contact.id }))
      return (await Promise.all(deals)).map(({ id }) => id)
    }
    const won = async (ids: string[]) => {
      await crm.settle()
      const all = await Promise.all(ids.map(opportunityOf))
      return all.filter(({ status }) => status === 'won').length
    }

    test('is tried with what would be sent: about whom that is, and nothing of it stays', async () => {
      const { id } = await template()
      const [deal = ''] = await payerWithDeals('tried@example.com', 1)
      const told = async (type: string) => {
        const payload = event(type, { receipt_email: 'tried@example.com' })
        return (await flows.act(`workflows/${id}/test`, { data: { payload } })).body
      }

      expect(await told('charge.succeeded')).toMatchObject({
        state: 'done',
        error: null,
        steps: [{ type: 'find_opportunity' }, { type: 'internal_update_opportunity' }, { type: 'add_notes' }],
      })
      expect(await told('charge.failed')).toMatchObject({
        state: 'stopped',
        error: 'The trigger passes this payload over',
        steps: [],
      })
      expect((await opportunityOf(deal)).status).toBe('open')
      expect(await flows.runs(id)).toEqual([])
    })

    test('is published once its secret is known, or nobody wants one', async () => {
      const { id, draft } = await made()
      const { signature, ...filters } = draft.trigger.filters

      expect(signature).toEqual({ scheme: 'stripe' })
      expect(bare(await flows.act(`workflows/${id}/publish`))).toEqual({
        statusCode: 422,
        message: [
          'trigger.filters.signature.secret should not be empty',
          'trigger.filters.signature.secret must be a string',
        ],
        error: 'Unprocessable Entity',
      })
      await crm.v2.put(`/console/workflows/${id}`, { trigger: { type: 'inbound_webhook', filters } })
      const workflow = await flows.publish(id)
      expect((await send(workflow.hookUrl, paid('evt_unsigned', 'nobody@example.com'))).body).toMatchObject({
        outcome: 'started',
      })
      await end(workflow)
      expect((await send((await template()).hookUrl, paid('evt_unsigned', 'nobody@example.com'))).status).toBe(401)
    })

    test.each(['together', 'in turn'])('wins one deal for one payment that is told by three events %s', async (how) => {
      const workflow = await template()
      const email = `three-${how.replace(' ', '-')}@example.com`
      const deals = await payerWithDeals(email, 3)
      const charge = { id: 'ch_3', payment_intent: 'pi_3', captured: true, paid: true, billing_details: { email } }
      const events = [
        // It does not say who paid: what does comes behind it.
        event('payment_intent.succeeded', { id: 'pi_3', receipt_email: null }),
        event('charge.succeeded', charge),
        event('payment_intent.succeeded', { id: 'pi_3', receipt_email: email }),
        event('checkout.session.completed', {
          id: 'cs_3',
          payment_intent: 'pi_3',
          payment_status: 'paid',
          customer_details: { email },
        }),
      ]

      const replies = []
      if (how === 'together') replies.push(...(await Promise.all(events.map((one) => pay(workflow, one)))))
      else for (const one of events) replies.push(await pay(workflow, one))

      expect(replies.map(({ body }) => body.outcome)).toEqual(['passed over', 'started', 'started', 'started'])
      expect(replies.filter(({ body }) => body.duplicate === false && body.outcome === 'started')).toHaveLength(1)
      expect(await won(deals)).toBe(1)
      await pay(workflow, event('charge.succeeded', { ...charge, id: 'ch_4', payment_intent: 'pi_4' }))
      expect(await won(deals)).toBe(2)
      await end(workflow)
    })

    test('waits until a checkout is paid, and a charge is more than held back', async () => {
      const workflow = await template()
      const email = 'later@example.com'
      const deals = await payerWithDeals(email, 1)
      const session = { id: 'cs_5', payment_intent: 'pi_5', customer_details: { email } }
      const charge = { id: 'ch_5', payment_intent: 'pi_5', paid: true, billing_details: { email } }

      for (const early of [
        event('checkout.session.completed', { ...session, payment_status: 'unpaid' }),
        event('checkout.session.completed', { ...session, payment_status: 'no_payment_required' }),
        event('charge.succeeded', { ...charge, captured: false }),
      ]) {
        expect((await pay(workflow, early)).body).toMatchObject({ duplicate: false, outcome: 'passed over' })
      }
      expect(await won(deals)).toBe(0)
      await pay(workflow, event('checkout.session.async_payment_succeeded', { ...session, payment_status: 'paid' }))

      expect(await won(deals)).toBe(1)
      await end(workflow)
    })

    test('moves the open deal of the payer to the stage of won ones, and wins it', async () => {
      const workflow = await template()
      const { examples } = (await crm.v2.get('/console/workflows/templates')).body.templates[0]
      expect(examples).toHaveLength(3)
      for (const [at, { payload }] of examples.entries()) {
        const contact = await crm.given.contact({ email: `payer${at}@example.com` })
        const { id } = await crm.given.opportunity({ contactId: contact.id })
        const sent = JSON.parse(JSON.stringify(payload).replaceAll('ada@example.com', `payer${at}@example.com`))

        expect((await pay(workflow, sent)).body).toMatchObject({ received: true, outcome: 'started' })
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
        Array.from({ length: 1000 }, () => pay(workflow, paid('evt_often', 'often@example.com'))),
      )
      await crm.settle()

      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]))
      expect(replies.filter(({ body }) => body.duplicate === false)).toHaveLength(1)
      expect(await flows.runs(workflow.id)).toHaveLength(1)
      const moves = (await crm.events(id)).filter(({ types }) => types.includes('OpportunityStatusUpdate'))
      expect(moves).toHaveLength(1)
      crm.advance(100 * 86_400_000)
      await crm.settle()
      expect((await pay(workflow, paid('evt_often', 'often@example.com'))).body).toMatchObject({
        duplicate: true,
      })
      await end(workflow)
    })

    test('passes over what is no payment, and does nothing for a stranger', async () => {
      const workflow = await template()

      const refund = await pay(workflow, { id: 'evt_refund', type: 'charge.refunded', data: {} })
      const stranger = await pay(workflow, paid('evt_stranger', 'nobody@example.com'))
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

  test('of which several come at once about one person makes one deal', async () => {
    const contact = { mode: 'find', email: 'mail' }
    const opportunity = { mode: 'findOrCreate', pipelineId: crm.pipeline.id, status: 'open' }
    const trigger = { type: 'inbound_webhook', filters: { eventId: 'id', contact, opportunity } }
    const workflow = await flows.running({ trigger, steps: [{ type: 'stop' }] })
    await crm.given.contact({ email: 'together@example.com' })

    await Promise.all(
      Array.from({ length: 20 }, (_, at) => send(workflow.hookUrl, { id: `${at}`, mail: 'together@example.com' })),
    )
    await crm.settle()

    const runs = await flows.runs(workflow.id)
    expect(runs).toHaveLength(20)
    expect(new Set(runs.map(({ opportunityId }) => opportunityId)).size).toBe(1)
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

  test('of a paused workflow asks for it again later, and then counts it once', async () => {
    const filters = { eventId: 'id', only: { conditions: [{ field: 'payload.kind', is: 'equals', value: 'paid' }] } }
    const workflow = await flows.running({ trigger: { type: 'inbound_webhook', filters }, steps: [{ type: 'stop' }] })
    await flows.act(`workflows/${workflow.id}/pause`)
    const paused = await send(workflow.hookUrl, { id: 'one', kind: 'paid' })
    expect([paused.status, paused.headers.get('retry-after')]).toEqual([503, '300'])
    expect(paused.body).toEqual({ received: false, duplicate: false, outcome: 'captured', traceId: expect.any(String) })
    expect(await send(workflow.hookUrl, { id: 'two', kind: 'sent' })).toMatchObject({
      status: 200,
      body: { received: true, outcome: 'passed over' },
    })

    await flows.act(`workflows/${workflow.id}/resume`)
    for (const duplicate of [false, true]) {
      const { status, body } = await send(workflow.hookUrl, { id: 'one', kind: 'paid' })
      expect([status, body.duplicate]).toEqual([200, duplicate])
    }
    await crm.settle()
    expect(await flows.runs(workflow.id)).toHaveLength(1)

    await flows.act(`workflows/${workflow.id}/drain`)
    expect(await send(workflow.hookUrl, { id: 'three', kind: 'paid' })).toMatchObject({
      status: 200,
      body: { received: true, outcome: 'captured' },
    })
    await end(workflow)
  })

  test('keeps each number of an event apart, and leaves out what nobody can keep', async () => {
    const workflow = await flows.running({
      trigger: {
        type: 'inbound_webhook',
        filters: { eventId: 'id', contact: { mode: 'findOrCreate', email: 'mail' } },
      },
      steps: [addTag('{{payload.id}} {{payload.text}}')],
    })
    const numbers = ['12345678901234567890', '12345678901234567999', '-12345678901234567890', '1']
    const body = (id: string, text: string) => `{"text": "${text}", "mail": "number${id}@example.com", "id": ${id} }`

    for (const id of numbers) {
      for (const duplicate of [false, true]) {
        expect((await send(workflow.hookUrl, body(id, '\\"12345678901234567890\\u0000'))).body).toMatchObject({
          duplicate,
        })
      }
    }
    await crm.settle()

    const { samples } = (await crm.v2.get(`/console/workflows/${workflow.id}/samples`)).body
    expect(
      samples.map(({ payload }: { payload: { id: unknown; text: string } }) => [payload.id, payload.text]).sort(),
    ).toEqual([...numbers.slice(0, 3), 1].map((id) => [id, '"12345678901234567890']).sort())
    const runs = await flows.runs(workflow.id)
    const tags = await Promise.all(runs.map(({ contactId }) => flows.tags(contactId)))
    expect(tags.flat().sort()).toEqual(numbers.map((id) => `${id} "12345678901234567890`).sort())
    const long = await send(workflow.hookUrl, `{"id": 1234567890123456789, "text": "${'x'.repeat(900_000)}"}`)
    expect(long.body).toMatchObject({ duplicate: false, outcome: 'started' })
    await end(workflow)
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
    const much = { id: 'a', mail: 'wrong@example.com', worth: 'much' }
    expect(await send(workflow.hookUrl, much)).toMatchObject({
      status: 422,
      body: { message: ['monetaryValue must be a number, not "much"'] },
    })
    const nobody = { id: 'b', mail: 'no address' }
    expect(await send(workflow.hookUrl, nobody)).toMatchObject({
      status: 422,
      body: { message: ['email must be an email'] },
    })
    await crm.settle()

    expect(await flows.runs(workflow.id)).toEqual([])
    const { samples } = (await crm.v2.get(`/console/workflows/${workflow.id}/samples`)).body
    expect(byPayload(samples)).toEqual([
      sample({ payload: much, outcome: 'refused', reason: 'monetaryValue must be a number, not "much"' }),
      sample({ payload: nobody, outcome: 'refused', reason: 'email must be an email' }),
    ])
    // Refused is not counted: the same event is taken in once it makes sense.
    expect((await send(workflow.hookUrl, { ...nobody, mail: 'right@example.com' })).body).toMatchObject({
      duplicate: false,
      outcome: 'started',
    })
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
        expect(await refused(sign(seconds(-360), body))).toBe('The timestamp is missing, too old or too new')
        expect((await crm.v2.get(`/console/workflows/${workflow.id}/samples`)).body.samples).toEqual([])
        expect(await flows.runs(workflow.id)).toEqual([])
        expect((await send(workflow.hookUrl, body, sign(seconds(30), body))).status).toBe(200)
        await crm.settle()

        expect(await flows.runs(workflow.id)).toHaveLength(1)
        await end(workflow)
      },
    )

    test('by standard, counts each of its messages once, though nothing in it says which it is', async () => {
      const { signature, sign } = schemes.standard as (typeof schemes)[string]
      const trigger = { type: 'inbound_webhook', filters: { signature } }
      const workflow = await flows.running({ trigger, steps: [{ type: 'stop' }] })
      const headers = sign(seconds(), body)

      const first = await send(workflow.hookUrl, body, headers)
      const again = await send(workflow.hookUrl, body, headers)

      expect([first.body.duplicate, again.body.duplicate]).toEqual([false, true])
      await crm.settle()
      expect(await flows.runs(workflow.id)).toHaveLength(1)
      await end(workflow)
    })

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
