import { describe, expect, test } from 'vitest'
import { bare, onEveryStore, type Reply } from '../../harness.ts'
import { foreign, missing, refused, unprocessable } from '../../support/refused.ts'
import {
  customField,
  duplicate,
  lostReason,
  opportunityOf,
  pipelineMismatch,
  read,
  rowsOf,
  stageMismatch,
  strictLocation,
  totalOf,
} from './expected.ts'

onEveryStore('updating an opportunity', (crm) => {
  const put = (id: string, body: unknown): Promise<Reply> => crm.v2.put(`/opportunities/${id}`, body)
  const typesOf = async (id: string) => (await crm.events(id)).slice(1).map(({ types }) => types)
  /** Everything but the clocks that any change moves. */
  const still = ({ updatedAt: _, lastActionDate: __, indexVersion: ___, ...rest }: Record<string, unknown>) => rest

  test('by stage and status, as the recipe sends it, answers the whole opportunity', async () => {
    const contact = await crm.given.contact()
    const before = await crm.given.opportunity({ contactId: contact.id })

    crm.advance(1000)
    const reply = await put(before.id, { pipelineStageId: crm.stages[1]?.id, status: 'won' })

    expect(reply.status).toBe(200)
    const { updatedAt } = reply.body.opportunity
    expect(bare(reply)).toEqual({
      opportunity: opportunityOf(crm, contact, {
        id: before.id,
        pipelineStageId: crm.stages[1]?.id,
        pipelineStageUId: crm.stages[1]?.id,
        status: 'won',
        effectiveProbability: 40,
        indexVersion: 2,
        createdAt: before.createdAt,
        lastStageChangeAt: updatedAt,
        lastStatusChangeAt: updatedAt,
        lastActionDate: updatedAt,
      }),
    })
    expect(Date.parse(updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt))
    expect(await read(crm, before.id)).toEqual(reply.body.opportunity)
    expect(await typesOf(before.id)).toEqual([
      ['OpportunityUpdate', 'OpportunityStageUpdate', 'OpportunityStatusUpdate'],
    ])
  })

  test('works by PUT and PATCH, with and without the trailing slash', async () => {
    const { id } = await crm.given.opportunity()

    const replies = [
      await crm.v2.put(`/opportunities/${id}`, { name: 'a' }),
      await crm.v2.put(`/opportunities/${id}/`, { name: 'b' }),
      await crm.v2.patch(`/opportunities/${id}`, { name: 'c' }),
      await crm.v2.patch(`/opportunities/${id}/`, { name: 'd' }),
    ]

    expect(replies.map(({ status, body }) => [status, body.opportunity.name])).toEqual([
      [200, 'a'],
      [200, 'b'],
      [200, 'c'],
      [200, 'd'],
    ])
  })

  test('with nothing changes nothing and is no event', async () => {
    const before = await crm.given.opportunity({ monetaryValue: 5 })

    crm.advance(1000)
    const empty = await put(before.id, {})
    const none = await crm.v2.put(`/opportunities/${before.id}`)
    const same = await put(before.id, {
      name: before.name,
      status: 'open',
      monetaryValue: 5,
      pipelineId: before.pipelineId,
      pipelineStageId: before.pipelineStageId,
      contactId: before.contactId,
      locationId: crm.locationId,
    })

    for (const reply of [empty, none, same]) {
      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({ opportunity: before })
    }
    expect(await typesOf(before.id)).toEqual([])
  })

  describe('by one field', () => {
    type Case = { field: string; value: unknown; events: string[]; empty?: unknown; required?: string[] }
    const number = 'must be a number conforming to the specified constraints'
    const cases: Case[] = [
      { field: 'name', value: 'Renamed', events: [], required: ['name should not be empty', 'name must be a string'] },
      { field: 'monetaryValue', value: 12.5, events: ['OpportunityMonetaryValueUpdate'], empty: null },
      { field: 'source', value: 'fair', events: [], empty: null },
      { field: 'forecastProbability', value: 80, events: [], empty: null },
      {
        field: 'status',
        value: 'abandoned',
        events: ['OpportunityStatusUpdate'],
        required: [
          'status should not be empty',
          'status must be one of the following values: open, won, lost, abandoned',
        ],
      },
    ]

    test.each(cases)('$field: a value is set, null clears or is refused, absence keeps', async (one) => {
      const { id } = await crm.given.opportunity()

      const set = await put(id, { [one.field]: one.value })
      const kept = await put(id, { name: 'Something else' })
      const cleared = await put(id, { [one.field]: null })

      expect(set.body.opportunity).toMatchObject({ [one.field]: one.value })
      expect((await typesOf(id))[0]).toEqual(['OpportunityUpdate', ...one.events])
      if (one.field !== 'name') expect(kept.body.opportunity).toMatchObject({ [one.field]: one.value })
      if (one.required) expect(refused(cleared)).toEqual(unprocessable(...one.required))
      else expect(cleared.body.opportunity).toMatchObject({ [one.field]: one.empty })
    })

    test('every other field stays as it was', async () => {
      const owner = await crm.given.user()
      const whole = {
        monetaryValue: 10,
        source: 'fair',
        assignedTo: owner.id,
        forecastProbability: 10,
        forecastExpectedCloseDate: '2026-05-05',
        pipelineStageId: crm.stages[1]?.id,
        followers: [owner.id],
      }
      const before = await crm.given.opportunity(whole)

      const reply = await put(before.id, { name: 'Renamed' })

      expect(still(reply.body.opportunity)).toEqual(still({ ...before, name: 'Renamed' }))
      expect(reply.body.opportunity.indexVersion).toBe(2)
    })

    test('the owner is set, kept, and taken away by null or by nothing', async () => {
      const owner = await crm.given.user()
      const { id } = await crm.given.opportunity()
      const ownerAfter = async (body: object) => (await put(id, body)).body.opportunity.assignedTo

      expect(await ownerAfter({ assignedTo: owner.id })).toBe(owner.id)
      expect(await ownerAfter({ name: 'x' })).toBe(owner.id)
      expect(await ownerAfter({ assignedTo: null })).toBe(null)
      expect(await ownerAfter({ assignedTo: owner.id })).toBe(owner.id)
      expect(await ownerAfter({ assignedTo: '' })).toBe(null)
      expect(refused(await put(id, { assignedTo: 'nobody' }))).toEqual(unprocessable('assignedTo is invalid'))
      const types = await typesOf(id)
      expect(types[0]).toEqual(['OpportunityUpdate', 'OpportunityAssignedToUpdate'])
      expect(types).toHaveLength(5)
    })

    test('an owner who was deleted since may stay', async () => {
      const owner = await crm.given.user()
      const { id } = await crm.given.opportunity({ assignedTo: owner.id })
      const gone = await crm.v2.delete(`/users/${owner.id}`)

      const reply = await put(id, { name: 'Renamed', assignedTo: owner.id })

      expect(gone.status).toBe(200)
      expect(reply.body.opportunity).toMatchObject({ name: 'Renamed', assignedTo: owner.id })
    })

    test('the expected close date is set in every form, kept, and cleared', async () => {
      const { id } = await crm.given.opportunity()
      const dateAfter = async (body: object) => (await put(id, body)).body.opportunity.forecastExpectedCloseDate
      const forms = ['2026-12-31', '2026/12/31', '2026.12.31', '12-31-2026', '12/31/2026', '12.31.2026']

      for (const form of [...forms, '2026-12-31T15:00:00.000Z']) {
        expect(await dateAfter({ forecastExpectedCloseDate: null })).toBe(null)
        expect(await dateAfter({ forecastExpectedCloseDate: form }), form).toBe('2026-12-31T00:00:00.000Z')
      }
      expect(await dateAfter({ name: 'x' })).toBe('2026-12-31T00:00:00.000Z')
      expect(await dateAfter({ forecastExpectedCloseDate: '' })).toBe(null)
      expect(refused(await put(id, { forecastExpectedCloseDate: '31-12-2026' }))).toEqual(
        unprocessable('forecastExpectedCloseDate must be a valid date: YYYY-MM-DD, MM-DD-YYYY or ISO 8601'),
      )
    })

    test('that is of the wrong kind is refused and nothing is changed', async () => {
      const before = await crm.given.opportunity()
      const wrong: [object, ...string[]][] = [
        [{ name: '' }, 'name should not be empty'],
        [{ name: '   ' }, 'name should not be empty'],
        [{ name: 5 }, 'name must be a string'],
        [{ status: 'all' }, 'status must be one of the following values: open, won, lost, abandoned'],
        [{ monetaryValue: '12' }, `monetaryValue ${number}`],
        [{ monetaryValue: -1e12 }, 'monetaryValue must not be less than -100000000000'],
        [{ pipelineId: null }, 'pipelineId should not be empty', 'pipelineId must be a string'],
        [{ pipelineStageId: '' }, 'pipelineStageId should not be empty'],
        [{ contactId: null }, 'contactId should not be empty', 'contactId must be a string'],
        [{ customFields: null }, 'customFields should not be empty', 'customFields must be an array'],
        [{ forecastProbability: 100.5 }, 'forecastProbability must not be greater than 100'],
        [{ source: ['x'] }, 'source must be a string'],
        [{ locationId: 5 }, 'locationId must be a string'],
        [{ foo: 1, name: '' }, 'property foo should not exist', 'name should not be empty'],
        [{ createdAt: '2020-01-01' }, 'property createdAt should not exist'],
        [{ followers: [] }, 'property followers should not exist'],
      ]

      for (const [body, ...message] of wrong) {
        expect(refused(await put(before.id, body)), JSON.stringify(body)).toEqual(unprocessable(...message))
      }
      expect(await read(crm, before.id)).toEqual(before)
    })
  })

  describe('by its place', () => {
    test('to a stage of its pipeline moves it, and back', async () => {
      const { id } = await crm.given.opportunity()

      const there = await put(id, { pipelineStageId: crm.stages[3]?.id })
      const back = await put(id, { pipelineStageId: crm.stages[0]?.id })

      expect(there.body.opportunity.pipelineStageUId).toBe(crm.stages[3]?.id)
      expect(back.body.opportunity.pipelineStageId).toBe(crm.stages[0]?.id)
      expect(await typesOf(id)).toEqual([
        ['OpportunityUpdate', 'OpportunityStageUpdate'],
        ['OpportunityUpdate', 'OpportunityStageUpdate'],
      ])
    })

    test('to another pipeline with a stage of it', async () => {
      const { id } = await crm.given.opportunity()
      const pipeline = await crm.given.pipeline()
      const place = { pipelineId: pipeline.id, pipelineStageId: pipeline.stages[2]?.id }

      expect((await put(id, place)).body.opportunity).toMatchObject(place)
      expect(await typesOf(id)).toEqual([['OpportunityUpdate', 'OpportunityStageUpdate']])
    })

    test('to another pipeline without a stage puts it into the first', async () => {
      const { id } = await crm.given.opportunity({ pipelineStageId: crm.stages[2]?.id })
      const pipeline = await crm.given.pipeline()

      const { opportunity } = (await put(id, { pipelineId: pipeline.id })).body

      expect(opportunity).toMatchObject({ pipelineId: pipeline.id, pipelineStageId: pipeline.stages[0]?.id })
    })

    test('to the pipeline it is in without a stage keeps the stage', async () => {
      const before = await crm.given.opportunity({ pipelineStageId: crm.stages[2]?.id })

      expect((await put(before.id, { pipelineId: crm.pipeline.id })).body.opportunity).toEqual(before)
    })

    test('is refused where stage and pipeline do not fit', async () => {
      const before = await crm.given.opportunity()
      const other = await crm.given.pipeline()
      const elsewhere = await crm.given.location()
      const [stage, ownStage] = [other.stages[0]?.id, crm.stages[1]?.id]

      expect(refused(await put(before.id, { pipelineStageId: stage }))).toEqual(stageMismatch)
      expect(refused(await put(before.id, { pipelineStageId: 'nowhere' }))).toEqual(stageMismatch)
      expect(refused(await put(before.id, { pipelineId: other.id, pipelineStageId: ownStage }))).toEqual(stageMismatch)
      expect(refused(await put(before.id, { pipelineId: other.id, pipelineStageId: before.pipelineStageId }))).toEqual(
        stageMismatch,
      )
      expect(refused(await put(before.id, { pipelineId: 'nowhere' }))).toEqual(pipelineMismatch)
      expect(refused(await put(before.id, { pipelineId: elsewhere.pipeline.id }))).toEqual(pipelineMismatch)
      expect(await read(crm, before.id)).toEqual(before)
    })

    test('is counted at once where it is, and no longer where it was', async () => {
      const [from, to] = [await crm.given.pipeline(), await crm.given.pipeline()]
      const { id } = await crm.given.opportunity({ pipelineId: from.id })
      const owner = await crm.given.user()

      await put(id, { pipelineId: to.id, pipelineStageId: to.stages[1]?.id, status: 'won', assignedTo: owner.id })

      expect(await totalOf(crm, { pipeline_id: from.id })).toBe(0)
      expect(await totalOf(crm, { pipeline_stage_id: from.stages[0]?.id as string })).toBe(0)
      expect(await totalOf(crm, { pipeline_stage_id: to.stages[1]?.id as string, status: 'won' })).toBe(1)
      expect(await totalOf(crm, { pipeline_id: to.id, status: 'open' })).toBe(0)
      expect(await totalOf(crm, { assigned_to: owner.id })).toBe(1)
    })
  })

  describe('by its contact', () => {
    test('gives it to the other contact', async () => {
      const { id } = await crm.given.opportunity()
      const contact = await crm.given.contact({ companyName: 'Acme' })

      const { opportunity } = (await put(id, { contactId: contact.id })).body

      expect(opportunity).toMatchObject({
        contactId: contact.id,
        contact: { id: contact.id, name: contact.contactName, companyName: 'Acme' },
      })
      expect(await typesOf(id)).toEqual([['OpportunityUpdate']])
    })

    test('is refused where there is none', async () => {
      const { id } = await crm.given.opportunity()

      expect(refused(await put(id, { contactId: 'nobody' }))).toEqual(missing('Contact'))
    })

    test('writes the company and further tags to it', async () => {
      const contact = await crm.given.contact({ tags: ['old'], companyName: 'Old' })
      const { id } = await crm.given.opportunity({ contactId: contact.id })

      const reply = await put(id, { companyName: 'Acme', tags: ['new'] })

      expect(reply.body.opportunity.contact).toMatchObject({ companyName: 'Acme', tags: ['old', 'new'] })
      expect(await typesOf(id)).toEqual([])
      expect((await put(id, { companyName: null })).body.opportunity.contact.companyName).toBe('Acme')
    })
  })

  describe('that is or gets lost', () => {
    test('keeps a reason, changes it, clears it', async () => {
      const [price, time] = [await lostReason(crm, 'Price'), await lostReason(crm, 'Time')]
      const { id } = await crm.given.opportunity()
      const reasonAfter = async (body: object) => (await put(id, body)).body.opportunity.lostReasonId

      expect(await reasonAfter({ status: 'lost', lostReasonId: price.id })).toBe(price.id)
      expect(await reasonAfter({ name: 'x' })).toBe(price.id)
      expect(await reasonAfter({ lostReasonId: time.id })).toBe(time.id)
      expect(await reasonAfter({ lostReasonId: null })).toBe(null)
      expect(await reasonAfter({ lostReasonId: price.id })).toBe(price.id)
      expect(await reasonAfter({ lostReasonId: '' })).toBe(null)
    })

    test('forgets the reason once it is lost no longer', async () => {
      const reason = await lostReason(crm, 'Forgotten')

      for (const status of ['open', 'won', 'abandoned']) {
        const { id } = await crm.given.opportunity({ status: 'lost', lostReasonId: reason.id })
        expect((await put(id, { status })).body.opportunity).toMatchObject({ status, lostReasonId: null })
        expect((await put(id, { status: 'lost' })).body.opportunity.lostReasonId).toBe(null)
      }
    })

    test('may be saved again with a reason that was deleted since', async () => {
      const reason = await lostReason(crm, 'Deleted')
      const { id } = await crm.given.opportunity({ status: 'lost', lostReasonId: reason.id })
      await crm.v2.delete(`/opportunities/lost-reason/${reason.id}`)

      const reply = await put(id, { name: 'Renamed', lostReasonId: reason.id })

      expect(reply.body.opportunity).toMatchObject({ name: 'Renamed', lostReasonId: reason.id })
    })

    test('refuses a reason that does not exist, and any while it is not lost', async () => {
      const reason = await lostReason(crm, 'Wrong time')
      const lost = await crm.given.opportunity({ status: 'lost' })
      const open = await crm.given.opportunity()
      const only = unprocessable('lostReasonId is only allowed when status is lost')

      expect(refused(await put(lost.id, { lostReasonId: 'unknown' }))).toEqual(missing('Lost reason'))
      expect(refused(await put(open.id, { lostReasonId: reason.id }))).toEqual(only)
      expect(refused(await put(lost.id, { status: 'won', lostReasonId: reason.id }))).toEqual(only)
    })
  })

  describe('by custom values', () => {
    test('changes those that are sent, takes away those of null, and keeps the rest', async () => {
      const [a, b, c] = [
        await customField(crm, 'Alpha', 'TEXT'),
        await customField(crm, 'Beta', 'TEXT'),
        await customField(crm, 'Gamma', 'MONETORY'),
      ]
      const { id } = await crm.given.opportunity({
        customFields: [
          { id: a.id, field_value: 'one' },
          { id: b.id, field_value: 'two' },
        ],
      })
      const valuesAfter = async (customFields: object[]) => {
        const { opportunity } = (await put(id, { customFields })).body
        return opportunity.customFields.map((field: { key: string; fieldValue: unknown }) => [
          field.key,
          field.fieldValue,
        ])
      }

      expect(await valuesAfter([{ key: 'gamma', fieldValue: '12.5' }])).toEqual([
        ['alpha', 'one'],
        ['beta', 'two'],
        ['gamma', 12.5],
      ])
      expect(await valuesAfter([{ key: 'opportunity.alpha', value: null }])).toEqual([
        ['beta', 'two'],
        ['gamma', 12.5],
      ])
      expect(await valuesAfter([{ id: b.id, field_value: '' }])).toEqual([['gamma', 12.5]])
      expect(await valuesAfter([])).toEqual([['gamma', 12.5]])
      expect(c.fieldKey).toBe('opportunity.gamma')
    })

    test('shows them on the rows of both searches', async () => {
      const field = await customField(crm, 'Delta', 'MULTIPLE_OPTIONS', { options: ['x', 'y'] })
      const { id } = await crm.given.opportunity()

      const { opportunity } = (await put(id, { customFields: [{ id: field.id, field_value: ['y'] }] })).body

      const rows = await rowsOf(crm, id)
      expect(opportunity.customFields).toMatchObject([{ id: field.id, fieldValue: ['y'], fieldValueArray: ['y'] }])
      expect(rows.get.customFields).toEqual(opportunity.customFields)
      expect(rows.post.custom_fields).toEqual(opportunity.customFields)
    })

    test('that do not fit are refused, each by its place, and none is changed', async () => {
      const size = await customField(crm, 'Epsilon', 'NUMERICAL')
      const pick = await customField(crm, 'Zeta', 'SINGLE_OPTIONS', { options: ['x', 'y'] })
      const { id } = await crm.given.opportunity({ customFields: [{ id: size.id, field_value: 5 }] })

      const reply = await put(id, {
        customFields: [
          { id: size.id, field_value: 'many' },
          { id: pick.id, field_value: 'z' },
          { id: 'unknown', field_value: 1 },
          { id: size.id },
        ],
      })

      expect(refused(reply)).toEqual(
        unprocessable(
          'customFields.0.field_value must be a number conforming to the specified constraints',
          'customFields.1.field_value must be one of the following values: x, y',
          'customFields.2.id is invalid',
          'customFields.3.field_value should not be empty',
        ),
      )
      expect((await read(crm, id)).customFields).toMatchObject([{ id: size.id, fieldValue: 5 }])
    })
  })

  describe('where a contact has one opportunity in a pipeline', () => {
    test('is refused on the way to a contact or a pipeline that has one', async () => {
      const location = await strictLocation(crm)
      const { token } = location
      const [one, two] = [await location.contact('one@example.com'), await location.contact('two@example.com')]
      const first = (await location.create(one)).body.opportunity
      const second = (await location.create(two)).body.opportunity
      const third = (await location.create(one, { pipelineId: location.secondPipelineId })).body.opportunity
      const change = (id: string, body: object) => crm.v2.put(`/opportunities/${id}`, body, { token })

      expect(refused(await change(second.id, { contactId: one }))).toEqual(duplicate(first.id))
      expect(refused(await change(third.id, { pipelineId: location.pipeline.id }))).toEqual(duplicate(first.id))
      expect((await change(first.id, { name: 'Renamed', contactId: one, status: 'lost' })).status).toBe(200)
      expect((await change(third.id, { contactId: two })).status).toBe(200)
    })
  })

  describe('that is not there', () => {
    test('is not found', async () => {
      const { id } = await crm.given.opportunity()
      await crm.v2.delete(`/opportunities/${id}`)

      expect(refused(await put('unknown', { name: 'x' }))).toEqual(missing('Opportunity'))
      expect(refused(await put(id, { name: 'x' }))).toEqual(missing('Opportunity'))
      expect(refused(await put(id, {}))).toEqual(missing('Opportunity'))
    })

    test('is not found by another location either, and naming ours does not help', async () => {
      const before = await crm.given.opportunity()
      const { token, id: theirs } = await crm.given.location()
      const change = (body: object) => crm.v2.put(`/opportunities/${before.id}`, body, { token })

      expect(refused(await change({ name: 'Stolen' }))).toEqual(missing('Opportunity'))
      expect(refused(await change({ name: 'Stolen', locationId: theirs }))).toEqual(missing('Opportunity'))
      expect(refused(await change({ name: 'Stolen', locationId: crm.locationId }))).toEqual(foreign)
      expect(await read(crm, before.id)).toEqual(before)
    })
  })

  test('by many at once loses none of the changes', async () => {
    const { id } = await crm.given.opportunity()

    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, at) => put(id, at % 2 ? { monetaryValue: at } : { source: `source ${at}` })),
    )

    expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(200))
    expect((await read(crm, id)).indexVersion).toBe(21)
    expect((await crm.events(id)).map(({ after }) => after.indexVersion)).toEqual(
      Array.from({ length: 21 }, (_, at) => at + 1),
    )
  })

  test('its event tells how it was before and how it is now', async () => {
    const { id } = await crm.given.opportunity({ monetaryValue: 1 })

    await put(id, { monetaryValue: 2, name: 'Renamed' })

    const [, event] = await crm.events(id)
    expect(event).toMatchObject({
      types: ['OpportunityUpdate', 'OpportunityMonetaryValueUpdate'],
      before: { id, name: 'A deal', monetaryValue: 1, indexVersion: 1 },
      after: { id, name: 'Renamed', monetaryValue: 2, indexVersion: 2 },
    })
  })
})
