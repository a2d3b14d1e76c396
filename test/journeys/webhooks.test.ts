import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { updateLocation } from '../../src/domain/accounts/locations.ts'
import { onEveryStore } from '../harness.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { type Hooked, subscribe } from '../support/webhooks.ts'

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)

onEveryStore('what webhooks are told', (crm) => {
  let receiver: Receiver
  let hook: Hooked
  beforeAll(async () => {
    receiver = await startReceiver()
    hook = await subscribe(crm, receiver)
  })
  afterAll(() => receiver.close())

  /** What arrives because of this and nothing else. */
  async function caused(work: () => Promise<unknown>) {
    await crm.settle()
    const before = hook.told().length
    await work()
    await crm.settle()
    return hook.told().slice(before)
  }
  const typesCaused = async (work: () => Promise<unknown>) => (await caused(work)).map(({ type }) => type)
  const change = (id: string, wanted: object) => () => crm.v2.put(`/opportunities/${id}`, wanted)

  describe('of an opportunity', () => {
    test('is the original’s payload, when it was made, and what changed', async () => {
      const owner = await crm.given.user()
      const deal = await crm.given.opportunity({ name: 'Roof', monetaryValue: 100, source: 'form' })

      const told = await caused(
        change(deal.id, { name: 'Big roof', status: 'won', monetaryValue: 250.5, assignedTo: owner.id }),
      )

      const payload = {
        locationId: crm.locationId,
        id: deal.id,
        assignedTo: owner.id,
        contactId: deal.contactId,
        monetaryValue: 250.5,
        name: 'Big roof',
        pipelineId: crm.pipeline.id,
        pipelineStageId: crm.stages[0]?.id,
        source: 'form',
        status: 'won',
        dateAdded: deal.createdAt,
        timestamp: time,
        webhookId: uuid,
        changes: {
          assignedTo: { from: null, to: owner.id },
          monetaryValue: { from: 100, to: 250.5 },
          name: { from: 'Roof', to: 'Big roof' },
          status: { from: 'open', to: 'won' },
        },
      }
      expect(told).toEqual(
        [
          'OpportunityUpdate',
          'OpportunityStatusUpdate',
          'OpportunityMonetaryValueUpdate',
          'OpportunityAssignedToUpdate',
        ].map((type) => ({ type, ...payload })),
      )
      expect(new Set(told.map(({ webhookId }) => webhookId)).size).toBe(4)
      const { updatedAt } = (await crm.v2.get(`/opportunities/${deal.id}`)).body.opportunity
      expect(Math.abs(Date.parse(told[0].timestamp) - Date.parse(updatedAt))).toBeLessThan(100)
    })

    test('comes in the original’s pairs: one for the change, one for what it is', async () => {
      const { id } = await crm.given.opportunity()
      const [, second] = crm.stages

      expect(await typesCaused(change(id, { pipelineStageId: second?.id }))).toEqual([
        'OpportunityUpdate',
        'OpportunityStageUpdate',
      ])
      expect(await typesCaused(change(id, { status: 'lost' }))).toEqual([
        'OpportunityUpdate',
        'OpportunityStatusUpdate',
      ])
      expect(await typesCaused(change(id, { monetaryValue: 7 }))).toEqual([
        'OpportunityUpdate',
        'OpportunityMonetaryValueUpdate',
      ])
      expect(await typesCaused(change(id, { name: 'Other' }))).toEqual(['OpportunityUpdate'])
      expect(await typesCaused(change(id, { name: 'Other' }))).toEqual([])
      expect(await typesCaused(() => crm.v2.delete(`/opportunities/${id}`))).toEqual(['OpportunityDelete'])
    })

    test('that is new says so first, and has changed nothing', async () => {
      const told = await caused(() => crm.given.opportunity())

      expect(told.map(({ type, changes }) => ({ type, changes }))).toEqual([
        { type: 'ContactCreate', changes: {} },
        { type: 'OpportunityCreate', changes: {} },
        { type: 'OpportunityUpdate', changes: {} },
      ])
    })

    test('that is gone is told as it was', async () => {
      const deal = await crm.given.opportunity({ name: 'Gone' })

      const [told] = await caused(() => crm.v2.delete(`/opportunities/${deal.id}`))

      expect(told).toMatchObject({ type: 'OpportunityDelete', id: deal.id, name: 'Gone', changes: {} })
    })

    test('names what changed beside its payload by its names on the wire', async () => {
      const { id } = await crm.given.opportunity()

      const [told] = await caused(change(id, { forecastExpectedCloseDate: '2030-05-01', forecastProbability: 40 }))

      expect(told.changes).toEqual({
        forecastExpectedCloseDate: { from: null, to: '2030-05-01T00:00:00.000Z' },
        forecastProbability: { from: null, to: 40 },
      })
    })
  })

  describe('of a contact', () => {
    test('is the original’s payload', async () => {
      const fields = { city: 'Oslo', dateOfBirth: '1990-09-25', phone: '+14155550188', tags: ['vip'] }

      const [told] = await caused(() => crm.given.contact(fields))

      expect(told).toEqual({
        type: 'ContactCreate',
        locationId: crm.locationId,
        id: expect.any(String),
        address1: null,
        city: 'Oslo',
        companyName: null,
        country: null,
        source: null,
        dateAdded: time,
        dateOfBirth: '1990-09-25T00:00:00.000Z',
        dnd: false,
        email: expect.stringMatching(/@example\.com$/),
        name: expect.stringMatching(/^Ada /),
        firstName: 'Ada',
        lastName: expect.any(String),
        phone: '+14155550188',
        postalCode: null,
        state: null,
        tags: ['vip'],
        website: null,
        attachments: null,
        assignedTo: null,
        customFields: [],
        timestamp: time,
        webhookId: uuid,
        changes: {},
      })
    })

    test('says what else a change is: of tags, or of who must not be disturbed', async () => {
      const { id } = await crm.given.contact()

      const tagged = await caused(() => crm.v2.post(`/contacts/${id}/tags`, { tags: ['Gold'] }))
      const quiet = await caused(() =>
        crm.v2.put(`/contacts/${id}`, { dnd: true, dndSettings: { SMS: { status: 'active' } } }),
      )

      expect(tagged.map(({ type, changes }) => [type, changes])).toEqual(
        ['ContactUpdate', 'ContactTagUpdate'].map((type) => [type, { tags: { from: [], to: ['gold'] } }]),
      )
      expect(quiet.map(({ type }) => type)).toEqual(['ContactUpdate', 'ContactDndUpdate'])
      expect(quiet[0]).not.toHaveProperty('dndSettings')
      expect(quiet[1]).toMatchObject({ dnd: true, dndSettings: { SMS: { status: 'active' } } })
      expect(quiet[1].changes).toEqual({
        dnd: { from: false, to: true },
        dndSettings: { from: {}, to: { SMS: { status: 'active' } } },
      })
    })

    test('that is deleted takes its deals along, each with its own event', async () => {
      const { contactId } = await crm.given.opportunity()

      expect(await typesCaused(() => crm.v2.delete(`/contacts/${contactId}`))).toEqual(
        expect.arrayContaining(['OpportunityDelete', 'ContactDelete']),
      )
    })
  })

  describe('of notes, tasks, users and the location', () => {
    test('are the original’s payloads', async () => {
      const contactId = (await crm.given.contact()).id
      const user = await crm.given.user()
      const of = `/contacts/${contactId}`
      const end = { timestamp: time, webhookId: uuid, changes: {} }
      const known = { locationId: crm.locationId, id: expect.any(String), contactId, dateAdded: time }

      const noted = await caused(async () => {
        const { note } = (await crm.v2.post(`${of}/notes`, { body: 'Called' })).body
        await crm.v2.put(`${of}/notes/${note.id}`, { body: 'Called twice' })
        await crm.v2.delete(`${of}/notes/${note.id}`)
      })
      const task = { title: 'Call', body: 'Soon', dueDate: '2030-01-01T00:00:00.000Z', assignedTo: user.id }
      const tasked = await caused(async () => {
        const made = (await crm.v2.post(`${of}/tasks`, { ...task, completed: false })).body.task
        await crm.v2.put(`${of}/tasks/${made.id}/completed`, { completed: true })
        await crm.v2.delete(`${of}/tasks/${made.id}`)
      })

      expect(noted).toEqual([
        { type: 'NoteCreate', ...known, body: 'Called', ...end },
        {
          type: 'NoteUpdate',
          ...known,
          body: 'Called twice',
          ...end,
          changes: { body: { from: 'Called', to: 'Called twice' } },
        },
        { type: 'NoteDelete', ...known, body: 'Called twice', ...end },
      ])
      expect(tasked).toEqual([
        { type: 'TaskCreate', ...known, ...task, ...end },
        { type: 'TaskComplete', ...known, ...task, ...end, changes: { completed: { from: false, to: true } } },
        { type: 'TaskDelete', ...known, ...task, ...end },
      ])
    })

    test('a user and the location are told with their company', async () => {
      const companyId = (await crm.v2.get(`/locations/${crm.locationId}`)).body.location.companyId

      const [user, location] = await caused(async () => {
        await crm.given.user('Joan')
        await updateLocation(crm.as(crm.locationId), { name: 'Renamed', email: 'hello@example.com' })
      })

      expect(user).toEqual({
        type: 'UserCreate',
        locationId: crm.locationId,
        companyId,
        id: expect.any(String),
        firstName: 'Joan',
        lastName: 'Hopper',
        email: expect.any(String),
        phone: '',
        extension: '',
        role: 'user',
        permissions: {},
        locations: [crm.locationId],
        timestamp: time,
        webhookId: uuid,
        changes: {},
      })
      expect(location).toEqual({
        type: 'LocationUpdate',
        id: crm.locationId,
        name: 'Renamed',
        email: 'hello@example.com',
        stripeProductId: null,
        companyId,
        timestamp: time,
        webhookId: uuid,
        changes: {
          name: { from: expect.any(String), to: 'Renamed' },
          email: { from: expect.any(String), to: 'hello@example.com' },
        },
      })
    })
  })

  test('only the types that were asked for arrive, at each webhook on its own', async () => {
    const won = await subscribe(crm, receiver, { types: ['OpportunityStatusUpdate'], appId: 'app7' })
    const notes = await subscribe(crm, receiver, { types: ['NoteCreate', 'NoteDelete'] })

    await caused(async () => change((await crm.given.opportunity()).id, { status: 'won', monetaryValue: 1 })())

    expect(won.told()).toMatchObject([{ type: 'OpportunityStatusUpdate', appId: 'app7' }])
    expect(notes.told()).toEqual([])
  })

  test('a location hears nothing of another', async () => {
    const other = await crm.given.location()
    const contact = { locationId: other.id, email: 'theirs@example.com' }

    expect(await typesCaused(() => crm.v2.post('/contacts/', contact, { token: other.token }))).toEqual([])
  })

  test('headers of one’s own come along', async () => {
    const own = await subscribe(crm, receiver, { types: ['NoteCreate'], headers: { Authorization: 'Bearer theirs' } })
    const { id } = await crm.given.contact()

    await caused(() => crm.v2.post(`/contacts/${id}/notes`, { body: 'x' }))

    const [request] = receiver.received.filter(({ path }) => own.url.endsWith(path))
    expect(request?.headers).toMatchObject({
      authorization: 'Bearer theirs',
      'content-type': 'application/json',
      'user-agent': 'Pipewright',
    })
  })
})
