import { describe, expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'
import { foreign, missing, refused, unprocessable } from '../../support/refused.ts'
import {
  customField,
  duplicate,
  lostReason,
  opportunityOf,
  pipelineMismatch,
  read,
  stageMismatch,
  strictLocation,
  totalOf,
} from './expected.ts'

onEveryStore('upserting an opportunity', (crm) => {
  const upsert = (body: object, slash = '') =>
    crm.v2.post(`/opportunities/upsert${slash}`, { pipelineId: crm.pipeline.id, locationId: crm.locationId, ...body })
  const typesOf = async (id: string) => (await crm.events(id)).map(({ types }) => types)

  describe('of a contact that has none in the pipeline', () => {
    test("makes an open one in the first stage, called by the contact's name", async () => {
      const contact = await crm.given.contact()

      const reply = await upsert({ contactId: contact.id })

      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({
        opportunity: opportunityOf(crm, contact, { name: contact.contactName }),
        new: true,
      })
      expect(await read(crm, reply.body.opportunity.id)).toEqual(reply.body.opportunity)
      expect(await typesOf(reply.body.opportunity.id)).toEqual([['OpportunityCreate', 'OpportunityUpdate']])
    })

    test('is called by the e-mail or the phone where the contact has no name', async () => {
      const { locationId } = crm
      const nameOf = async (fields: object) => {
        const contact = (await crm.v2.post('/contacts/', { locationId, ...fields })).body.contact
        return (await upsert({ contactId: contact.id })).body.opportunity.name
      }

      expect(await nameOf({ email: 'nameless@example.com' })).toBe('nameless@example.com')
      expect(await nameOf({ phone: '+14155550199' })).toBe('+14155550199')
    })

    test('keeps everything that is sent', async () => {
      const contact = await crm.given.contact()
      const [owner, reason] = [await crm.given.user(), await lostReason(crm, 'Price')]
      const field = await customField(crm, 'Colour', 'TEXT')
      const sent = {
        name: 'Sent',
        status: 'lost',
        pipelineStageId: crm.stages[1]?.id,
        monetaryValue: 5,
        assignedTo: owner.id,
        lostReasonId: reason.id,
        source: 'fair',
        forecastProbability: 30,
        followers: [owner.id],
      }

      const { opportunity } = (
        await upsert({
          contactId: contact.id,
          ...sent,
          forecastExpectedCloseDate: '12/31/2026',
          customFields: [{ key: 'colour', field_value: 'red' }],
          companyName: 'Acme',
          tags: ['vip'],
        })
      ).body

      expect(opportunity).toMatchObject({
        ...sent,
        forecastExpectedCloseDate: '2026-12-31T00:00:00.000Z',
        customFields: [{ id: field.id, fieldValue: 'red' }],
        contact: { companyName: 'Acme', tags: ['vip'] },
      })
    })

    test('is counted at once', async () => {
      const pipeline = await crm.given.pipeline()
      const contact = await crm.given.contact()

      await upsert({ pipelineId: pipeline.id, contactId: contact.id })
      await upsert({ pipelineId: pipeline.id, contactId: contact.id })

      expect(await totalOf(crm, { pipeline_id: pipeline.id })).toBe(1)
    })
  })

  describe('of a contact that has one', () => {
    test('updates what is sent and keeps the rest', async () => {
      const contact = await crm.given.contact()
      const before = await crm.given.opportunity({
        contactId: contact.id,
        monetaryValue: 5,
        source: 'fair',
        pipelineStageId: crm.stages[2]?.id,
      })

      const reply = await upsert({ contactId: contact.id, monetaryValue: 9 })

      expect(bare(reply)).toEqual({
        opportunity: {
          ...before,
          monetaryValue: 9,
          indexVersion: 2,
          updatedAt: expect.any(String),
          lastActionDate: expect.any(String),
        },
        new: false,
      })
      expect(await typesOf(before.id)).toEqual([
        ['OpportunityCreate', 'OpportunityUpdate'],
        ['OpportunityUpdate', 'OpportunityMonetaryValueUpdate'],
      ])
    })

    test('clears what is sent as null', async () => {
      const contact = await crm.given.contact()
      const owner = await crm.given.user()
      const full = {
        monetaryValue: 5,
        source: 'fair',
        assignedTo: owner.id,
        forecastProbability: 5,
        forecastExpectedCloseDate: '2026-01-01',
      }
      await crm.given.opportunity({ contactId: contact.id, ...full })
      const nothing = Object.fromEntries(Object.keys(full).map((field) => [field, null]))

      expect((await upsert({ contactId: contact.id, ...nothing })).body.opportunity).toMatchObject(nothing)
    })

    test('changes nothing where nothing differs', async () => {
      const contact = await crm.given.contact()
      const before = await crm.given.opportunity({ contactId: contact.id })

      const reply = await upsert({ contactId: contact.id, name: before.name, status: 'open' })

      expect(reply.body).toMatchObject({ opportunity: before, new: false })
      expect(await typesOf(before.id)).toHaveLength(1)
    })

    test('in another pipeline makes a new one', async () => {
      const contact = await crm.given.contact()
      const pipeline = await crm.given.pipeline()
      await crm.given.opportunity({ contactId: contact.id })

      const reply = await upsert({ contactId: contact.id, pipelineId: pipeline.id })

      expect(reply.body).toMatchObject({ new: true, opportunity: { pipelineId: pipeline.id } })
    })

    test('means the open one that was updated last, and a closed one only where none is open', async () => {
      const contact = await crm.given.contact()
      const make = (status: string) => {
        crm.advance(1000)
        return crm.given.opportunity({ contactId: contact.id, status })
      }
      const [older, newer, won, lost] = [await make('open'), await make('open'), await make('won'), await make('lost')]
      const meant = async () => (await upsert({ contactId: contact.id })).body.opportunity.id

      expect(await meant()).toBe(newer.id)
      crm.advance(1000)
      await crm.v2.put(`/opportunities/${older.id}`, { name: 'Touched' })
      expect(await meant()).toBe(older.id)
      await crm.v2.delete(`/opportunities/${older.id}`)
      await crm.v2.delete(`/opportunities/${newer.id}`)
      expect(await meant()).toBe(lost.id)
      await crm.v2.delete(`/opportunities/${lost.id}`)
      expect(await meant()).toBe(won.id)
    })
  })

  describe('by its id', () => {
    test('updates that one and needs no contact', async () => {
      const before = await crm.given.opportunity()

      const reply = await upsert({ id: before.id, name: 'Renamed' })

      expect(reply.status).toBe(200)
      expect(reply.body).toMatchObject({ new: false, opportunity: { id: before.id, name: 'Renamed' } })
    })

    test('moves it to the pipeline that is named', async () => {
      const before = await crm.given.opportunity()
      const pipeline = await crm.given.pipeline()

      const { opportunity } = (await upsert({ id: before.id, pipelineId: pipeline.id })).body

      expect(opportunity).toMatchObject({ pipelineId: pipeline.id, pipelineStageId: pipeline.stages[0]?.id })
    })

    test('is not found where there is none', async () => {
      const contact = await crm.given.contact()

      expect(refused(await upsert({ id: 'unknown' }))).toEqual(missing('Opportunity'))
      expect(refused(await upsert({ id: 'unknown', contactId: contact.id }))).toEqual(missing('Opportunity'))
    })
  })

  test('adds, takes away and removes all followers', async () => {
    const [a, b, c] = [(await crm.given.user()).id, (await crm.given.user()).id, (await crm.given.user()).id]
    const contact = await crm.given.contact()
    const followersAfter = async (fields: object) =>
      (await upsert({ contactId: contact.id, ...fields })).body.opportunity.followers

    expect(await followersAfter({ followers: [a] })).toEqual([a])
    expect(await followersAfter({ followers: [b, a], followersActionType: 'add' })).toEqual([a, b])
    expect(await followersAfter({ followers: c })).toEqual([a, b, c])
    expect(await followersAfter({})).toEqual([a, b, c])
    expect(await followersAfter({ followers: [a], followersActionType: 'remove' })).toEqual([b, c])
    expect(await followersAfter({ followers: [a], isRemoveAllFollowers: true })).toEqual([a])
    expect(await followersAfter({ isRemoveAllFollowers: true })).toEqual([])
    expect(refused(await upsert({ contactId: contact.id, followers: ['nobody'] }))).toEqual(
      unprocessable('followers.0 is invalid'),
    )
  })

  test('works with the trailing slash, and without a location in the body', async () => {
    const contact = await crm.given.contact()

    const slashed = await upsert({ contactId: contact.id }, '/')
    const placeless = await upsert({ contactId: contact.id, locationId: undefined })

    expect([slashed.status, placeless.status]).toEqual([200, 200])
    expect(placeless.body.opportunity.id).toBe(slashed.body.opportunity.id)
  })

  test('by many at once makes one', async () => {
    const contact = await crm.given.contact()

    const replies = await Promise.all(Array.from({ length: 10 }, () => upsert({ contactId: contact.id })))

    expect(replies.filter(({ body }) => body.new)).toHaveLength(1)
    expect(new Set(replies.map(({ body }) => body.opportunity.id)).size).toBe(1)
  })

  describe('is refused', () => {
    test('without a pipeline, or without contact and id', async () => {
      const { id: contactId } = await crm.given.contact()

      expect(refused(await upsert({ contactId, pipelineId: undefined }))).toEqual(
        unprocessable('pipelineId should not be empty', 'pipelineId must be a string'),
      )
      expect(refused(await upsert({}))).toEqual(
        unprocessable('contactId should not be empty', 'contactId must be a string'),
      )
    })

    test('for what does not exist or does not fit', async () => {
      const { id: contactId } = await crm.given.contact()
      const other = await crm.given.pipeline()

      expect(refused(await upsert({ contactId: 'nobody' }))).toEqual(missing('Contact'))
      expect(refused(await upsert({ contactId, pipelineId: 'nowhere' }))).toEqual(pipelineMismatch)
      expect(refused(await upsert({ contactId, pipelineStageId: other.stages[0]?.id }))).toEqual(stageMismatch)
      await crm.given.opportunity({ contactId })
      expect(refused(await upsert({ contactId, pipelineStageId: other.stages[0]?.id }))).toEqual(stageMismatch)
      expect(refused(await upsert({ contactId, lostReasonId: 'x' }))).toEqual(
        unprocessable('lostReasonId is only allowed when status is lost'),
      )
      expect(refused(await upsert({ contactId, status: 'lost', lostReasonId: 'x' }))).toEqual(missing('Lost reason'))
    })

    test('for values of the wrong kind and unknown properties', async () => {
      const { id: contactId } = await crm.given.contact()
      const wrong: [object, ...string[]][] = [
        [{ status: 'all' }, 'status must be one of the following values: open, won, lost, abandoned'],
        [{ monetaryValue: '5' }, 'monetaryValue must be a number conforming to the specified constraints'],
        [{ followersActionType: 'set' }, 'followersActionType must be one of the following values: add, remove'],
        [{ isRemoveAllFollowers: 'yes' }, 'isRemoveAllFollowers must be a boolean value'],
        [{ foo: 1 }, 'property foo should not exist'],
      ]

      for (const [fields, ...message] of wrong) {
        expect(refused(await upsert({ contactId, ...fields })), JSON.stringify(fields)).toEqual(
          unprocessable(...message),
        )
      }
    })

    test('for another location', async () => {
      const { id: contactId } = await crm.given.contact()
      const other = await crm.given.location()

      expect(refused(await upsert({ contactId, locationId: other.id }))).toEqual(foreign)
    })
  })

  test('keeps to one opportunity of a contact in a pipeline where the location wants it', async () => {
    const location = await strictLocation(crm)
    const { token } = location
    const [one, two] = [await location.contact('one@example.com'), await location.contact('two@example.com')]
    const first = (await location.create(one, { status: 'lost' })).body.opportunity
    const second = (await location.create(two)).body.opportunity
    const body = { pipelineId: location.pipeline.id }

    const same = await crm.v2.post('/opportunities/upsert', { ...body, contactId: one }, { token })
    const moved = await crm.v2.post('/opportunities/upsert', { ...body, id: second.id, contactId: one }, { token })

    expect(same.body).toMatchObject({ new: false, opportunity: { id: first.id } })
    expect(refused(moved)).toEqual(duplicate(first.id))
  })
})
