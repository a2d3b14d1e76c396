import { expect, test } from 'vitest'
import { onEveryStore } from '../../harness.ts'

interface Parameter {
  name: string
  in: string
  required: boolean
  schema: Record<string, unknown>
}

onEveryStore('the reference of v3', (crm) => {
  const read = async () => (await crm.v3.get('/docs/v3.json')).body

  test('asks for the version header, and for nothing in the spelling of v2', async () => {
    const { info, paths } = await read()
    const { parameters } = paths['/opportunities/search'].get as { parameters: Parameter[] }

    expect(info.title).toBe('Pipewright API v3')
    expect(parameters[0]).toEqual({
      name: 'Version',
      in: 'header',
      required: true,
      schema: { type: 'string', enum: ['v3'], default: 'v3' },
    })
    const query = parameters.filter((one) => one.in === 'query')
    expect(query.map(({ name }) => name).sort()).toEqual(
      [
        ...['assignedTo', 'campaignId', 'contactId', 'country', 'date', 'endDate', 'getCalendarEvents', 'getNotes'],
        ...['getTasks', 'id', 'limit', 'locationId', 'order', 'page', 'pipelineId', 'pipelineStageId', 'q'],
        ...['startAfter', 'startAfterId', 'status'],
      ].sort(),
    )
    expect(query.filter(({ required }) => required).map(({ name }) => name)).toEqual(['locationId'])
    expect(query.find(({ name }) => name === 'q')?.schema).toMatchObject({ type: 'string', maxLength: 75 })
  })

  test('shows the forecast of an opportunity, the sums of a stage, and both paths of what was renamed', async () => {
    const { paths, components } = await read()
    const { Opportunity, StageAggregation } = components.schemas
    const reply = paths['/opportunities/search'].post.responses['200'].content['application/json'].schema

    expect(Object.keys(Opportunity.properties)).toEqual(
      expect.arrayContaining([
        ...['forecastExpectedCloseDate', 'forecastOriginalCloseDate', 'forecastSlippageCount', 'forecastDaysSlipped'],
        ...['forecastLastSlippedAt', 'forecastProbability', 'effectiveProbability'],
      ]),
    )
    expect(reply.properties.stageAggregations.items).toEqual({ $ref: '#/components/schemas/StageAggregation' })
    expect(reply.required).not.toContain('stageAggregations')
    expect(StageAggregation.required).toEqual([
      ...['pipelineStageId', 'totalCount', 'totalValue', 'weightedValue', 'openValue', 'openWeightedValue', 'wonValue'],
    ])
    for (const name of ['remove-all', 'removeAll']) {
      expect(paths[`/contacts/{contactId}/campaigns/${name}`].delete.summary).toBe(
        'Take a contact out of every campaign',
      )
    }
  })
})
