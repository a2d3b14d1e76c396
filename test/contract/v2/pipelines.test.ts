import { describe, expect, test } from 'vitest'
import { getStageTotals } from '../../../src/domain/opportunities/queries.ts'
import { bare, onEveryStore, type Reply } from '../../harness.ts'
import { foreign, missing, refused, unprocessable } from '../../support/refused.ts'
import { noLocation, read, time, totalOf } from './expected.ts'

const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
const slate = '#64748B'

type Stage = { id: string; name: string }

onEveryStore('pipelines', (crm) => {
  const create = (fields: object = {}, slash = '') =>
    crm.v2.post(`/opportunities/pipelines${slash}`, {
      locationId: crm.locationId,
      name: 'Sales',
      stages: [{ name: 'New' }, { name: 'Won' }],
      ...fields,
    })
  const put = (id: string, body: unknown): Promise<Reply> => crm.v2.put(`/opportunities/pipelines/${id}`, body)
  const get = async (id: string) => bare(await crm.v2.get(`/opportunities/pipelines/${id}`))
  const list = async () => (await crm.v2.get(`/opportunities/pipelines?locationId=${crm.locationId}`)).body.pipelines
  const stage = (name: string, position: number, stageWinProbability: number, fields: object = {}) => ({
    id: uuid,
    name,
    position,
    showInFunnel: true,
    showInPieChart: true,
    stageWinProbability,
    color: slate,
    ...fields,
  })
  const pipelineOf = (fields: object) => ({
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
    stages: [stage('New', 1, 33.33), stage('Won', 2, 66.67)],
    ...fields,
  })

  describe('being listed', () => {
    test('come in order, each whole, with and without the trailing slash', async () => {
      await create({ name: 'Second' })
      const replies = [
        await crm.v2.get(`/opportunities/pipelines?locationId=${crm.locationId}`),
        await crm.v2.get(`/opportunities/pipelines/?locationId=${crm.locationId}`),
      ]

      for (const reply of replies) {
        expect(reply.status).toBe(200)
        const pipelines = reply.body.pipelines
        expect(Object.keys(bare(reply))).toEqual(['pipelines'])
        expect(pipelines[0]).toEqual(
          pipelineOf({
            name: 'Sales Pipeline',
            stages: [
              stage('New Lead', 1, 20),
              stage('Qualified', 2, 40),
              stage('Proposal Sent', 3, 60),
              stage('Closed Won', 4, 80),
            ],
          }),
        )
        const positions = pipelines.map(({ position }: { position: string }) => position)
        expect(positions).toEqual([...positions].sort())
        expect(pipelines.at(-1)).toEqual(pipelineOf({ name: 'Second' }))
      }
    })

    test('are those of the location only', async () => {
      const { id, token, pipeline } = await crm.given.location()

      const reply = await crm.v2.get(`/opportunities/pipelines?locationId=${id}`, { token })

      expect(reply.body.pipelines.map((one: Stage) => one.id)).toEqual([pipeline.id])
      expect((await list()).map((one: Stage) => one.id)).not.toContain(pipeline.id)
    })

    test('need the location, in the spelling that the reference has', async () => {
      const other = await crm.given.location()

      expect(refused(await crm.v2.get('/opportunities/pipelines'))).toEqual(noLocation())
      expect(refused(await crm.v2.get(`/opportunities/pipelines?location_id=${crm.locationId}`))).toEqual(noLocation())
      expect(refused(await crm.v2.get(`/opportunities/pipelines?locationId=${other.id}`))).toEqual(foreign)
      expect(
        (await crm.v2.get('/opportunities/pipelines', { headers: { 'location-id': crm.locationId } })).status,
      ).toBe(200)
    })
  })

  test('are answered one by one, without an envelope', async () => {
    const made = (await create()).body

    const reply = await crm.v2.get(`/opportunities/pipelines/${made.id}/`)

    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual(pipelineOf({ id: made.id }))
    expect(refused(await crm.v2.get('/opportunities/pipelines/unknown'))).toEqual(missing('Pipeline'))
    const { token } = await crm.given.location()
    expect(refused(await crm.v2.get(`/opportunities/pipelines/${made.id}`, { token }))).toEqual(missing('Pipeline'))
  })

  describe('being created', () => {
    test('get what nobody named, and are there at once', async () => {
      const reply = await create()

      expect(reply.status).toBe(201)
      expect(bare(reply)).toEqual(pipelineOf({}))
      expect(await get(reply.body.id)).toEqual(bare(reply))
      expect((await list()).at(-1)).toEqual(bare(reply))
      expect(await crm.events(reply.body.id)).toMatchObject([
        { types: ['PipelineCreate'], before: null, after: { id: reply.body.id, name: 'Sales' } },
      ])
    })

    test('keep everything that is sent, in the order of the positions', async () => {
      const options = {
        showInFunnel: false,
        showInPieChart: false,
        useOpportunityProbability: true,
        colorRenderMode: 'bg-tint',
      }
      const shown = { showInFunnel: false, showInPieChart: false, color: '#aB12fF' }

      const reply = await create({
        ...options,
        stages: [
          { name: 'Last', position: 7, stageWinProbability: 100 },
          { name: 'First', position: 0, stageWinProbability: 0, ...shown },
        ],
      })

      expect(bare(reply)).toEqual(
        pipelineOf({ ...options, stages: [stage('First', 1, 0, shown), stage('Last', 2, 100)] }),
      )
    })

    test('spread the probabilities evenly where one is missing', async () => {
      const stages = [{ name: 'a', stageWinProbability: 90 }, { name: 'b' }, { name: 'c', stageWinProbability: 95 }]

      const reply = await create({ stages })

      const probabilities = reply.body.stages.map((one: { stageWinProbability: number }) => one.stageWinProbability)
      expect(probabilities).toEqual([25, 50, 75])
    })

    test('work with the trailing slash', async () => {
      expect((await create({}, '/')).status).toBe(201)
    })

    test.each<[object, ...string[]]>([
      [{ name: undefined }, 'name should not be empty', 'name must be a string'],
      [{ name: '' }, 'name should not be empty'],
      [{ name: '   ' }, 'name should not be empty'],
      [{ name: 'x'.repeat(256) }, 'name must be shorter than or equal to 255 characters'],
      [{ stages: undefined }, 'stages should not be empty', 'stages must be an array'],
      [{ stages: [] }, 'stages must contain at least 1 elements'],
      [{ stages: [{}] }, 'stages.0.name should not be empty', 'stages.0.name must be a string'],
      [{ stages: [{ name: '' }] }, 'stages.0.name should not be empty'],
      [{ stages: [{ name: 'a' }, { name: '   ' }] }, 'stages.1.name should not be empty'],
      [{ stages: [{ name: 'New' }, { name: ' nEW' }] }, 'stages.1.name must be unique in the pipeline'],
      [{ stages: [{ name: 'a', id: 'mine' }] }, 'stages.0.property id should not exist'],
      [{ stages: [{ name: 'a', color: 'red' }] }, 'stages.0.color must be a colour such as #64748B'],
      [
        { stages: [{ name: 'a', stageWinProbability: 101 }] },
        'stages.0.stageWinProbability must not be greater than 100',
      ],
      [{ colorRenderMode: 'rainbow' }, 'colorRenderMode must be one of the following values: dot, bg-tint, none'],
      [{ showInFunnel: 'yes' }, 'showInFunnel must be a boolean value'],
      [{ position: 'a0V' }, 'property position should not exist'],
    ])('are refused as %j', async (fields, ...message) => {
      expect(refused(await create(fields))).toEqual(unprocessable(...message))
    })

    test('need the location', async () => {
      const other = await crm.given.location()

      expect(refused(await create({ locationId: undefined }))).toEqual(noLocation())
      expect(refused(await create({ locationId: other.id }))).toEqual(foreign)
    })
  })

  describe('being updated', () => {
    test('change what is sent and keep the rest', async () => {
      const made = (await create()).body
      crm.advance(1000)

      const reply = await put(made.id, { name: 'Renamed', showInFunnel: false, colorRenderMode: 'none' })

      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual(
        pipelineOf({
          id: made.id,
          name: 'Renamed',
          showInFunnel: false,
          colorRenderMode: 'none',
          position: made.position,
          dateAdded: made.dateAdded,
          stages: made.stages,
        }),
      )
      expect(Date.parse(reply.body.dateUpdated)).toBeGreaterThan(Date.parse(made.dateUpdated))
      expect(await get(made.id)).toEqual(bare(reply))
      expect((await crm.events(made.id)).at(-1)).toMatchObject({
        types: ['PipelineUpdate'],
        before: { name: 'Sales', showInFunnel: true },
        after: { name: 'Renamed', showInFunnel: false },
      })
    })

    test('with nothing, or with what they are, change nothing and are no event', async () => {
      const made = bare(await create())
      const stages = made.stages.map(({ position: _, ...one }: Stage & { position: number }) => one)

      expect(bare(await put(made.id, {}))).toEqual(made)
      expect(bare(await put(`${made.id}/`, { name: 'Sales', stages }))).toEqual(made)
      expect(await crm.events(made.id)).toHaveLength(1)
    })

    test('keep a stage by its id through a new name, colour and place', async () => {
      const made = (await create()).body
      const [first, second] = made.stages

      const { stages } = (
        await put(made.id, {
          stages: [
            { id: second.id, name: 'Closed', color: '#000000', stageWinProbability: 10 },
            { id: first.id, name: 'Open', showInFunnel: false, stageWinProbability: 20 },
            { name: 'Fresh', stageWinProbability: 30 },
          ],
        })
      ).body

      expect(stages).toEqual([
        stage('Closed', 1, 10, { id: second.id, color: '#000000' }),
        stage('Open', 2, 20, { id: first.id, showInFunnel: false }),
        stage('Fresh', 3, 30),
      ])
      const again = await put(made.id, { stages: [{ id: second.id, name: 'Closed', stageWinProbability: 10 }] })
      expect(again.body.stages).toEqual([stage('Closed', 1, 10, { id: second.id, color: '#000000' })])
    })

    test('rename a stage without touching its opportunities', async () => {
      const made = (await create()).body
      const [first, second] = made.stages
      const before = await crm.given.opportunity({ pipelineId: made.id })

      await put(made.id, {
        stages: [
          { id: first.id, name: 'Renamed', stageWinProbability: 33.33 },
          { ...second, position: 2 },
        ],
      })

      expect(await read(crm, before.id)).toEqual(before)
      expect(await crm.events(before.id)).toHaveLength(1)
    })

    test('move the opportunities of a stage that is left out to the first that stays', async () => {
      const { id, stages } = (await create({ stages: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] })).body
      const [a, b, c] = stages as [Stage, Stage, Stage]
      const make = (pipelineStageId: string, fields: object = {}) =>
        crm.given.opportunity({ pipelineId: id, pipelineStageId, monetaryValue: 10, ...fields })
      const inA = await make(a.id)
      const inB = [await make(b.id), await make(b.id, { status: 'won' })]
      const inC = await make(c.id)
      crm.advance(1000)

      const reply = await put(id, {
        stages: [
          { id: c.id, name: 'C' },
          { id: b.id, name: 'B' },
        ],
      })

      expect(reply.body.stages.map((one: Stage) => one.name)).toEqual(['C', 'B'])
      const moved = await read(crm, inA.id)
      expect(moved).toMatchObject({ pipelineId: id, pipelineStageId: c.id, pipelineStageUId: c.id, indexVersion: 2 })
      expect(Date.parse(moved.lastStageChangeAt)).toBeGreaterThan(Date.parse(inA.lastStageChangeAt))
      expect((await crm.events(inA.id)).at(-1)).toMatchObject({
        types: ['OpportunityUpdate', 'OpportunityStageUpdate'],
        before: { pipelineStageId: a.id },
        after: { pipelineStageId: c.id },
      })
      for (const still of [...inB, inC]) {
        expect(await read(crm, still.id)).toMatchObject({ pipelineStageId: still.pipelineStageId, indexVersion: 1 })
        expect(await crm.events(still.id)).toHaveLength(1)
      }
      expect(await totalOf(crm, { pipeline_stage_id: a.id })).toBe(0)
      expect(await totalOf(crm, { pipeline_stage_id: b.id })).toBe(2)
      expect(await totalOf(crm, { pipeline_stage_id: c.id })).toBe(2)
      expect(await totalOf(crm, { pipeline_id: id })).toBe(4)
      const totals = await getStageTotals(crm.as(crm.locationId), id)
      expect(totals).toHaveLength(3)
      expect(totals).toEqual(
        expect.arrayContaining([
          { pipelineId: id, pipelineStageId: b.id, status: 'open', count: 1, value: 10 },
          { pipelineId: id, pipelineStageId: b.id, status: 'won', count: 1, value: 10 },
          { pipelineId: id, pipelineStageId: c.id, status: 'open', count: 2, value: 20 },
        ]),
      )
    })

    test('move more opportunities than one batch holds', async () => {
      const { id, stages } = (await create()).body
      const contactId = (await crm.given.contact()).id
      await Promise.all(Array.from({ length: 520 }, () => crm.given.opportunity({ pipelineId: id, contactId })))

      await put(id, { stages: [{ name: 'New' }] })

      const [fresh] = (await get(id)).stages
      expect(fresh.id).not.toBe(stages[0].id)
      expect(await totalOf(crm, { pipeline_stage_id: fresh.id })).toBe(520)
      expect(await totalOf(crm, { pipeline_stage_id: stages[0].id })).toBe(0)
    })

    test.each<[object, ...string[]]>([
      [{ name: '' }, 'name should not be empty'],
      [{ name: null }, 'name should not be empty', 'name must be a string'],
      [{ stages: [] }, 'stages must contain at least 1 elements'],
      [{ stages: null }, 'stages should not be empty', 'stages must be an array'],
      [{ stages: [{ id: 'unknown', name: 'New' }] }, 'stages.0.id is invalid'],
      [{ stages: [{ name: 'New' }, { name: 'NEW' }] }, 'stages.1.name must be unique in the pipeline'],
      [{ useOpportunityProbability: 1 }, 'useOpportunityProbability must be a boolean value'],
      ...['id', 'position', 'dateAdded', 'dateUpdated', 'locationId'].map((name): [object, string] => [
        { [name]: 'x' },
        `property ${name} should not exist`,
      ]),
    ])('are refused as %j and stay as they were', async (fields, ...message) => {
      const made = bare(await create())
      const body = JSON.parse(JSON.stringify(fields).replace('"locationId":"x"', `"locationId":"${crm.locationId}"`))

      expect(refused(await put(made.id, body))).toEqual(unprocessable(...message))
      expect(await get(made.id)).toEqual(made)
    })

    test('refuse a stage named twice, and one of another pipeline', async () => {
      const [made, other] = [(await create()).body, (await create()).body]
      const { id } = made.stages[0]

      expect(
        refused(
          await put(made.id, {
            stages: [
              { id, name: 'a' },
              { id, name: 'b' },
            ],
          }),
        ),
      ).toEqual(unprocessable('stages.1.id is invalid'))
      expect(refused(await put(made.id, { stages: [{ id: other.stages[0].id, name: 'a' }] }))).toEqual(
        unprocessable('stages.0.id is invalid'),
      )
    })

    test('are not found where there is none, nor in another location', async () => {
      const made = (await create()).body
      const { token } = await crm.given.location()

      expect(refused(await put('unknown', { name: 'x' }))).toEqual(missing('Pipeline'))
      expect(refused(await crm.v2.put(`/opportunities/pipelines/${made.id}`, { name: 'x' }, { token }))).toEqual(
        missing('Pipeline'),
      )
    })
  })

  describe('being deleted', () => {
    test('take their opportunities with them, each with an event of its own', async () => {
      const made = (await create()).body
      const all = []
      for (const status of ['open', 'won']) all.push(await crm.given.opportunity({ pipelineId: made.id, status }))
      const other = await crm.given.opportunity()

      const reply = await crm.v2.delete(`/opportunities/pipelines/${made.id}`)

      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({ succeded: true, success: true, succeeded: true })
      expect(refused(await crm.v2.get(`/opportunities/pipelines/${made.id}`))).toEqual(missing('Pipeline'))
      expect((await list()).map(({ id }: Stage) => id)).not.toContain(made.id)
      for (const { id } of all) {
        expect(refused(await crm.v2.get(`/opportunities/${id}`))).toEqual(missing('Opportunity'))
        expect((await crm.events(id)).at(-1)).toMatchObject({ types: ['OpportunityDelete'], before: { id } })
      }
      expect((await crm.events(made.id)).at(-1)).toMatchObject({
        types: ['PipelineDelete'],
        before: { id: made.id, name: 'Sales' },
        after: null,
      })
      expect(await totalOf(crm, { pipeline_id: made.id })).toBe(0)
      expect(await read(crm, other.id)).toEqual(other)
    })

    test('are not found twice, nor in another location', async () => {
      const made = (await create()).body
      const { token } = await crm.given.location()
      const path = `/opportunities/pipelines/${made.id}`

      expect(refused(await crm.v2.delete(path, undefined, { token }))).toEqual(missing('Pipeline'))
      expect((await crm.v2.delete(`${path}/`)).status).toBe(200)
      expect(refused(await crm.v2.delete(path))).toEqual(missing('Pipeline'))
    })
  })
})
