import { beforeEach, describe, expect, test } from 'vitest'
import { onEveryStore } from '../../harness.ts'
import { missing, unprocessable } from '../../support/refused.ts'
import { duplicate, stageMismatch } from '../v2/expected.ts'
import { place, refused, time, totals } from './expected.ts'

const wrongStatus = 'status must be one of the following values: open, won, lost, abandoned'

onEveryStore('an opportunity in v1', (crm) => {
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire carries
  let deal: any
  beforeEach(async () => {
    const owner = await crm.given.user()
    const { id } = await crm.given.opportunity({ monetaryValue: 5, assignedTo: owner.id, source: 'form' })
    deal = await read(id)
  })
  const read = async (id: string) => (await crm.v1.get(place(crm, id))).body
  const contact = async (id: string) => (await crm.v2.get(`/contacts/${id}`)).body.contact
  const same = () => ({ title: deal.name, status: deal.status })
  const update = (fields: object) => crm.v1.put(place(crm, deal.id), { ...same(), ...fields })
  const setStatus = (fields: object) => crm.v1.put(`${place(crm, deal.id)}/status`, fields)
  /** The refusal of a change that changed nothing. */
  async function refusal(fields: object, change = update) {
    const before = await totals(crm)
    const person = await contact(deal.contact.id)
    const reply = await change(fields)
    expect(await totals(crm)).toEqual(before)
    expect(await read(deal.id)).toEqual(deal)
    expect(await contact(deal.contact.id)).toEqual(person)
    return refused(reply)
  }

  describe('that is read', () => {
    test('is the row that the list answers, with the trailing slash and without', async () => {
      const { body } = await crm.v1.get(place(crm))

      expect(body.opportunities.find(({ id }: { id: string }) => id === deal.id)).toEqual(deal)
      expect((await crm.v1.get(`${place(crm, deal.id)}/`)).body).toEqual(deal)
    })

    test('is found in its own pipeline only', async () => {
      const { id: elsewhere } = await crm.given.pipeline()
      const theirs = await crm.given.location()

      expect(refused(await crm.v1.get(place(crm, deal.id, elsewhere)))).toEqual(missing('Opportunity'))
      expect(refused(await crm.v1.get(place(crm, 'nothing')))).toEqual(missing('Opportunity'))
      expect(refused(await crm.v1.get(place(crm, deal.id, 'nothing')))).toEqual(missing('Pipeline'))
      expect(refused(await crm.v1.get(place(crm, 'nothing', 'nothing')))).toEqual(missing('Pipeline'))
      expect(refused(await crm.v1.get(place(crm, deal.id, theirs.pipeline.id)))).toEqual(missing('Pipeline'))
    })
  })

  describe('that is updated', () => {
    test('takes over everything that can be sent, and answers the row', async () => {
      const owner = await crm.given.user()

      const reply = await update({
        title: 'Renamed',
        stageId: crm.stages[2]?.id,
        status: 'won',
        monetaryValue: 220.5,
        assignedTo: owner.id,
        source: 'phone',
      })

      expect(reply.status).toBe(200)
      expect(reply.body).toEqual({
        ...deal,
        name: 'Renamed',
        pipelineStageId: crm.stages[2]?.id,
        status: 'won',
        monetaryValue: 220.5,
        assignedTo: owner.id,
        source: 'phone',
        lastStatusChangeAt: time,
        updatedAt: time,
      })
      expect(await read(deal.id)).toEqual(reply.body)
    })

    test('keeps its stage and all that is not sent', async () => {
      await setStatus({ status: 'open', stageId: crm.stages[1]?.id })

      const reply = await crm.v1.put(`${place(crm, deal.id)}/`, { title: 'Renamed', status: 'open' })

      expect(reply.body).toEqual({ ...deal, name: 'Renamed', pipelineStageId: crm.stages[1]?.id, updatedAt: time })
    })

    test('is the same as before where nothing differs', async () => {
      crm.advance(1000)

      const reply = await update({ stageId: deal.pipelineStageId, monetaryValue: 5 })

      expect(reply.body).toEqual(deal)
      expect(await crm.events(deal.id)).toHaveLength(1)
    })

    test.each([
      ['monetaryValue', null, null],
      ['assignedTo', null, null],
      ['assignedTo', '', null],
      ['source', null, null],
    ])('loses its %s by %j', async (field, sent, kept) => {
      expect((await update({ [field]: sent })).body[field]).toBe(kept)
    })

    test('tells its contact what is known; tags are added, and blanks say nothing', async () => {
      await update({ name: 'John Deo', companyName: 'Tesla Inc', tags: ['Old'] })

      const reply = await update({ name: '', companyName: null, tags: ['new'] })

      const known = { name: 'John Deo', companyName: 'Tesla Inc', tags: ['old', 'new'] }
      expect(reply.body.contact).toEqual({ ...deal.contact, ...known })
      expect(await contact(deal.contact.id)).toMatchObject({ ...known, firstName: 'John', lastName: 'Deo' })
    })

    test('tells the contact that is named by id its e-mail and phone as well', async () => {
      const sent = { contactId: deal.contact.id, email: 'new.address@example.com', phone: '+1 202 555 0155' }

      const reply = await update(sent)

      expect(reply.body.contact).toEqual({ ...deal.contact, email: sent.email, phone: '+12025550155' })
      expect((await update(sent)).body).toEqual(reply.body)
      await crm.v2.put(`/contacts/${deal.contact.id}`, { phone: null })
    })

    test('goes to the contact that is named by id, e-mail or phone', async () => {
      const [first, second] = [await crm.given.contact(), await crm.given.contact({ phone: '+12025550166' })]

      const replies = [
        await update({ contactId: first.id }),
        await update({ phone: '202-555-0166', tags: ['found'] }),
        await update({ email: first.email, name: 'Found Again' }),
        await update({ email: 'created@example.com', name: 'Created' }),
      ]

      expect(replies.map(({ body }) => [body.contact.name, body.contact.tags])).toEqual([
        [first.contactName, []],
        [second.contactName, ['found']],
        ['Found Again', []],
        ['Created', []],
      ])
      expect((await contact(first.id)).name).toBe('Found Again')
      expect((await crm.v2.get(`/opportunities/${deal.id}`)).body.opportunity.contactId).toBe(
        replies[3]?.body.contact.id,
      )
    })

    test('stays where it is with its contact as it was, when the contact cannot be had', async () => {
      const taken = await crm.given.contact({ phone: '+12025550144' })
      const twice = {
        statusCode: 400,
        message: 'This location does not allow duplicated contacts.',
        meta: { contactId: taken.id, contactName: taken.contactName, matchingField: 'phone' },
      }

      expect(await refusal({ contactId: 'nobody' })).toEqual(missing('Contact'))
      expect(await refusal({ email: 'nonsense', tags: ['never'] })).toEqual(unprocessable('email must be an email'))
      expect(await refusal({ contactId: deal.contact.id, phone: '202-555-0144' })).toEqual([400, twice])
      expect(await refusal({ email: deal.contact.email, phone: '202-555-0144' })).toEqual([400, twice])
    })

    test('makes no contact where it cannot be changed itself', async () => {
      const { id: elsewhere, stages } = await crm.given.pipeline()
      const person = { email: 'never@example.com', name: 'Never' }
      const via = (path: string) => (fields: object) => crm.v1.put(path, { ...same(), ...fields })

      expect(await refusal({ ...person, stageId: stages[0]?.id })).toEqual(stageMismatch)
      expect(await refusal({ ...person, stageId: 'nothing' })).toEqual(stageMismatch)
      expect(await refusal({ ...person, assignedTo: 'nobody' })).toEqual(unprocessable('assignedTo is invalid'))
      expect(await refusal(person, via(place(crm, 'nothing')))).toEqual(missing('Opportunity'))
      expect(await refusal(person, via(place(crm, deal.id, elsewhere)))).toEqual(missing('Opportunity'))
      expect(await refusal(person, via(place(crm, deal.id, 'nothing')))).toEqual(missing('Pipeline'))
    })

    test('does not join another one of the contact in the pipeline where the location forbids it', async () => {
      const { contact: other, id: existing } = await crm.given.opportunity()
      await crm.v2.put(`/locations/${crm.locationId}`, { settings: { allowDuplicateOpportunity: false } })

      const replies = [await refusal({ contactId: other.id }), await refusal({ email: other.email, tags: ['never'] })]
      await crm.v2.put(`/locations/${crm.locationId}`, { settings: { allowDuplicateOpportunity: true } })

      expect(replies).toEqual([duplicate(existing), duplicate(existing)])
    })

    test('is given to one contact or another, never to none, while both come and go', async () => {
      const addresses = ['here@example.com', 'there@example.com']
      const find = async (email?: string) =>
        (await crm.v1.get(`/v1/contacts/lookup?email=${email}`)).body.contact?.id ?? 'nobody'

      const rounds = Array.from({ length: 12 }, async (_, round) => {
        const email = addresses[round % 2]
        const other = await find(addresses[(round + 1) % 2])
        const person = { email, tags: ['a', 'b'], name: `Round ${round}` }
        return Promise.all([
          update(person),
          crm.v1.post(place(crm), { ...same(), ...person, stageId: crm.stages[1]?.id }),
          crm.v1.delete(`/v1/contacts/${other}`),
        ])
      })
      const statuses = (await Promise.all(rounds)).flat().map(({ status }) => status)

      expect(statuses.filter((status) => ![200, 404].includes(status))).toEqual([])
      for (const { contact } of (await crm.v1.get(`${place(crm)}?query=example.com&limit=100`)).body.opportunities) {
        expect((await crm.v1.get(`/v1/contacts/${contact.id}`)).status).toBe(200)
      }
    })

    test.each([
      ['no title', { title: undefined }, ['title should not be empty', 'title must be a string']],
      ['no status', { status: undefined }, ['status should not be empty', wrongStatus]],
      ['status all', { status: 'all' }, [wrongStatus]],
      ['an empty stage', { stageId: '' }, ['stageId should not be empty']],
      [
        'a value in text',
        { monetaryValue: '5' },
        ['monetaryValue must be a number conforming to the specified constraints'],
      ],
      ['tags that are no list', { tags: {} }, ['tags must be an array']],
    ])('is refused %s', async (_, fields, message) => {
      expect(await refusal(fields)).toEqual(unprocessable(...message))
    })

    test('passes over what v1 does not know, and lets none of it through', async () => {
      const { id: pipelineId, stages } = await crm.given.pipeline()
      const unknown = {
        pipelineId,
        pipelineStageId: stages[0]?.id,
        followers: ['x'],
        customFields: 1,
        id: 'x',
        locationId: 'x',
      }

      const reply = await update({ ...unknown, forecastProbability: 'x', lostReasonId: 'x', createdAt: 1 })

      expect(reply.status).toBe(200)
      expect(reply.body).toEqual(deal)
    })
  })

  describe('whose status is set', () => {
    test('moves along, and the reply is the two characters ""', async () => {
      const reply = await setStatus({ status: 'won', stageId: crm.stages[3]?.id })

      expect([reply.status, reply.text]).toEqual([200, '""'])
      expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8')
      expect(await read(deal.id)).toEqual({
        ...deal,
        status: 'won',
        pipelineStageId: crm.stages[3]?.id,
        lastStatusChangeAt: time,
        updatedAt: time,
      })
    })

    test.each(['open', 'won', 'lost', 'abandoned'])('keeps its stage without one: %s', async (status) => {
      const reply = await setStatus({ status, title: 'Passed over', monetaryValue: 7 })

      expect(reply.text).toBe('""')
      expect(await read(deal.id)).toMatchObject({
        name: deal.name,
        status,
        pipelineStageId: deal.pipelineStageId,
        monetaryValue: 5,
      })
    })

    test('is refused without, and where the stage or the place is wrong', async () => {
      const { id: elsewhere, stages } = await crm.given.pipeline()
      const via = (path: string) => (fields: object) => crm.v1.put(`${path}/status`, fields)
      const won = { status: 'won' }

      expect(await refusal({}, setStatus)).toEqual(unprocessable('status should not be empty', wrongStatus))
      expect(await refusal({ status: 'all' }, setStatus)).toEqual(unprocessable(wrongStatus))
      expect(await refusal({ status: 5 }, setStatus)).toEqual(unprocessable(wrongStatus))
      expect(await refusal({ ...won, stageId: 5 }, setStatus)).toEqual(unprocessable('stageId must be a string'))
      expect(await refusal({ ...won, stageId: stages[0]?.id }, setStatus)).toEqual(stageMismatch)
      expect(await refusal(won, via(place(crm, 'nothing')))).toEqual(missing('Opportunity'))
      expect(await refusal(won, via(place(crm, deal.id, elsewhere)))).toEqual(missing('Opportunity'))
      expect(await refusal(won, via(place(crm, deal.id, 'nothing')))).toEqual(missing('Pipeline'))
    })
  })

  describe('that is deleted', () => {
    test('is gone from every dialect, and the reply is the two characters ""', async () => {
      const reply = await crm.v1.delete(place(crm, deal.id))

      expect([reply.status, reply.text]).toEqual([200, '""'])
      expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8')
      expect(refused(await crm.v1.get(place(crm, deal.id)))).toEqual(missing('Opportunity'))
      expect((await crm.v2.get(`/opportunities/${deal.id}`)).status).toBe(404)
      expect(refused(await crm.v1.delete(place(crm, deal.id)))).toEqual(missing('Opportunity'))
      expect((await contact(deal.contact.id)).id).toBe(deal.contact.id)
    })

    test('is so with a JSON content type and no body', async () => {
      const reply = await crm.v1.delete(`${place(crm, deal.id)}/`, undefined, {
        headers: { 'content-type': 'application/json' },
      })

      expect(reply.text).toBe('""')
    })

    test('must be in the pipeline of the path', async () => {
      const { id: elsewhere } = await crm.given.pipeline()
      const via = (path: string) => () => crm.v1.delete(path)

      expect(await refusal({}, via(place(crm, deal.id, elsewhere)))).toEqual(missing('Opportunity'))
      expect(await refusal({}, via(place(crm, deal.id, 'nothing')))).toEqual(missing('Pipeline'))
    })
  })
})
