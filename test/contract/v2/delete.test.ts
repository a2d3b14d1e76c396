import { expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'
import { missing, refused } from '../../support/refused.ts'
import { customField, read, totalOf } from './expected.ts'

onEveryStore('deleting an opportunity', (crm) => {
  const remove = (id: string) => crm.v2.delete(`/opportunities/${id}`)
  const ids = async (search: { opportunities: { id: string }[] }) => search.opportunities.map(({ id }) => id)

  test('answers success in all its spellings, with and without the trailing slash', async () => {
    const [one, other] = [await crm.given.opportunity(), await crm.given.opportunity()]

    const replies = [await remove(one.id), await remove(`${other.id}/`)]

    for (const reply of replies) {
      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({ succeded: true, success: true, succeeded: true })
    }
  })

  test('is an event with the whole of what was', async () => {
    const { id } = await crm.given.opportunity({ monetaryValue: 7 })

    await remove(id)

    expect((await crm.events(id)).at(-1)).toMatchObject({
      types: ['OpportunityDelete'],
      before: { id, name: 'A deal', monetaryValue: 7, indexVersion: 1 },
      after: null,
    })
  })

  test('takes it from every reader at once', async () => {
    const pipeline = await crm.given.pipeline()
    const field = await customField(crm, 'Colour', 'TEXT')
    const contact = await crm.given.contact()
    const make = (name: string) =>
      crm.given.opportunity({
        name,
        pipelineId: pipeline.id,
        contactId: contact.id,
        customFields: [{ id: field.id, field_value: 'red' }],
      })
    const [kept, gone] = [await make('Kept zebra'), await make('Gone zebra')]
    const { locationId } = crm

    await remove(gone.id)

    const listed = await crm.v2.get(`/opportunities/search?location_id=${locationId}&pipeline_id=${pipeline.id}`)
    const byText = await crm.v2.get(`/opportunities/search?location_id=${locationId}&q=zebra`)
    const filters = [{ field: `custom_fields.${field.id}`, operator: 'eq', value: 'red' }]
    const filtered = await crm.v2.post('/opportunities/search', { locationId, filters })
    for (const reply of [listed, byText, filtered]) expect(await ids(reply.body)).toEqual([kept.id])
    expect([listed.body.meta.total, byText.body.meta.total, filtered.body.total]).toEqual([1, 1, 1])
    expect(await totalOf(crm, { contact_id: contact.id })).toBe(1)
    expect(await totalOf(crm, { pipeline_stage_id: pipeline.stages[0]?.id as string })).toBe(1)
  })

  test('leaves it for nobody to read or write', async () => {
    const { id } = await crm.given.opportunity()

    await remove(id)

    const gone = missing('Opportunity')
    expect(refused(await crm.v2.get(`/opportunities/${id}`))).toEqual(gone)
    expect(refused(await crm.v2.put(`/opportunities/${id}`, { name: 'x' }))).toEqual(gone)
    expect(refused(await crm.v2.put(`/opportunities/${id}/status`, { status: 'won' }))).toEqual(gone)
    expect(refused(await crm.v2.post(`/opportunities/${id}/followers`, { followers: [] }))).toEqual(gone)
    expect(refused(await remove(id))).toEqual(gone)
  })

  test('is not found where there is none, nor in another location', async () => {
    const ours = await crm.given.opportunity()
    const { token } = await crm.given.location()

    expect(refused(await remove('unknown'))).toEqual(missing('Opportunity'))
    expect(refused(await crm.v2.delete(`/opportunities/${ours.id}`, undefined, { token }))).toEqual(
      missing('Opportunity'),
    )
    expect(await read(crm, ours.id)).toEqual(ours)
  })

  test("leaves the contact's notes and tasks", async () => {
    const contact = await crm.given.contact()
    const { id } = await crm.given.opportunity({ contactId: contact.id })
    await crm.v2.post(`/contacts/${contact.id}/notes`, { body: 'Call back' })
    const task = { title: 'Call', dueDate: '2026-12-31T10:00:00.000Z', completed: false }
    await crm.v2.post(`/contacts/${contact.id}/tasks`, task)

    await remove(id)

    expect((await crm.v2.get(`/contacts/${contact.id}/notes`)).body.notes).toHaveLength(1)
    expect((await crm.v2.get(`/contacts/${contact.id}/tasks`)).body.tasks).toHaveLength(1)
  })

  test('by deleting its contact is the same for each of them', async () => {
    const contact = await crm.given.contact()
    const pipeline = await crm.given.pipeline()
    const make = () => crm.given.opportunity({ contactId: contact.id, pipelineId: pipeline.id })
    const all = [await make(), await make(), await make()]

    await crm.v2.delete(`/contacts/${contact.id}`)

    for (const { id } of all) {
      expect(refused(await crm.v2.get(`/opportunities/${id}`))).toEqual(missing('Opportunity'))
      expect((await crm.events(id)).at(-1)).toMatchObject({ types: ['OpportunityDelete'], before: { id }, after: null })
    }
    expect(await totalOf(crm, { pipeline_id: pipeline.id })).toBe(0)
  })

  test('by two at once succeeds for one of them', async () => {
    const { id } = await crm.given.opportunity()

    const replies = await Promise.all([remove(id), remove(id)])

    expect(replies.map(({ status }) => status).sort()).toEqual([200, 404])
    expect((await crm.events(id)).filter(({ types }) => types.includes('OpportunityDelete'))).toHaveLength(1)
  })
})
