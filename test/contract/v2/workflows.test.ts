import { beforeAll, expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'
import { addTag, workflowsOf } from '../../support/workflows.ts'

onEveryStore('workflows and who is in them', (crm) => {
  let flows: ReturnType<typeof workflowsOf>
  let workflow: { id: string }
  const succeeded = { succeded: true, success: true, succeeded: true }
  const wait = { type: 'wait', settings: { for: { hours: 1 } } }
  const trigger = { type: 'contact_tag', filters: { tag: 'nobody has this' } }
  beforeAll(async () => {
    flows = workflowsOf(crm)
    workflow = await flows.running({
      name: 'Welcome',
      trigger,
      steps: [{ type: 'add_notes', settings: { body: 'At {{trigger.eventStartTime}}' } }, wait, addTag('welcomed')],
    })
  })

  test('are listed with their status and version', async () => {
    const draft = await flows.create({ name: 'Draft' })
    const paused = await flows.running({ name: 'Paused', trigger, steps: [addTag('x')] })
    await flows.act(`workflows/${paused.id}/pause`)

    const reply = await crm.v2.get(`/workflows/?locationId=${crm.locationId}`)

    const time = expect.stringMatching(/^\d{4}-.*Z$/)
    const same = { createdAt: time, updatedAt: time, locationId: crm.locationId }
    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual({
      workflows: [
        { id: workflow.id, name: 'Welcome', status: 'published', version: 1, ...same },
        { id: draft.id, name: 'Draft', status: 'draft', version: 0, ...same },
        { id: paused.id, name: 'Paused', status: 'draft', version: 1, ...same },
      ],
    })
    expect(bare(await crm.v3.get(`/workflows/?locationId=${crm.locationId}`))).toEqual(bare(reply))
  })

  test('take in a contact by hand, and let it go', async () => {
    const contact = await crm.given.contact()
    const path = `/contacts/${contact.id}/workflow/${workflow.id}`

    const added = await crm.v2.post(path, { eventStartTime: '2026-12-01T10:00:00+01:00' })
    await crm.settle()
    expect([added.status, bare(added)]).toEqual([200, succeeded])
    expect(await flows.runs(workflow.id)).toMatchObject([
      { contactId: contact.id, state: 'waiting', opportunityId: null },
    ])
    expect((await crm.v2.get(`/contacts/${contact.id}/notes`)).body.notes).toMatchObject([
      { body: 'At 2026-12-01T10:00:00+01:00' },
    ])

    const gone = await crm.v2.delete(path)
    expect([gone.status, bare(gone)]).toEqual([200, succeeded])
    crm.advance(7_200_000)
    await crm.settle()
    expect(await flows.runs(workflow.id)).toMatchObject([
      { state: 'stopped', error: expect.stringMatching(/^Taken out by the token /) },
    ])
    expect(await flows.tags(contact.id)).toEqual([])
  })

  test('take in nobody while they are drafts, paused or draining', async () => {
    const contact = await crm.given.contact()
    const { id } = await flows.create({ trigger, steps: [addTag('x')] })
    const refused = async (message: string) =>
      expect(bare(await crm.v2.post(`/contacts/${contact.id}/workflow/${id}`, {}))).toEqual({
        statusCode: 400,
        error: 'Bad Request',
        message,
        code: 'WORKFLOW_NOT_PUBLISHED',
      })

    await refused('The workflow is a draft.')
    await flows.publish(id)
    await flows.act(`workflows/${id}/pause`)
    await refused('The workflow is paused.')
    await flows.act(`workflows/${id}/drain`)
    await refused('The workflow takes nobody in any more.')
    expect(await flows.runs(id)).toEqual([])
  })

  test('of another location are not there', async () => {
    const other = await crm.given.location()
    const contact = await crm.given.contact()
    const missing = (noun: string) => ({ statusCode: 404, message: `${noun} not found` })

    const theirs = await crm.v2.get(`/workflows/?locationId=${other.id}`, { token: other.token })
    expect(bare(theirs)).toEqual({ workflows: [] })
    const path = `/contacts/${contact.id}/workflow/${workflow.id}`
    expect((await crm.v2.post(path, {}, { token: other.token })).body).toMatchObject(missing('Contact'))
    expect((await crm.v2.delete(path, undefined, { token: other.token })).body).toMatchObject(missing('Contact'))
    expect((await crm.v2.post(`/contacts/${contact.id}/workflow/none`, {})).body).toMatchObject(missing('Workflow'))
  })
})
