import { afterEach, describe, expect, test } from 'vitest'
import { commit } from '../../../src/domain/commit.ts'
import { append } from '../../../src/domain/outbox.ts'
import { createToken, revokeToken } from '../../../src/domain/tokens/tokens.ts'
import { bare, onEveryStore, startCrm } from '../../harness.ts'
import { type Live, listen } from '../../support/live.ts'
import { onlyAssigned, type Visit, visitOf } from '../../support/people.ts'
import { workflowsOf } from '../../support/workflows.ts'

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

onEveryStore('the stream of changes', (crm) => {
  const open: Live[] = []
  const come = async (token = crm.token, lastEventId?: string) => {
    const client = await listen(crm.url, { authorization: `Bearer ${token}` }, lastEventId)
    open.push(client)
    return client
  }
  const comeAs = async ({ cookie }: Visit) => {
    const client = await listen(crm.url, { cookie })
    open.push(client)
    return client
  }
  afterEach(() => {
    for (const client of open.splice(0)) client.leave()
  })
  const told = ({ changes }: Live) => changes.map(({ types, recordId }) => [types[0], recordId])

  test('is one of server-sent events, which nobody keeps', async () => {
    const client = await come()

    expect(client.status).toBe(200)
    expect(client.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(client.headers.get('cache-control')).toBe('no-store')
    expect(client.headers.get('x-trace-id')).toMatch(/^[\da-f-]{36}$/)
    await client.until(() => /^\d+$/.test(client.lastEventId))
  })

  test('tells a change soon after it was made, and where a moved deal came from', async () => {
    const deal = await crm.given.opportunity()
    const client = await come()

    await crm.v2.put(`/opportunities/${deal.id}`, { pipelineStageId: crm.stages[1]?.id, status: 'won' })
    const began = performance.now()
    const [change] = await client.hear(1)

    expect(performance.now() - began).toBeLessThan(500)
    const place = { pipelineId: crm.pipeline.id, pipelineStageId: crm.stages[1]?.id, status: 'won' }
    expect(change).toEqual({
      seq: expect.any(Number),
      types: ['OpportunityUpdate', 'OpportunityStageUpdate', 'OpportunityStatusUpdate'],
      record: 'opportunity',
      recordId: deal.id,
      contactId: deal.contactId,
      at: time,
      callerKind: 'token',
      callerId: expect.any(String),
      opportunity: { ...place, before: { ...place, pipelineStageId: crm.stages[0]?.id, status: 'open' } },
    })
    expect(client.lastEventId).toBe(String(change?.seq))
  })

  test('tells of everything that the API changes, each once, in order', async () => {
    const client = await come()

    const deal = await crm.given.opportunity()
    const note = (await crm.v2.post(`/contacts/${deal.contactId}/notes`, { body: 'Hi' })).body.note
    await crm.v2.put(`/opportunities/${deal.id}`, { monetaryValue: 5 })
    const pipeline = await crm.given.pipeline('Heard of')
    await crm.v2.delete(`/opportunities/${deal.id}`)
    await client.hear(6)

    const place = { pipelineId: crm.pipeline.id, pipelineStageId: crm.stages[0]?.id, status: 'open' }
    expect(
      client.changes.map(({ types, record, recordId, contactId, opportunity }) => ({
        ...{ types, record, recordId, contactId, opportunity },
      })),
    ).toEqual([
      { types: ['ContactCreate'], record: 'contact', recordId: deal.contactId },
      {
        types: ['OpportunityCreate', 'OpportunityUpdate'],
        ...{ record: 'opportunity', recordId: deal.id, contactId: deal.contactId, opportunity: place },
      },
      { types: ['NoteCreate'], record: 'note', recordId: note.id, contactId: deal.contactId },
      {
        types: ['OpportunityUpdate', 'OpportunityMonetaryValueUpdate'],
        ...{ record: 'opportunity', recordId: deal.id, contactId: deal.contactId, opportunity: place },
      },
      { types: ['PipelineCreate'], record: 'pipeline', recordId: pipeline.id },
      {
        types: ['OpportunityDelete'],
        ...{ record: 'opportunity', recordId: deal.id, contactId: deal.contactId, opportunity: place },
      },
    ])
  })

  test('tells what a workflow changes', async () => {
    const client = await come()
    const workflow = await workflowsOf(crm).running({
      trigger: { type: 'opportunity_status_changed', filters: { to: 'abandoned' } },
      steps: [{ type: 'internal_update_opportunity', settings: { source: 'by workflow' } }],
    })
    const deal = await crm.given.opportunity()

    await crm.v2.put(`/opportunities/${deal.id}/status`, { status: 'abandoned' })
    await crm.settle()
    await client.until(() => client.changes.some(({ callerKind }) => callerKind === 'run'))

    expect(client.changes.at(-1)).toMatchObject({ record: 'opportunity', recordId: deal.id, callerKind: 'run' })
    await crm.ask('POST', `/console/workflows/${workflow.id}/unpublish`)
  })

  describe('to a client that returns', () => {
    test('tells what it missed, and goes on', async () => {
      const client = await come()
      const deal = await crm.given.opportunity()
      await client.until(() => client.changes.some(({ recordId }) => recordId === deal.id))
      client.leave()
      for (const monetaryValue of [1, 2, 3]) await crm.v2.put(`/opportunities/${deal.id}`, { monetaryValue })

      const again = await come(crm.token, client.lastEventId)
      await crm.v2.put(`/opportunities/${deal.id}`, { monetaryValue: 4 })

      const known = new Set(client.changes.map(({ seq }) => seq))
      // What may have been heard before is told again, and known by its number.
      const missed = () => again.changes.filter(({ seq, recordId }) => recordId === deal.id && !known.has(seq))
      await again.until(() => missed().length >= 4)
      expect(missed().map(({ recordId, types }) => [recordId, types[1]])).toEqual(
        Array(4).fill([deal.id, 'OpportunityMonetaryValueUpdate']),
      )
      expect(again.resets).toBe(0)
    })

    test('even if it had heard of nothing but the beginning', async () => {
      const client = await come()
      await client.until(() => client.lastEventId !== '')
      client.leave()
      const contact = await crm.given.contact()

      const again = await come(crm.token, client.lastEventId)

      await again.until(() => again.changes.some(({ recordId }) => recordId === contact.id))
    })

    test.each([
      ['by the header', (id: string) => ({ 'last-event-id': id }), () => ''],
      ['in the address', () => ({}), (id: string) => `?lastEventId=${id}`],
    ])('says so where it is asked for more than there is, %s', async (_, headers, query) => {
      const ending = new AbortController()
      const response = await fetch(`${crm.url}/console/stream${query('999999999')}`, {
        headers: { authorization: `Bearer ${crm.token}`, ...headers('999999999') } as Record<string, string>,
        signal: ending.signal,
      })

      let text = ''
      for await (const part of response.body ?? []) {
        text += Buffer.from(part).toString()
        if (text.includes('reset')) break
      }
      ending.abort()
      expect(text).toMatch(/event: reset\nid: \d+\ndata: {}\n\n/)
    })

    test('tells it to look anew where too much has happened', { timeout: 60_000 }, async () => {
      const client = await come()
      await client.until(() => client.lastEventId !== '')
      client.leave()
      const ctx = crm.as(crm.locationId)
      await commit(ctx, async (tx) => {
        const event = { types: ['TagCreate' as const], record: 'tag' as const, before: null, after: {} }
        for (let made = 0; made <= 2000; made++) await append(ctx, tx, { ...event, recordId: `tag ${made}` })
      })

      const again = await come(crm.token, client.lastEventId)
      await again.until(() => again.resets > 0)
      expect(again.changes).toEqual([])
      const first = await crm.given.contact()
      const hears = (id: string) => again.changes.some(({ recordId }) => recordId === id)
      // Where both clients were there for a moment it is told twice, and the contact may be among what is not told.
      await again.until(() => hears(first.id) || again.resets > 1)

      const { id } = await crm.given.contact()
      await again.until(() => hears(id))
      expect(again.changes.every(({ record }) => record === 'contact')).toBe(true)
    })
  })

  describe('tells nobody of what they may not see:', () => {
    test('another location', async () => {
      const other = await crm.given.location()
      const client = await come(other.token)
      const own = await come()

      const { id } = await crm.given.contact()
      await own.until(() => own.changes.some(({ recordId }) => recordId === id))
      await crm.v2.post('/contacts/', { locationId: other.id, firstName: 'Theirs' }, { token: other.token })

      expect((await client.hear(1)).map(({ record }) => record)).toEqual(['contact'])
      expect(client.changes[0]?.recordId).not.toBe(id)
    })

    test('records that no scope of the token is about', async () => {
      const client = await come(await crm.given.token(['contacts.readonly']))

      const deal = await crm.given.opportunity()
      await crm.v2.post(`/contacts/${deal.contactId}/notes`, { body: 'Hi' })

      expect((await client.hear(2)).map(({ record }) => record)).toEqual(['contact', 'note'])
    })

    test('views of others that are not shared', async () => {
      const [ada, bob] = [await visitOf(crm), await visitOf(crm)]
      const [hers, his] = [await comeAs(ada), await comeAs(bob)]

      const { view } = (await ada.ask('POST', '/console/views', { page: 'board', name: 'Hers' })).body
      await hers.hear(1)
      await ada.ask('PUT', `/console/views/${view.id}`, { isShared: true })
      await his.hear(1)

      expect(told(hers)[0]).toEqual(['ViewCreate', view.id])
      expect(told(his)).toEqual([['ViewUpdate', view.id]])
    })

    test('what is not theirs, to those who see only their own, who hear when it goes from them', async () => {
      const visit = await visitOf(crm, onlyAssigned)
      const other = await crm.given.opportunity()
      const client = await comeAs(visit)
      const change = (id: string, body: object) => crm.v2.put(`/opportunities/${id}`, body)

      await change(other.id, { monetaryValue: 1 })
      await change(other.id, { assignedTo: visit.user.id })
      await crm.v2.post(`/contacts/${other.contactId}/notes`, { body: 'About theirs' })
      await crm.v2.put(`/contacts/${other.contactId}`, { city: 'Graz' })
      await crm.given.contact()
      await client.hear(3)
      await change(other.id, { assignedTo: null, pipelineStageId: crm.stages[2]?.id })
      await client.hear(4)
      const everything = await come()
      await change(other.id, { monetaryValue: 2 })
      await crm.v2.post(`/contacts/${other.contactId}/notes`, { body: 'No longer theirs' })
      await everything.hear(2)
      await crm.v2.post(`/opportunities/${other.id}/followers`, { followers: [visit.user.id] })
      await client.hear(5)

      expect(told(client)).toEqual([
        ['OpportunityUpdate', other.id],
        ['NoteCreate', expect.any(String)],
        ['ContactUpdate', other.contactId],
        ['OpportunityUpdate', other.id],
        ['OpportunityUpdate', other.id],
      ])
      const [given, , , taken, followed] = client.changes
      const place = { pipelineId: crm.pipeline.id, pipelineStageId: crm.stages[0]?.id, status: 'open' }
      expect(given?.opportunity).toEqual(place)
      expect(taken).toMatchObject({ types: expect.arrayContaining(['OpportunityAssignedToUpdate']) })
      // Where it went is no longer theirs to know.
      expect(taken?.opportunity).toEqual(place)
      expect(followed?.opportunity).toEqual({ ...place, pipelineStageId: crm.stages[2]?.id })
    })
  })

  describe('ends within moments', () => {
    test('when the token is revoked', async () => {
      const { secret, token } = await createToken(crm.as(crm.locationId), { name: 'For a while' })
      const client = await come(secret)
      await client.until(() => client.lastEventId !== '')

      await revokeToken(crm.as(crm.locationId), token.id)

      await client.until(() => client.isOver)
    })

    test('when the person signs out, or is deleted', async () => {
      const [ada, bob] = [await visitOf(crm), await visitOf(crm)]
      const [hers, his] = [await comeAs(ada), await comeAs(bob)]

      await ada.ask('DELETE', '/console/session')
      await crm.v2.delete(`/users/${bob.user.id}`)

      await hers.until(() => hers.isOver)
      await his.until(() => his.isOver)
    })
  })

  test('soon obeys a change of what the person may see', async () => {
    const visit = await visitOf(crm)
    const [own, other] = [await crm.given.opportunity({ assignedTo: visit.user.id }), await crm.given.opportunity()]
    const client = await comeAs(visit)
    const heard = () => client.changes.filter(({ recordId }) => recordId === other.id).length
    let monetaryValue = 0
    /** Changes both deals; whether the one that is not theirs was heard of. */
    const isHeard = async () => {
      const [before, ofOwn] = [heard(), client.changes.length]
      monetaryValue++
      for (const { id } of [other, own]) await crm.v2.put(`/opportunities/${id}`, { monetaryValue })
      await client.until(() => client.changes.slice(ofOwn).some(({ recordId }) => recordId === own.id))
      return heard() > before
    }
    expect(await isHeard()).toBe(true)

    await crm.v2.put(`/users/${visit.user.id}`, onlyAssigned)

    const end = performance.now() + 4000
    while (await isHeard()) expect(performance.now()).toBeLessThan(end)
  })

  describe('is refused', () => {
    const ask = (headers: Record<string, string>, query = '') =>
      crm.ask('GET', `/console/stream${query}`, { token: '', headers })

    test('to strangers', async () => {
      expect((await ask({})).status).toBe(401)
      expect((await ask({ cookie: 'pipewright_session=abc' })).status).toBe(401)
    })

    test('for another location', async () => {
      const other = await crm.given.location()
      const reply = await ask({ authorization: `Bearer ${crm.token}` }, `?locationId=${other.id}`)

      expect(reply.status).toBe(403)
    })

    test.each(['x', '-1', '1.5', '9'.repeat(16)])('with the last event %j', async (lastEventId) => {
      const reply = await ask({ authorization: `Bearer ${crm.token}`, 'last-event-id': lastEventId })

      expect(reply.status).toBe(422)
      expect(bare(reply)).toEqual({
        ...{ statusCode: 422, error: 'Unprocessable Entity' },
        message: ['lastEventId must be the id of an event of this stream'],
      })
    })
  })
})

test('streams end at once when the server does', async () => {
  const crm = await startCrm()
  const clients = await Promise.all(
    Array.from({ length: 5 }, () => listen(crm.url, { authorization: `Bearer ${crm.token}` })),
  )
  const began = performance.now()

  await crm.stop()

  expect(performance.now() - began).toBeLessThan(2000)
  for (const client of clients) await client.until(() => client.isOver)
})
