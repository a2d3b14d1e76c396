import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { onEveryStore } from '../harness.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { addTag, workflowsOf } from '../support/workflows.ts'

onEveryStore('the Webhook action', (crm) => {
  let flows: ReturnType<typeof workflowsOf>
  let receiver: Receiver
  beforeAll(async () => {
    flows = workflowsOf(crm)
    receiver = await startReceiver()
  })
  afterAll(() => receiver.close())
  beforeEach(() => {
    receiver.received.length = 0
    receiver.say(200, {}, 'thanks')
  })

  const webhook = (settings: object = {}) => ({
    type: 'webhook',
    settings: {
      url: `${receiver.url}/deals/{{opportunity.id}}`,
      headers: { 'X-Key': 'secret {{contact.email}}' },
      customData: { deal: '{{opportunity.name}} at {{opportunity.monetaryValue}}' },
      ...settings,
    },
  })
  const running = (settings?: object) =>
    flows.running({
      trigger: { type: 'opportunity_created' },
      steps: [webhook(settings), addTag('told')],
      name: 'Tell',
    })
  const end = (workflow: { id: string }) => flows.act(`workflows/${workflow.id}/unpublish`)

  test('posts the contact, the deal and what else was asked for, and goes on once it was heard', async () => {
    const { customField } = (
      await crm.v2.post(`/locations/${crm.locationId}/customFields`, {
        name: 'Shoe size',
        dataType: 'NUMERICAL',
        model: 'contact',
      })
    ).body
    const user = await crm.given.user('Grace')
    const contact = await crm.given.contact({
      firstName: 'Ada',
      lastName: 'Byron',
      email: 'ada.byron@example.com',
      phone: '+14155550123',
      tags: ['vip', 'early'],
      address1: '1 Main St',
      city: 'Boston',
      country: 'US',
      source: 'fair',
      customFields: [{ id: customField.id, field_value: 38 }],
    })
    const workflow = await running()
    const { id } = await crm.given.opportunity({
      contactId: contact.id,
      monetaryValue: 120,
      assignedTo: user.id,
      source: 'web',
    })
    await crm.settle()

    const { run, steps } = await flows.story(workflow.id)
    const [received] = receiver.received
    expect(receiver.received).toHaveLength(1)
    expect(received?.path).toBe(`/deals/${id}`)
    expect(received?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-key': 'secret ada.byron@example.com',
      'idempotency-key': `${run.id}-0`,
    })
    expect(received?.body).toEqual({
      'Shoe size': 38,
      contact_id: contact.id,
      first_name: 'Ada',
      last_name: 'Byron',
      full_name: 'Ada Byron',
      email: 'ada.byron@example.com',
      phone: '+14155550123',
      company_name: null,
      tags: 'vip,early',
      country: 'US',
      date_created: contact.dateAdded,
      contact_source: 'fair',
      full_address: '1 Main St, Boston, US',
      contact_type: 'lead',
      id,
      opportunity_name: 'A deal',
      status: 'open',
      lead_value: 120,
      opportunity_source: 'web',
      source: 'web',
      pipleline_stage: 'New Lead',
      pipeline_stage: 'New Lead',
      pipeline_id: crm.pipeline.id,
      pipeline_name: 'Sales Pipeline',
      user: { firstName: 'Grace', lastName: 'Hopper', name: 'Grace Hopper', email: user.email, phone: '' },
      location: expect.objectContaining({ id: crm.locationId, fullAddress: expect.any(String) }),
      workflow: { id: workflow.id, name: 'Tell' },
      triggerData: expect.objectContaining({ type: 'opportunity_created' }),
      customData: { deal: 'A deal at 120' },
    })
    expect(steps[0]).toMatchObject({
      state: 'done',
      input: { url: `${receiver.url}/deals/${id}`, headers: { 'X-Key': '•••' } },
      result: { status: 200, response: 'thanks' },
    })
    expect(await flows.tags(contact.id)).toContain('told')
    await end(workflow)
  })

  test('sends the same again under the same key until it is heard', async () => {
    const workflow = await running()
    receiver.say(500)
    const { contactId, id } = await crm.given.opportunity()
    await crm.settle()
    expect((await flows.story(workflow.id)).run).toMatchObject({ state: 'retrying', error: 'It answered 500' })
    await crm.v2.put(`/opportunities/${id}`, { name: 'Renamed meanwhile' })
    receiver.say(204)
    crm.advance(10_001)
    await crm.settle()

    const [first, second] = receiver.received
    expect(second?.raw).toEqual(first?.raw)
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key'])
    const { run, steps } = await flows.story(workflow.id)
    expect(run.state).toBe('done')
    expect(steps).toMatchObject([
      { state: 'failed', attempt: 1, error: 'It answered 500', result: { status: 500 } },
      { state: 'done', attempt: 2, result: { status: 204 } },
      { type: 'add_contact_tag' },
    ])
    expect(await flows.tags(contactId)).toEqual(['told'])
    await end(workflow)
  })

  test('is sent again when the receiver asked for it, not before', async () => {
    const workflow = await running()
    receiver.say(429, { 'retry-after': '3600' })
    await crm.given.opportunity()
    await crm.settle()
    const { run, steps } = await flows.story(workflow.id)
    expect(run).toMatchObject({ state: 'retrying', error: 'It answered 429' })
    expect(Date.parse(run.nextAt) - Date.parse(steps[0].at)).toBe(3_600_000)

    receiver.say(200)
    crm.advance(3_599_000)
    await crm.settle()
    expect(receiver.received).toHaveLength(1)
    crm.advance(1_001)
    await crm.settle()

    expect(receiver.received).toHaveLength(2)
    expect((await flows.story(workflow.id)).run.state).toBe('done')
    await end(workflow)
  })

  test('sends a name in any script in a header, and in the address', async () => {
    const name = 'Zoé € 木\r\nX-Evil: 1\u0085\u0001'
    const workflow = await running({
      url: `${receiver.url}/of/{{contact.firstName}}`,
      headers: { 'X-Name': '{{contact.firstName}}' },
    })
    const { id: contactId } = await crm.given.contact({ firstName: name })
    await crm.given.opportunity({ contactId })
    await crm.settle()

    expect((await flows.story(workflow.id)).run).toMatchObject({ state: 'done', error: null })
    const [received] = receiver.received
    expect(Buffer.from(String(received?.headers['x-name']), 'latin1').toString()).toBe('Zoé € 木 X-Evil: 1')
    expect(received?.headers['x-evil']).toBeUndefined()
    expect(decodeURIComponent(received?.path ?? '')).toContain('/of/Zoé € 木')
    await end(workflow)
  })

  test('waits for a person in the end, who tries it again', async () => {
    const workflow = await running()
    receiver.say(404)
    const { contactId } = await crm.given.opportunity()
    for (const delay of [0, 10_001, 60_001, 300_001, 3_600_000]) {
      crm.advance(delay)
      await crm.settle()
    }
    const { run } = await flows.story(workflow.id)
    expect(run).toMatchObject({ state: 'failed', error: 'It answered 404' })
    expect(receiver.received).toHaveLength(4)

    receiver.say(200)
    await flows.act(`runs/${run.id}/retry`)
    await crm.settle()

    expect((await flows.story(workflow.id)).run).toMatchObject({ state: 'done', error: null })
    expect(new Set(receiver.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
    expect(await flows.tags(contactId)).toEqual(['told'])
    await end(workflow)
  })

  test('to somebody who does not answer holds up nobody else', async () => {
    const silent = await startReceiver()
    silent.answer(() => {})
    const trigger = { type: 'contact_created' }
    const hanging = await flows.running({ trigger, steps: [webhook({ url: silent.url })] })
    for (let made = 0; made < 80; made++) await crm.given.contact()
    await expect.poll(() => silent.received.length).toBeGreaterThan(7)
    const workflow = await running()
    await crm.given.opportunity()

    await expect.poll(async () => (await flows.runs(workflow.id))[0]?.state).toBe('done')

    expect(silent.received.length).toBeLessThan(40)
    await end(workflow)
    await end(hanging)
    await silent.close()
  })

  test('to one host from many locations is not what all of its time goes to', { timeout: 60_000 }, async () => {
    const silent = await startReceiver()
    silent.say(500)
    const trigger = { type: 'contact_created' }
    const wanted = { name: 'Hanging', trigger, steps: [webhook({ url: silent.url })] }
    const hanging: { path: string; token: string }[] = []
    for (let at = 0; at < 6; at++) {
      const { id, token } = await crm.given.location()
      const { workflow: made } = (await crm.v2.post('/console/workflows', wanted, { token })).body
      const path = `/console/workflows/${made.id}`
      await crm.v2.post(`${path}/publish`, undefined, { token })
      hanging.push({ path, token })
      for (let n = 0; n < 6; n++) {
        await crm.v2.post('/contacts/', { locationId: id, email: `one${n}@example.com` }, { token })
      }
    }
    await crm.settle()
    silent.answer(() => {})
    crm.advance(10_001)
    await expect.poll(() => silent.received.length).toBeGreaterThan(36)
    const workflow = await flows.running({ trigger, steps: [webhook({ url: receiver.url })] })
    await crm.given.contact()

    await expect.poll(async () => (await flows.runs(workflow.id))[0]?.state).toBe('done')

    expect(silent.most()).toBe(8)
    for (const { path, token } of hanging) await crm.v2.post(`${path}/unpublish`, undefined, { token })
    await end(workflow)
    await silent.close()
  })

  test('that is under way while its workflow is paused is noted, and not sent again', async () => {
    const workflow = await running()
    let answer = () => {}
    receiver.answer((_one, response) => {
      answer = () => void response.writeHead(200).end('thanks')
    })
    const { contactId } = await crm.given.opportunity()
    await expect.poll(() => receiver.received.length).toBe(1)
    await flows.act(`workflows/${workflow.id}/pause`)
    answer()
    await expect.poll(async () => (await flows.story(workflow.id)).steps.length).toBe(1)

    expect((await flows.story(workflow.id)).run).toMatchObject({ state: 'running', isPaused: true, place: '1' })
    crm.advance(60_000)
    await crm.settle()
    expect(await flows.tags(contactId)).toEqual([])
    await flows.act(`workflows/${workflow.id}/resume`)
    await crm.settle()
    expect(receiver.received).toHaveLength(1)
    expect((await flows.story(workflow.id)).run.state).toBe('done')
    expect(await flows.tags(contactId)).toEqual(['told'])
    await end(workflow)
  })

  test('does not reach into the server’s own network, and says so', async () => {
    const workflow = await running({ url: 'http://169.254.169.254/latest/meta-data' })
    await crm.given.opportunity()
    await crm.settle()

    expect((await flows.story(workflow.id)).run.error).toMatch(/^Refused: the address 169.254.169.254/)
    await end(workflow)
  })

  test('is not sent to what is no address', async () => {
    const { id } = await flows.create({
      trigger: { type: 'opportunity_created' },
      steps: [
        webhook({ url: 'ftp://example.com' }),
        webhook({ headers: { 'X Key': 'x' } }),
        webhook({ url: 'https://me:secret@example.com/' }),
        webhook({ headers: { Host: 'x', 'Content-Length': '3', 'Idempotency-Key': 'x' } }),
      ],
    })
    expect((await flows.get(id)).issues).toEqual([
      'steps.0.settings.url must be an http or https address',
      'steps.1.settings.headers.X Key is no name of a header',
      'steps.2.settings.url must not contain a user name or a password; send them in headers',
      'steps.3.settings.headers.Host must not be set: the server sets it',
      'steps.3.settings.headers.Content-Length must not be set: the server sets it',
      'steps.3.settings.headers.Idempotency-Key must not be set: the server sets it',
    ])

    const workflow = await running({ url: '{{contact.name}}' })
    const { contactId } = await crm.given.opportunity()
    await crm.settle()
    const { name } = (await crm.v2.get(`/contacts/${contactId}`)).body.contact
    expect((await flows.story(workflow.id)).run.error).toBe(`url must be an http or https address, not "${name}"`)
    await end(workflow)
  })
})
