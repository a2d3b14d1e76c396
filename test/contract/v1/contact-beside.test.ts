import { beforeAll, describe, expect, test } from 'vitest'
import { onEveryStore } from '../../harness.ts'
import { missing, unprocessable } from '../../support/refused.ts'
import { id, refused, time } from './expected.ts'

onEveryStore('beside a contact in v1', (crm) => {
  let contactId: string
  let path: string
  beforeAll(async () => {
    contactId = (await crm.given.contact({ tags: ['first'] })).id
    path = `/v1/contacts/${contactId}`
  })

  describe('tags', () => {
    test('are added, made on the fly, and all of them answered', async () => {
      const reply = await crm.v1.post(`${path}/tags/`, { tags: ['VIP', 'first'] })

      expect(reply.status).toBe(200)
      expect(reply.body).toEqual({ tags: ['first', 'vip'], tagsAdded: ['vip'] })
      expect((await crm.v1.get(path)).body.contact.tags).toEqual(['first', 'vip'])
    })

    test('are removed, and those that remain are answered', async () => {
      await crm.v1.post(`${path}/tags`, { tags: ['gone', 'stays'] })

      const reply = await crm.v1.delete(`${path}/tags/`, { tags: ['Gone', 'never there'] })

      expect(reply.status).toBe(200)
      expect(reply.body.tagsRemoved).toEqual(['gone'])
      expect(reply.body.tags).toContain('stays')
      expect((await crm.v1.get(path)).body.contact.tags).toEqual(reply.body.tags)
    })

    test('are a list of a contact that is there', async () => {
      const none = unprocessable('tags should not be empty', 'tags must be an array')

      expect(refused(await crm.v1.post(`${path}/tags`, {}))).toEqual(none)
      expect(refused(await crm.v1.delete(`${path}/tags`))).toEqual(none)
      expect(refused(await crm.v1.post(`${path}/tags`, { tags: 'vip' }))).toEqual(
        unprocessable('tags must be an array'),
      )
      expect(refused(await crm.v1.post('/v1/contacts/nobody/tags', { tags: ['x'] }))).toEqual(missing('Contact'))
      expect(refused(await crm.v1.delete('/v1/contacts/nobody/tags', { tags: ['x'] }))).toEqual(missing('Contact'))
    })
  })

  describe('a note', () => {
    test('is written, answered bare, and listed', async () => {
      const { id: userId } = await crm.given.user()

      const reply = await crm.v1.post(`${path}/notes/`, { body: '<p>Called</p>', userId, contactId: 'passed over' })

      const note = {
        body: '<p>Called</p>',
        bodyText: 'Called',
        userId,
        contactId,
        title: null,
        color: null,
        pinned: false,
      }
      expect(reply.status).toBe(200)
      expect(reply.body).toEqual({ id, ...note, dateAdded: time, createdAt: reply.body.dateAdded })
      expect((await crm.v1.get(`${path}/notes/`)).body).toEqual({ notes: [reply.body] })
      expect((await crm.v2.get(`/contacts/${contactId}/notes`)).body.notes).toMatchObject([
        { id: reply.body.id, ...note },
      ])
    })

    test('has a body, and is of a contact and a user that are there', async () => {
      const write = (body: object, to = path) => crm.v1.post(`${to}/notes`, body)

      expect(refused(await write({}))).toEqual(unprocessable('body should not be empty', 'body must be a string'))
      expect(refused(await write({ body: 5 }))).toEqual(unprocessable('body must be a string'))
      expect(refused(await write({ body: 'x', userId: 'nobody' }))).toEqual(unprocessable('userId is invalid'))
      expect(refused(await write({ body: 'x' }, '/v1/contacts/nobody'))).toEqual(missing('Contact'))
      expect(refused(await crm.v1.get('/v1/contacts/nobody/notes'))).toEqual(missing('Contact'))
    })
  })

  describe('a task', () => {
    const dueDate = '2026-10-25T11:00:00Z'
    const create = (fields: object = {}) => crm.v1.post(`${path}/tasks/`, { title: 'Call', dueDate, ...fields })
    const written = (fields: object = {}) => ({
      id,
      title: 'Call',
      body: '',
      description: '',
      assignedTo: null,
      dueDate: '2026-10-25T11:00:00.000Z',
      completed: false,
      status: 'incompleted',
      contactId,
      ...fields,
    })

    test('is made, answered bare with what v1 calls its parts, read and listed', async () => {
      const { id: assignedTo } = await crm.given.user()

      const plain = await create()
      const whole = await create({ description: 'About the deal', status: 'completed', assignedTo, contactId: 'x' })

      const text = { body: 'About the deal', description: 'About the deal' }
      expect([plain.status, plain.body]).toEqual([200, written()])
      expect(whole.body).toEqual(written({ ...text, completed: true, status: 'completed', assignedTo }))
      expect((await crm.v1.get(`${path}/tasks/${whole.body.id}/`)).body).toEqual(whole.body)
      const { tasks } = (await crm.v1.get(`${path}/tasks/`)).body
      expect(tasks).toHaveLength(2)
      expect(tasks).toEqual(expect.arrayContaining([plain.body, whole.body]))
    })

    test('takes the names that v2 has for its parts as well', async () => {
      const reply = await create({ body: 'Text', completed: true })

      expect(reply.body).toMatchObject({ description: 'Text', status: 'completed' })
    })

    test('is updated; what is not sent stays', async () => {
      const { id: taskId } = (await create({ description: 'Text' })).body
      const put = async (fields: object) => (await crm.v1.put(`${path}/tasks/${taskId}`, fields)).body

      expect(await put({ title: 'Call again', dueDate: '2026-11-01' })).toEqual(
        written({
          id: taskId,
          title: 'Call again',
          dueDate: '2026-11-01T00:00:00.000Z',
          body: 'Text',
          description: 'Text',
        }),
      )
      expect(await put({ status: 'completed' })).toMatchObject({ title: 'Call again', completed: true, body: 'Text' })
      expect(await put({ status: 'incompleted', description: null })).toMatchObject({ completed: false, body: '' })
    })

    test('is deleted, and the reply is the two characters ""', async () => {
      const { id: taskId } = (await create()).body

      const reply = await crm.v1.delete(`${path}/tasks/${taskId}`)

      expect([reply.status, reply.text]).toEqual([200, '""'])
      expect(refused(await crm.v1.get(`${path}/tasks/${taskId}`))).toEqual(missing('Task'))
      expect(refused(await crm.v1.put(`${path}/tasks/${taskId}`, { title: 'x' }))).toEqual(missing('Task'))
      expect(refused(await crm.v1.delete(`${path}/tasks/${taskId}`))).toEqual(missing('Task'))
    })

    test.each([
      [{ title: undefined }, ['title should not be empty', 'title must be a string']],
      [{ dueDate: undefined }, ['dueDate should not be empty', 'dueDate must be a string']],
      [{ dueDate: 'soon' }, ['dueDate must be a valid ISO 8601 date string']],
      [{ status: 'open' }, ['status must be one of the following values: completed, incompleted']],
      [{ description: 5 }, ['description must be a string']],
      [{ assignedTo: 'nobody' }, ['assignedTo is invalid']],
    ])('is refused with %j', async (fields, message) => {
      expect(refused(await create(fields))).toEqual(unprocessable(...message))
    })
  })
})
