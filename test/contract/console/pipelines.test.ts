import { describe, expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'

const refused = (...message: unknown[]) => ({ statusCode: 422, message, error: 'Unprocessable Entity' })

onEveryStore('what deleting a pipeline would do', (crm) => {
  const look = (pipelineId: string, query = '') => crm.v2.get(`/console/pipelines/${pipelineId}/deletion${query}`)

  /** Two deals in the second stage, one of them won, and one in the third. */
  async function filled() {
    const { id, name, stages } = await crm.given.pipeline()
    const [first, second, third] = stages as [(typeof stages)[0], (typeof stages)[0], (typeof stages)[0]]
    const deals = [
      { pipelineStageId: second.id, monetaryValue: 100.1 },
      { pipelineStageId: second.id, monetaryValue: 200.2, status: 'won' },
      { pipelineStageId: third.id },
    ]
    for (const deal of deals) await crm.given.opportunity({ pipelineId: id, ...deal })
    return { id, name, first, second, third }
  }

  describe('of some stages', () => {
    test('is the moving of their deals to the first stage that stays, as it then happens', async () => {
      const { id, name, first, second, third } = await filled()

      const reply = await look(id, `?stageId=${first.id},${second.id}`)

      const to = { id: third.id, name: 'Third' }
      const nothing = { count: 0, value: 0, openCount: 0, openValue: 0 }
      const some = { count: 2, value: 300.3, openCount: 1, openValue: 100.1 }
      expect(bare(reply)).toEqual({
        pipeline: { id, name },
        stages: [
          { id: first.id, name: 'First', ...nothing, becomes: 'moved', to },
          { id: second.id, name: 'Second', ...some, becomes: 'moved', to },
        ],
        count: 2,
        value: 300.3,
      })
      await crm.v3.put(`/opportunities/pipelines/${id}`, { name, stages: [third] })
      const left = await look(id)
      expect(left.body.stages).toEqual([
        { ...to, count: 3, value: 300.3, openCount: 2, openValue: 100.1, becomes: 'deleted', to: null },
      ])
    })

    test('is the moving of their deals to the stage that is chosen, of those that stay', async () => {
      const { id, first, second, third } = await filled()
      const change = (moveTo: string) =>
        crm.ask('PUT', `/console/pipelines/${id}`, { body: { stages: [first, third], moveTo } })

      const refusal = await change(second.id)
      expect(bare(refusal)).toEqual(refused('moveTo must be the id of a stage that stays'))
      expect((await look(id)).body.stages).toMatchObject([{ count: 0 }, { count: 2 }, { count: 1 }])

      const { status, body } = await change(third.id)
      expect([status, body.stages.map(({ id }: { id: string }) => id)]).toEqual([200, [first.id, third.id]])
      expect((await look(id)).body.stages).toMatchObject([{ count: 0 }, { id: third.id, count: 3, value: 300.3 }])
    })

    test('is refused where none would stay, or one is not of the pipeline', async () => {
      const { id, first, second, third } = await filled()

      const all = await look(id, `?stageId=${[first, second, third].map((stage) => stage.id).join()}`)
      const foreign = await look(id, `?stageId=${crm.stages[0]?.id}`)

      expect(bare(all)).toEqual(refused('stageId must leave the pipeline a stage; without stageId all of it goes'))
      expect(bare(foreign)).toEqual(
        refused(`stageId must name stages of the pipeline, which ${crm.stages[0]?.id} is not`),
      )
    })
  })

  test('as a whole is the deletion of all of its deals', async () => {
    const { id, name, first, second, third } = await filled()

    const reply = await look(id)

    const gone = { becomes: 'deleted', to: null }
    expect(bare(reply)).toEqual({
      pipeline: { id, name },
      stages: [
        { id: first.id, name: 'First', count: 0, value: 0, openCount: 0, openValue: 0, ...gone },
        { id: second.id, name: 'Second', count: 2, value: 300.3, openCount: 1, openValue: 100.1, ...gone },
        { id: third.id, name: 'Third', count: 1, value: 0, openCount: 1, openValue: 0, ...gone },
      ],
      count: 3,
      value: 300.3,
    })
  })

  test('is told only to who may delete it, and of pipelines that are there', async () => {
    const { id } = await crm.given.pipeline()
    const token = await crm.given.token(['opportunities.readonly'])

    expect((await crm.v2.get(`/console/pipelines/${id}/deletion`, { token })).status).toBe(401)
    expect(bare(await look('x'))).toEqual({
      statusCode: 404,
      error: 'Not Found',
      message: 'Pipeline not found',
      code: 'PIPELINE_NOT_FOUND',
    })
  })
})
