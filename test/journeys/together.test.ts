import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import type { Context } from '../../src/domain/context.ts'
import { createCustomField } from '../../src/domain/customFields/commands.ts'
import { createLocationValue } from '../../src/domain/locationValues/commands.ts'
import type { Statement } from '../../src/store/database.ts'
import { onEveryStore } from '../harness.ts'
import { audit } from '../support/audit.ts'

onEveryStore('two callers at one record', (crm) => {
  test('hear the truth when one changes a deal and the other deletes its contact', async () => {
    for (let round = 0; round < 40; round++) {
      const opportunity = await crm.given.opportunity()
      await crm.v2.post(`/contacts/${opportunity.contactId}/notes`, { body: 'Call back' })

      const [changed, deleted] = await Promise.all([
        crm.v2.put(`/opportunities/${opportunity.id}`, { name: 'Renamed' }),
        crm.v2.delete(`/contacts/${opportunity.contactId}`),
      ])

      const types = (await crm.events(opportunity.id)).flatMap((event) => event.types)
      expect(deleted.status).toBe(200)
      expect(changed.status).toBe(types.filter((type) => type === 'OpportunityUpdate').length === 2 ? 200 : 404)
      if (changed.status === 404) expect(changed.body.message).toBe('Opportunity not found')
    }
    expect(await audit(crm.app.store)).toEqual([])
  })

  test('cannot bring a deleted lost reason back by renaming it', async () => {
    for (let round = 0; round < 40; round++) {
      const { lostReason } = (await crm.v2.post('/opportunities/lost-reason', { name: `Reason ${round}` })).body
      const path = `/opportunities/lost-reason/${lostReason.id}`

      await Promise.all([crm.v2.delete(path), crm.v2.put(path, { name: 'Renamed' })])

      expect((await crm.v2.put(path, { name: 'Again' })).status).toBe(404)
    }
  })

  test('find that a contact takes its notes and tasks along, each with its event', async () => {
    const contact = await crm.given.contact()
    const { note } = (await crm.v2.post(`/contacts/${contact.id}/notes`, { body: 'Call back' })).body
    const wanted = { title: 'Call', dueDate: '2030-01-01T00:00:00.000Z', completed: false }
    const { task } = (await crm.v2.post(`/contacts/${contact.id}/tasks`, wanted)).body

    await crm.v2.delete(`/contacts/${contact.id}`)

    expect((await crm.events(note.id)).map(({ types }) => types)).toEqual([['NoteCreate'], ['NoteDelete']])
    expect((await crm.events(task.id)).map(({ types }) => types)).toEqual([['TaskCreate'], ['TaskDelete']])
    expect(await audit(crm.app.store)).toEqual([])
  })

  test('keep totals to the last digit beside the largest amounts', async () => {
    const large = []
    for (let at = 0; at < 30; at++) large.push(await crm.given.opportunity({ monetaryValue: 1e11 - at }))
    await crm.given.opportunity({ monetaryValue: 0.0001 })

    for (const { id } of large) await crm.v2.delete(`/opportunities/${id}`)

    expect(await audit(crm.app.store)).toEqual([])
  })

  test('are answered while a pipeline with many deals goes', async () => {
    const pipeline = await crm.given.pipeline()
    const contactId = (await crm.given.contact()).id
    const many = Array.from({ length: 1100 }, () => crm.given.opportunity({ contactId, pipelineId: pipeline.id }))
    await Promise.all(many)
    const kept = await crm.given.opportunity({ contactId })

    const [deleted, read] = await Promise.all([
      crm.v2.delete(`/opportunities/pipelines/${pipeline.id}`),
      crm.v2.get(`/opportunities/${kept.id}`),
    ])

    expect([deleted.status, read.status]).toEqual([200, 200])
    expect(await audit(crm.app.store)).toEqual([])
  })

  test('never give two custom fields or custom values one key', async () => {
    const path = `/locations/${crm.locationId}`
    const field = { name: 'Deal size', dataType: 'TEXT', model: 'opportunity' }
    const every = Array.from({ length: 12 })

    const fields = await Promise.all(every.map(() => crm.v2.post(`${path}/customFields`, field)))
    const values = await Promise.all(every.map(() => crm.v2.post(`${path}/customValues`, { name: 'Hours', value: '' })))

    expect(new Set(fields.map(({ body }) => body.customField.fieldKey)).size).toBe(12)
    expect(new Set(values.map(({ body }) => body.customValue.fieldKey)).size).toBe(12)
  })

  test('take turns at choosing a key, on a store that lets them write at once', async () => {
    const read: string[] = []
    const { store } = crm.app
    const note = (statement: Statement) => {
      read.push(statement.sql)
      return statement
    }
    const watched: Context['store'] = {
      ...store,
      transaction: (work) =>
        store.transaction((tx) =>
          work({
            ...tx,
            lock: sql`/* locked */`,
            one: (statement) => tx.one(note(statement)),
            all: (statement) => tx.all(note(statement)),
          }),
        ),
    }
    const ctx = { ...crm.as(crm.locationId), store: watched }

    await createCustomField(ctx, { name: 'Turn', dataType: 'TEXT' })
    await createLocationValue(ctx, { name: 'Turn', value: '' })

    const firsts = ['custom_fields', 'location_values'].map((table) => read.findIndex((text) => text.includes(table)))
    expect(firsts.map((at) => read[at - 1])).toEqual(Array(2).fill(expect.stringMatching(/from locations .*locked/s)))
  })
})
