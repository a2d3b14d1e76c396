import { beforeAll, describe, expect, test } from 'vitest'
import { onEveryStore } from '../../harness.ts'
import { missing, refused, unprocessable } from '../../support/refused.ts'

const nobody = 'nobodyHasThisId00000'

onEveryStore('what v2 refuses', (crm) => {
  const valid = (fields: object = {}) => ({
    locationId: crm.locationId,
    pipelineId: crm.pipeline.id,
    name: 'A deal',
    status: 'open',
    contactId: nobody,
    ...fields,
  })
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire carries
  let opportunity: any
  beforeAll(async () => {
    opportunity = await crm.given.opportunity()
  })

  describe('a body that is not what the operation documents', () => {
    test('names each required field that is missing, in the order of the reference', async () => {
      const reply = await crm.v2.post('/opportunities/', { locationId: crm.locationId })

      expect(refused(reply)).toEqual(
        unprocessable(
          'name should not be empty',
          'name must be a string',
          'pipelineId should not be empty',
          'pipelineId must be a string',
          'status should not be empty',
          'status must be one of the following values: open, won, lost, abandoned',
          'contactId should not be empty',
          'contactId must be a string',
        ),
      )
    })

    test('names one missing field alone', async () => {
      const reply = await crm.v2.post('/opportunities/', valid({ name: undefined }))

      expect(refused(reply)).toEqual(unprocessable('name should not be empty', 'name must be a string'))
    })

    test('names an empty field', async () => {
      const reply = await crm.v2.post('/opportunities/', valid({ name: '' }))

      expect(refused(reply)).toEqual(unprocessable('name should not be empty'))
    })

    test('names a property that the operation does not know', async () => {
      const reply = await crm.v2.post('/opportunities/', valid({ foo: 1 }))

      expect(refused(reply)).toEqual(unprocessable('property foo should not exist'))
    })

    test('names unknown properties first, then the fields', async () => {
      const reply = await crm.v2.put(`/opportunities/${opportunity.id}`, {
        monetaryValue: '5',
        foo: 1,
        name: 7,
        bar: 2,
      })

      expect(refused(reply)).toEqual(
        unprocessable(
          'property foo should not exist',
          'property bar should not exist',
          'name must be a string',
          'monetaryValue must be a number conforming to the specified constraints',
        ),
      )
    })

    test('names an item of a list by its place', async () => {
      const reply = await crm.v2.put(`/opportunities/${opportunity.id}`, { tags: ['vip', 7] })

      expect(refused(reply)).toEqual(unprocessable('tags.1 must be a string'))
    })

    test('names a property of a nested object by its place', async () => {
      const reply = await crm.v2.put(`/opportunities/${opportunity.id}`, { customFields: [{ id: 'x', fieldvalue: 1 }] })

      expect(refused(reply)).toEqual(unprocessable('customFields.0.property fieldvalue should not exist'))
    })

    test('names what is too long, and what is too much', async () => {
      const reply = await crm.v2.put(`/opportunities/${opportunity.id}`, { name: 'x'.repeat(256), monetaryValue: 1e12 })

      expect(refused(reply)).toEqual(
        unprocessable(
          'name must be shorter than or equal to 255 characters',
          'monetaryValue must not be greater than 100000000000',
        ),
      )
    })

    test('names a list or a number that is beyond any use', async () => {
      const tasks = `/locations/${crm.locationId}/tasks/search`
      const field = { name: 'Far', dataType: 'TEXT', position: 1e300, maxFileLimit: 1e300 }

      expect(refused(await crm.v2.post(tasks, { contactId: Array(40_000).fill('x'), skip: 1e300 }))).toEqual(
        unprocessable('contactId must contain no more than 500 elements', 'skip must not be greater than 1000000000'),
      )
      expect(refused(await crm.v2.post(tasks, { query: 'x'.repeat(60_000) }))).toEqual(
        unprocessable('query must be shorter than or equal to 255 characters'),
      )
      expect(refused(await crm.v2.post(`/locations/${crm.locationId}/customFields`, field))).toEqual(
        unprocessable(
          'position must not be greater than 1000000000',
          'maxFileLimit must not be greater than 1000000000',
        ),
      )
    })

    test.each([
      ['text', '"open"'],
      ['a list', '[{"status":"won"}]'],
      ['an empty list', '[]'],
      ['a number', '7'],
      ['true', 'true'],
      ['null', 'null'],
    ])('must be an object, not %s', async (_, body) => {
      const reply = await crm.v2.put(`/opportunities/${opportunity.id}/status`, body)

      expect(refused(reply)).toEqual(unprocessable('body must be an object'))
    })
  })

  describe('a status', () => {
    const sentence = 'status must be one of the following values: open, won, lost, abandoned'

    test.each(['all', 'Won', 'closed', ' won', ''])('of "%s" is none of the four', async (status) => {
      const empty = status === '' ? ['status should not be empty'] : []
      for (const reply of [
        await crm.v2.post('/opportunities/', valid({ status })),
        await crm.v2.put(`/opportunities/${opportunity.id}`, { status }),
        await crm.v2.put(`/opportunities/${opportunity.id}/status`, { status }),
        await crm.v2.post('/opportunities/upsert', valid({ status })),
      ]) {
        expect([reply.status, reply.body.error]).toEqual([422, 'Unprocessable Entity'])
        expect([[sentence], [...empty, sentence]]).toContainEqual(reply.body.message)
      }
    })

    test('of "all" is refused to the letter', async () => {
      const reply = await crm.v2.put(`/opportunities/${opportunity.id}/status`, { status: 'all' })

      expect(refused(reply)).toEqual(unprocessable(sentence))
    })
  })

  describe('a stage or pipeline that does not fit', () => {
    const stage = {
      statusCode: 400,
      error: 'Bad Request',
      message: 'The pipeline stage id is invalid.',
      code: 'PIPELINE_STAGE_NOT_FOUND',
    }
    const pipeline = {
      statusCode: 400,
      error: 'Bad Request',
      message: 'The pipeline id is invalid.',
      code: 'PIPELINE_NOT_FOUND',
    }

    test('is refused where the stage is of another pipeline', async () => {
      const other = await crm.given.pipeline()
      const pipelineStageId = other.stages[0]?.id as string

      for (const reply of [
        await crm.v2.post('/opportunities/', valid({ contactId: opportunity.contactId, pipelineStageId })),
        await crm.v2.put(`/opportunities/${opportunity.id}`, { pipelineStageId }),
        await crm.v2.put(`/opportunities/${opportunity.id}/status`, { status: 'won', pipelineStageId }),
        await crm.v2.post('/opportunities/upsert', valid({ contactId: opportunity.contactId, pipelineStageId })),
      ]) {
        expect(refused(reply)).toEqual([400, stage])
      }
    })

    test('is refused where the stage does not exist', async () => {
      const reply = await crm.v2.put(`/opportunities/${opportunity.id}`, { pipelineStageId: nobody })

      expect(refused(reply)).toEqual([400, stage])
    })

    test('is refused where the pipeline does not exist', async () => {
      for (const reply of [
        await crm.v2.post('/opportunities/', valid({ contactId: opportunity.contactId, pipelineId: nobody })),
        await crm.v2.put(`/opportunities/${opportunity.id}`, { pipelineId: nobody }),
      ]) {
        expect(refused(reply)).toEqual([400, pipeline])
      }
    })

    test('leaves the opportunity as it was', async () => {
      const { body } = await crm.v2.get(`/opportunities/${opportunity.id}`)

      expect(body.opportunity).toEqual(opportunity)
    })
  })

  describe('a record that does not exist', () => {
    test.each([
      ['GET', ''],
      ['PUT', ''],
      ['PATCH', ''],
      ['PUT', '/status'],
      ['PATCH', '/status'],
      ['DELETE', ''],
      ['POST', '/followers'],
      ['DELETE', '/followers'],
    ])('is an unknown opportunity to %s /opportunities/:id%s', async (method, rest) => {
      const body = { '/status': { status: 'won' }, '/followers': { followers: [] } }[rest]

      const reply = await crm.ask(method, `/opportunities/${nobody}${rest}`, { body })

      expect(refused(reply)).toEqual(missing('Opportunity'))
    })

    test('is an opportunity that was deleted', async () => {
      const gone = await crm.given.opportunity()
      await crm.v2.delete(`/opportunities/${gone.id}`)

      expect(refused(await crm.v2.get(`/opportunities/${gone.id}`))).toEqual(missing('Opportunity'))
      expect(refused(await crm.v2.delete(`/opportunities/${gone.id}`))).toEqual(missing('Opportunity'))
      expect(refused(await crm.v2.put(`/opportunities/${gone.id}`, { name: 'Back' }))).toEqual(missing('Opportunity'))
    })

    test('is an upsert by an id that nobody has', async () => {
      const reply = await crm.v2.post('/opportunities/upsert', { pipelineId: crm.pipeline.id, id: nobody })

      expect(refused(reply)).toEqual(missing('Opportunity'))
    })

    test('is a contact that nobody knows, in the path and in a body', async () => {
      for (const reply of [
        await crm.v2.get(`/contacts/${nobody}`),
        await crm.v2.put(`/contacts/${nobody}`, { firstName: 'Ada' }),
        await crm.v2.delete(`/contacts/${nobody}`),
        await crm.v2.post(`/contacts/${nobody}/tags`, { tags: ['vip'] }),
        await crm.v2.get(`/contacts/${nobody}/notes`),
        await crm.v2.post(`/contacts/${nobody}/notes`, { body: 'x' }),
        await crm.v2.get(`/contacts/${nobody}/tasks`),
        await crm.v2.post('/opportunities/', valid()),
        await crm.v2.post('/opportunities/upsert', valid()),
        await crm.v2.put(`/opportunities/${opportunity.id}`, { contactId: nobody }),
      ]) {
        expect(refused(reply)).toEqual(missing('Contact'))
      }
    })

    test('is a lost reason that nobody gave', async () => {
      const reply = await crm.v2.put(`/opportunities/${opportunity.id}`, { status: 'lost', lostReasonId: nobody })

      expect(refused(reply)).toEqual(missing('Lost reason'))
    })

    test.each([
      ['Pipeline', 'GET', '/opportunities/pipelines/:id'],
      ['Pipeline', 'PUT', '/opportunities/pipelines/:id'],
      ['Pipeline', 'DELETE', '/opportunities/pipelines/:id'],
      ['Lost reason', 'DELETE', '/opportunities/lost-reason/:id'],
      ['User', 'GET', '/users/:id'],
      ['User', 'DELETE', '/users/:id'],
      ['Custom field', 'GET', '/locations/:locationId/customFields/:id'],
      ['Custom field', 'DELETE', '/locations/:locationId/customFields/:id'],
      ['Custom value', 'GET', '/locations/:locationId/customValues/:id'],
      ['Tag', 'GET', '/locations/:locationId/tags/:id'],
      ['Tag', 'DELETE', '/locations/:locationId/tags/:id'],
      ['Note', 'GET', '/contacts/:contactId/notes/:id'],
      ['Note', 'DELETE', '/contacts/:contactId/notes/:id'],
      ['Task', 'GET', '/contacts/:contactId/tasks/:id'],
      ['Task', 'DELETE', '/contacts/:contactId/tasks/:id'],
    ])('is %s to %s %s', async (noun, method, pattern) => {
      const path = pattern
        .replace(':locationId', crm.locationId)
        .replace(':contactId', opportunity.contactId)
        .replace(':id', nobody)

      const reply = await crm.ask(method, path, method === 'PUT' ? { body: {} } : {})

      expect(refused(reply)).toEqual(missing(noun))
    })
  })

  describe('a route that does not exist', () => {
    test.each([
      ['GET', '/nowhere'],
      ['GET', '/nowhere/'],
      ['GET', '/'],
      ['POST', '/opportunities/nowhere/at/all'],
      ['PUT', '/opportunities'],
      ['DELETE', '/opportunities/'],
      ['PATCH', '/contacts/abc'],
      ['GET', '/opportunities//status'],
    ])('is named as it was called: %s %s', async (method, path) => {
      const reply = await crm.ask(method, path)

      expect(refused(reply)).toEqual([
        404,
        { statusCode: 404, message: `Cannot ${method} ${path}`, error: 'Not Found' },
      ])
    })

    test('is named with its query, as it was called', async () => {
      const reply = await crm.v2.get('/nowhere?a=1')

      expect(reply.body.message).toBe('Cannot GET /nowhere?a=1')
    })
  })

  test('collections answer with and without the trailing slash', async () => {
    const query = `?locationId=${crm.locationId}`

    for (const path of [
      '/opportunities/pipelines',
      '/opportunities/lost-reason',
      '/contacts',
      '/users',
      '/workflows',
    ]) {
      expect((await crm.v2.get(path + query)).status, path).toBe(200)
      expect((await crm.v2.get(`${path}/${query}`)).status, `${path}/`).toBe(200)
    }
    const { contactId } = opportunity
    expect((await crm.v2.post('/opportunities', valid({ contactId }))).status).toBe(201)
    expect((await crm.v2.post('/opportunities/', valid({ contactId }))).status).toBe(201)
  })
})
