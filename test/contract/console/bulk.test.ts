import { describe, expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'

const refused = (...message: unknown[]) => ({ statusCode: 422, message, error: 'Unprocessable Entity' })
const gone = { ok: false, error: 'Opportunity not found' }

onEveryStore('many opportunities at once', (crm) => {
  const bulk = (body: object, token?: string) =>
    crm.v2.post('/console/opportunities/bulk', body, token ? { token } : {})
  const read = async (id: string) => (await crm.v2.get(`/opportunities/${id}`)).body.opportunity
  const some = async (count = 2) => {
    const made = []
    for (let one = 0; one < count; one++) made.push(await crm.given.opportunity())
    return made.map(({ id }) => id as string) as [string, string]
  }

  describe('are moved', () => {
    test('to a stage, each with its own event and answer, in the order of the ids', async () => {
      const [one, two] = await some()
      const pipelineStageId = crm.stages[2]?.id

      const reply = await bulk({ ids: [two, 'nobody', one], action: 'move', pipelineStageId })

      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({
        results: [
          { id: two, ok: true },
          { id: 'nobody', ...gone },
          { id: one, ok: true },
        ],
        done: 2,
        refused: 1,
      })
      for (const id of [one, two]) {
        expect((await read(id)).pipelineStageId).toBe(pipelineStageId)
        expect((await crm.events(id)).at(-1)?.types).toEqual(['OpportunityUpdate', 'OpportunityStageUpdate'])
      }
    })

    test('to another pipeline, whose first stage they reach unless one is named', async () => {
      const [one, two] = await some()
      const { id, stages } = await crm.given.pipeline()

      await bulk({ ids: [one, two], action: 'move', pipelineId: id })

      const places = [await read(one), await read(two)].map((deal) => [deal.pipelineId, deal.pipelineStageId])
      expect(places).toEqual([
        [id, stages[0]?.id],
        [id, stages[0]?.id],
      ])
    })

    test('not to a stage that is of another pipeline than theirs', async () => {
      const [one] = await some(1)
      const { stages } = await crm.given.pipeline()

      const reply = await bulk({ ids: [one], action: 'move', pipelineStageId: stages[1]?.id })

      expect(bare(reply)).toEqual({
        results: [{ id: one, ok: false, error: 'The pipeline stage id is invalid.' }],
        done: 0,
        refused: 1,
      })
      expect((await read(one)).pipelineStageId).toBe(crm.stages[0]?.id)
    })
  })

  test('are lost for a reason, and open again', async () => {
    const [one, two] = await some()
    const { lostReason } = (
      await crm.v2.post('/opportunities/lost-reason', { locationId: crm.locationId, name: 'Too dear' })
    ).body

    await bulk({ ids: [one, two], action: 'status', status: 'lost', lostReasonId: lostReason.id })
    expect(await read(two)).toMatchObject({ status: 'lost', lostReasonId: lostReason.id })

    const reply = await bulk({ ids: [one], action: 'status', status: 'open', lostReasonId: lostReason.id })
    expect(reply.body.results).toEqual([
      { id: one, ok: false, error: 'lostReasonId is only allowed when status is lost' },
    ])
    await bulk({ ids: [one], action: 'status', status: 'open' })
    expect(await read(one)).toMatchObject({ status: 'open', lostReasonId: null })
  })

  test('are assigned to somebody, and to nobody', async () => {
    const [one, two] = await some()
    const user = await crm.given.user()

    await bulk({ ids: [one, two], action: 'assign', assignedTo: user.id })
    expect([(await read(one)).assignedTo, (await read(two)).assignedTo]).toEqual([user.id, user.id])

    await bulk({ ids: [one], action: 'assign', assignedTo: null })
    expect([(await read(one)).assignedTo, (await read(two)).assignedTo]).toEqual([null, user.id])

    const reply = await bulk({ ids: [one], action: 'assign', assignedTo: 'stranger' })
    expect(reply.body.results).toEqual([{ id: one, ok: false, error: 'assignedTo is invalid' }])
  })

  test('give their contacts tags, beside those they have', async () => {
    const contact = await crm.given.contact({ tags: ['vip'] })
    const { id } = await crm.given.opportunity({ contactId: contact.id })

    const reply = await bulk({ ids: [id], action: 'tag', tags: [' Spring '] })

    expect(reply.body.results).toEqual([{ id, ok: true }])
    expect((await crm.v2.get(`/contacts/${contact.id}`)).body.contact.tags).toEqual(['vip', 'spring'])
    const token = await crm.given.token(['opportunities.write'])
    const without = await bulk({ ids: [id], action: 'tag', tags: ['x'] }, token)
    expect(bare(without)).toEqual({ statusCode: 401, message: 'The token is not authorized for this scope.' })
  })

  test('are deleted; what is gone already is told', async () => {
    const [one, two] = await some()
    await crm.v2.delete(`/opportunities/${two}`)

    const reply = await bulk({ ids: [one, two], action: 'delete' })

    expect(reply.body.results).toEqual([
      { id: one, ok: true },
      { id: two, ...gone },
    ])
    expect((await crm.v2.get(`/opportunities/${one}`)).status).toBe(404)
  })

  test('five hundred are changed by one request, and no more', async () => {
    const ids = Array.from({ length: 500 }, (_, at) => `unknown${at}`)

    const reply = await bulk({ ids, action: 'delete' })

    expect(reply.body).toMatchObject({ done: 0, refused: 500 })
    expect(reply.body.results.map(({ id }: { id: string }) => id)).toEqual(ids)
    const more = await bulk({ ids: [...ids, 'one'], action: 'delete' })
    expect(bare(more)).toEqual(refused('ids must contain no more than 500 elements'))
  })

  test.each<[object, ...unknown[]]>([
    [{ ids: [], action: 'delete' }, 'ids must contain at least 1 elements'],
    [{ ids: ['a', 'b', 'a'], action: 'delete' }, 'ids.2 must not be there twice'],
    [{ ids: ['a'], action: 'burn' }, 'action must be one of the following values: move, status, assign, tag, delete'],
    [{ ids: ['a'], action: 'move' }, 'pipelineStageId should not be empty'],
    [{ ids: ['a'], action: 'status' }, 'status must be one of the following values: open, won, lost, abandoned'],
    [{ ids: ['a'], action: 'assign' }, 'assignedTo should not be empty; null assigns to nobody'],
    [{ ids: ['a'], action: 'tag' }, 'tags should not be empty', 'tags must be an array'],
    [{ ids: ['a'], action: 'delete', status: 'won' }, 'status does not belong to the action delete'],
  ])('%j is refused, and changes nothing', async (body, ...message) => {
    const reply = await bulk(body)

    expect(reply.status).toBe(422)
    expect(bare(reply)).toEqual(refused(...message))
  })

  test('are for who may write them', async () => {
    const token = await crm.given.token(['opportunities.readonly'])

    expect((await bulk({ ids: ['a'], action: 'delete' }, token)).status).toBe(401)
  })
})
