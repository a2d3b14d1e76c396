import { describe, expect, test } from 'vitest'
import { bare, onEveryStore, type Reply } from '../../harness.ts'
import { fingerprint } from '../../support/fingerprint.ts'
import { foreign, missing, refused, unauthorized, unprocessable } from '../../support/refused.ts'
import { noLocation, time } from '../v2/expected.ts'
import { read } from './expected.ts'

const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
const path = '/opportunities/pipelines'
const noScope = unauthorized('The token is not authorized for this scope.')

interface Stage {
  id: string
  name: string
  stageWinProbability: number
}

onEveryStore('pipelines in v3', (crm) => {
  const create = (fields: object = {}): Promise<Reply> =>
    crm.v3.post(path, {
      locationId: crm.locationId,
      name: 'Sales',
      stages: [{ name: 'New' }, { name: 'Talking' }, { name: 'Won' }],
      ...fields,
    })
  const put = (id: string, body: unknown): Promise<Reply> => crm.v3.put(`${path}/${id}`, body)
  const get = async (id: string) => bare(await crm.v3.get(`${path}/${id}`))
  const list = async () => (await crm.v3.get(`${path}?locationId=${crm.locationId}`)).body.pipelines
  const chances = ({ body }: Reply) => body.stages.map(({ stageWinProbability }: Stage) => stageWinProbability)
  const stage = (name: string, position: number, stageWinProbability: number, fields: object = {}) => ({
    id: uuid,
    name,
    position,
    showInFunnel: true,
    showInPieChart: true,
    stageWinProbability,
    color: '#64748B',
    ...fields,
  })
  const pipelineOf = (fields: object = {}) => ({
    id: expect.stringMatching(/^[A-Za-z0-9]{20}$/),
    locationId: crm.locationId,
    name: 'Sales',
    showInFunnel: true,
    showInPieChart: true,
    colorRenderMode: 'dot',
    useOpportunityProbability: false,
    position: expect.stringMatching(/^a\w\w$/),
    dateAdded: time,
    dateUpdated: time,
    stages: [stage('New', 1, 25), stage('Talking', 2, 50), stage('Won', 3, 75)],
    ...fields,
  })

  describe('being created', () => {
    test('are answered bare, with 201, and are there at once', async () => {
      const reply = await create()

      expect(reply.status).toBe(201)
      expect(bare(reply)).toEqual(pipelineOf())
      expect(await get(reply.body.id)).toEqual(bare(reply))
      expect((await list()).at(-1)).toEqual(bare(reply))
    })

    test('keep everything that is sent, as the reference sends it', async () => {
      const options = {
        showInFunnel: false,
        showInPieChart: true,
        useOpportunityProbability: true,
        colorRenderMode: 'dot',
      }

      const reply = await create({
        name: 'pipeline',
        stages: [{ name: 'stage 1', position: 1, showInFunnel: true, stageWinProbability: 12.5, color: '#155EEF' }],
        ...options,
      })

      expect(bare(reply)).toEqual(
        pipelineOf({ name: 'pipeline', ...options, stages: [stage('stage 1', 1, 12.5, { color: '#155EEF' })] }),
      )
    })

    test('take a probability for each stage, or spread all of them where one is missing', async () => {
      const stages = (...wanted: (number | undefined)[]) =>
        wanted.map((stageWinProbability, at) => ({ name: `${at}`, stageWinProbability }))

      expect(chances(await create({ stages: stages(0, 33.33, 100) }))).toEqual([0, 33.33, 100])
      expect(chances(await create({ stages: stages(0, undefined, 100) }))).toEqual([25, 50, 75])
      expect(chances(await create({ useOpportunityProbability: true, stages: stages(0, undefined) }))).toEqual([
        33.33, 66.67,
      ])
    })

    test.each<[object, ...string[]]>([
      [{ name: undefined }, 'name should not be empty', 'name must be a string'],
      [{ stages: undefined }, 'stages should not be empty', 'stages must be an array'],
      [{ stages: [] }, 'stages must contain at least 1 elements'],
      [{ stages: [{ name: 'New' }, { name: ' NEW ' }] }, 'stages.1.name must be unique in the pipeline'],
      [{ stages: [{ name: 'x'.repeat(256) }] }, 'stages.0.name must be shorter than or equal to 255 characters'],
      [{ stages: [{ name: 'a', stageWinProbability: -1 }] }, 'stages.0.stageWinProbability must not be less than 0'],
      [
        { stages: [{ name: 'a', stageWinProbability: '50' }] },
        'stages.0.stageWinProbability must be a number conforming to the specified constraints',
      ],
      [{ stages: [{ name: 'a', id: 'mine' }] }, 'stages.0.property id should not exist'],
      [{ useOpportunityProbability: 'yes' }, 'useOpportunityProbability must be a boolean value'],
      [{ colorRenderMode: 'rainbow' }, 'colorRenderMode must be one of the following values: dot, bg-tint, none'],
      [{ id: 'mine' }, 'property id should not exist'],
    ])('are refused as %j, and none is made', async (fields, ...message) => {
      const before = await fingerprint(crm.app.store)

      expect(refused(await create(fields))).toEqual(unprocessable(...message))
      expect(await fingerprint(crm.app.store)).toBe(before)
    })

    test('need the location', async () => {
      const other = await crm.given.location()

      expect(refused(await create({ locationId: undefined }))).toEqual(noLocation())
      expect(refused(await create({ locationId: other.id }))).toEqual(foreign)
    })
  })

  describe('being updated', () => {
    test('have their stages replaced by the list: kept by id, made without, deleted when left out', async () => {
      const made = (await create()).body
      const [first, second, third] = made.stages
      const deal = (pipelineStageId: string) => crm.given.opportunity({ pipelineId: made.id, pipelineStageId })
      const gone = [await deal(first.id), await deal(third.id)]
      const stays = await deal(second.id)
      crm.advance(1000)

      const reply = await put(made.id, {
        stages: [
          { name: 'Fresh', position: 2, stageWinProbability: 40 },
          { id: second.id, name: 'Speaking', position: 1, stageWinProbability: 20 },
        ],
      })

      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual(
        pipelineOf({
          id: made.id,
          position: made.position,
          dateAdded: made.dateAdded,
          stages: [stage('Speaking', 1, 20, { id: second.id }), stage('Fresh', 2, 40)],
        }),
      )
      expect(await get(made.id)).toEqual(bare(reply))
      for (const { id } of gone) {
        expect(await read(crm, id)).toMatchObject({ pipelineStageId: second.id, indexVersion: 2 })
        expect((await crm.events(id)).map(({ types }) => types)).toEqual([
          ['OpportunityCreate', 'OpportunityUpdate'],
          ['OpportunityUpdate', 'OpportunityStageUpdate'],
        ])
      }
      expect(await read(crm, stays.id)).toMatchObject({ pipelineStageId: second.id, indexVersion: 1 })
      expect(await crm.events(stays.id)).toHaveLength(1)
    })

    test('may be renamed, stages and all, which keeps the ids and is no event of an opportunity', async () => {
      const made = (await create()).body
      const { id } = await crm.given.opportunity({ pipelineId: made.id })
      const before = await read(crm, id)
      const renamed = made.stages.map(({ id, name, stageWinProbability }: Stage) => ({
        id,
        name: `${name}!`,
        stageWinProbability,
      }))

      const reply = await put(made.id, { name: 'Renamed', stages: renamed })

      expect(bare(reply)).toEqual({
        ...bare({ body: made } as Reply),
        name: 'Renamed',
        dateUpdated: time,
        stages: made.stages.map((one: Stage) => ({ ...one, name: `${one.name}!` })),
      })
      expect(await read(crm, id)).toEqual(before)
      expect(await crm.events(id)).toHaveLength(1)
      expect((await crm.events(made.id)).map(({ types }) => types)).toEqual([['PipelineCreate'], ['PipelineUpdate']])
    })

    test('lose all probabilities to an even spread where a stage comes without one', async () => {
      const made = (await create({ stages: [{ name: 'A', stageWinProbability: 90 }] })).body
      const [{ id }] = made.stages

      const kept = await put(made.id, { name: 'Renamed' })
      const spread = await put(made.id, { stages: [{ id, name: 'A', stageWinProbability: 90 }, { name: 'B' }] })

      expect(chances(kept)).toEqual([90])
      expect(chances(spread)).toEqual([33.33, 66.67])
    })

    test.each<[object, ...string[]]>([
      ...['id', 'position', 'dateAdded', 'dateUpdated', 'traceId'].map((name): [object, string] => [
        { [name]: 'x' },
        `property ${name} should not exist`,
      ]),
      [{ stages: [] }, 'stages must contain at least 1 elements'],
      [{ stages: [{ id: 'unknown', name: 'New' }] }, 'stages.0.id is invalid'],
      [{ stages: [{ name: 'Ünïque' }, { name: 'ünÏQUE' }] }, 'stages.1.name must be unique in the pipeline'],
      [{ stages: [{ stageWinProbability: 5 }] }, 'stages.0.name should not be empty', 'stages.0.name must be a string'],
      [{ name: ' ' }, 'name should not be empty'],
    ])('are refused as %j and stay as they were', async (fields, ...message) => {
      const made = bare(await create())

      expect(refused(await put(made.id, fields))).toEqual(unprocessable(...message))
      expect(await get(made.id)).toEqual(made)
    })

    test('are refused with all that a reading of them answers, each part that cannot change by its name', async () => {
      const made = bare(await create())

      const reply = await put(made.id, made)

      const fixed = ['id', 'locationId', 'position', 'dateAdded', 'dateUpdated']
      expect(reply.status).toBe(422)
      expect([...reply.body.message].sort()).toEqual(fixed.map((name) => `property ${name} should not exist`).sort())
    })

    test('are not found where there is none, nor in another location', async () => {
      const { id } = (await create()).body
      const { token } = await crm.given.location()

      expect(refused(await put('unknown', { name: 'x' }))).toEqual(missing('Pipeline'))
      expect(refused(await crm.v3.put(`${path}/${id}`, { name: 'x' }, { token }))).toEqual(missing('Pipeline'))
    })
  })

  test('being deleted take their opportunities along', async () => {
    const { id } = (await create()).body
    const deals = [await crm.given.opportunity({ pipelineId: id }), await crm.given.opportunity({ pipelineId: id })]
    const other = await crm.given.opportunity()

    const reply = await crm.v3.delete(`${path}/${id}`)

    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual({ succeded: true, success: true, succeeded: true })
    expect(refused(await crm.v3.get(`${path}/${id}`))).toEqual(missing('Pipeline'))
    expect((await list()).map((one: Stage) => one.id)).not.toContain(id)
    for (const deal of deals) {
      expect(refused(await crm.v3.get(`/opportunities/${deal.id}`))).toEqual(missing('Opportunity'))
      expect((await crm.events(deal.id)).at(-1)).toMatchObject({ types: ['OpportunityDelete'] })
    }
    expect((await crm.v3.get(`/opportunities/${other.id}`)).status).toBe(200)
    expect(refused(await crm.v3.delete(`${path}/${id}`))).toEqual(missing('Pipeline'))
  })

  describe('are open to a token', () => {
    const ways = async (token: string) => {
      const { id } = (await create()).body
      const options = { token }
      const body = { locationId: crm.locationId, name: 'Sales', stages: [{ name: 'New' }] }
      const read = [
        await crm.v3.get(`${path}?locationId=${crm.locationId}`, options),
        await crm.v3.get(`${path}/${id}`, options),
      ]
      const made = await crm.v3.post(path, body, options)
      const changed = await crm.v3.put(`${path}/${id}`, { name: 'Renamed' }, options)
      return { read, made, changed, gone: await crm.v3.delete(`${path}/${id}`, undefined, options) }
    }

    test('that may read opportunities, to read them', async () => {
      const { read, made, changed, gone } = await ways(await crm.given.token(['opportunities.readonly']))

      expect(read.map(({ status }) => status)).toEqual([200, 200])
      expect([made, changed, gone].map(refused)).toEqual([noScope, noScope, noScope])
    })

    test('that may create pipelines, to create them', async () => {
      const { read, made, changed, gone } = await ways(await crm.given.token(['pipelines.create']))

      expect(made.status).toBe(201)
      expect([...read, changed, gone].map(refused)).toEqual(Array(4).fill(noScope))
    })

    test('that may write pipelines, to change and delete them', async () => {
      const { read, made, changed, gone } = await ways(await crm.given.token(['pipelines.write']))

      expect([changed.status, gone.status]).toEqual([200, 200])
      expect([...read, made].map(refused)).toEqual(Array(3).fill(noScope))
    })

    test('that may write opportunities, not at all', async () => {
      const { read, made, changed, gone } = await ways(await crm.given.token(['opportunities.write']))

      expect([...read, made, changed, gone].map(refused)).toEqual(Array(5).fill(noScope))
    })
  })
})
