import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { htmlOf } from '../../../src/domain/html.ts'
import { bare, onEveryStore } from '../../harness.ts'
import { audit } from '../../support/audit.ts'
import { fingerprint } from '../../support/fingerprint.ts'
import { foreign, missing, refused, unprocessable } from '../../support/refused.ts'
import { read, time } from './expected.ts'
import { id, readContact, succeeded } from './expectedContact.ts'

onEveryStore('the notes of a contact', (crm) => {
  const path = (contactId: string, rest = '') => `/contacts/${contactId}/notes${rest}`
  const create = (contactId: string, body: unknown, slash = '') => crm.v2.post(path(contactId, slash), body)
  const given = async (contactId: string, fields: object = {}) =>
    (await create(contactId, { body: 'lorem ipsum', ...fields })).body.note
  const typesOf = async (recordId: string) => (await crm.events(recordId)).map(({ types }) => types)
  const noteOf = (contactId: string, fields: object = {}) => ({
    id,
    body: 'lorem ipsum',
    bodyText: 'lorem ipsum',
    userId: null,
    dateAdded: time,
    contactId,
    title: null,
    color: null,
    pinned: false,
    ...fields,
  })

  describe('being written', () => {
    test('are answered whole, with nothing set that was not sent', async () => {
      const contact = await crm.given.contact()

      const reply = await create(contact.id, { body: 'lorem ipsum' })

      expect(reply.status).toBe(201)
      expect(bare(reply)).toEqual({ note: noteOf(contact.id) })
      const { note } = reply.body
      for (const slash of ['', '/']) {
        const one = await crm.v2.get(path(contact.id, `/${note.id}${slash}`))
        expect([one.status, bare(one)]).toEqual([200, { note }])
      }
      expect(await crm.events(note.id)).toMatchObject([
        { types: ['NoteCreate'], before: null, after: { id: note.id, contactId: contact.id, body: 'lorem ipsum' } },
      ])
    })

    test('keep everything that can be sent', async () => {
      const contact = await crm.given.contact()
      const author = await crm.given.user()
      const sent = { body: 'x', userId: author.id, title: 'Call', color: '#FFAA00', pinned: true }

      expect(await given(contact.id, sent)).toEqual(noteOf(contact.id, { ...sent, bodyText: 'x' }))
    })

    test('read null as nothing', async () => {
      const contact = await crm.given.contact()

      const note = await given(contact.id, { userId: null, title: null, color: null })

      expect(note).toEqual(noteOf(contact.id))
      expect((await given(contact.id, { userId: '' })).userId).toBe(null)
    })

    test.each([
      ['<p>Hello <b>Ada</b></p><p>Tom &amp; Jerry &lt;3</p>', 'Hello Ada\nTom & Jerry <3'],
      ['one<br>two', 'one\ntwo'],
      ['3 < 4', '3 < 4'],
      ['&quot;caf&eacute;&quot; &#8211; &#x20ac;5&hellip;', '"café" – €5…'],
    ])('tell %j without its markup too', async (body, bodyText) => {
      const contact = await crm.given.contact()

      expect(await given(contact.id, { body })).toMatchObject({ body, bodyText })
    })

    test('keep any text that is written as HTML, sign by sign', async () => {
      const contact = await crm.given.contact()
      const piece = fc.constantFrom(
        '<',
        '>',
        '&',
        '&lt;',
        '&nbsp;',
        '<br>',
        '</p>',
        '<!--',
        '\n',
        '\t',
        '  ',
        '\u00a0',
        'é',
      )
      const anything = fc.array(fc.oneof(piece, fc.string({ unit: 'grapheme' })), { minLength: 1 })
      const texts = [
        'budget <500 and >300; if a<b then c>d; <none yet>',
        ...fc.sample(anything, 20).map((all) => `${all.join('')}.\n`),
      ]

      for (const text of texts) {
        const { id, bodyText } = await given(contact.id, { body: htmlOf(text) })
        expect(bodyText).toBe(text)
        expect((await crm.v2.get(path(contact.id, `/${id}`))).body.note.bodyText).toBe(text)
      }
    })

    test('are activity of the contact, but no change of it', async () => {
      const contact = await crm.given.contact()

      crm.advance(1000)
      const { dateAdded } = await given(contact.id)

      const after = await readContact(crm, contact.id)
      expect(Date.parse(after.lastActivity)).toBeGreaterThanOrEqual(Date.parse(contact.lastActivity) + 1000)
      expect(Date.parse(after.lastActivity)).toBeGreaterThanOrEqual(Date.parse(dateAdded))
      expect(after.dateUpdated).toBe(contact.dateUpdated)
      expect(await typesOf(contact.id)).toEqual([['ContactCreate']])
    })

    const wrong: [unknown, string[]][] = [
      [undefined, ['body should not be empty', 'body must be a string']],
      [{ title: 'x' }, ['body should not be empty', 'body must be a string']],
      [{ body: null }, ['body should not be empty', 'body must be a string']],
      [{ body: '' }, ['body should not be empty']],
      [{ body: 5 }, ['body must be a string']],
      [{ body: 'x'.repeat(65_001) }, ['body must be shorter than or equal to 65000 characters']],
      [{ body: 'x', pinned: 'yes' }, ['pinned must be a boolean value']],
      [{ body: 'x', userId: 'nobody' }, ['userId is invalid']],
      [{ body: 'x', contactId: 'x' }, ['property contactId should not exist']],
    ]

    test.each(wrong)('are refused: %j', async (body, sentences) => {
      const contact = await crm.given.contact()
      const before = await fingerprint(crm.app.store)

      expect(refused(await create(contact.id, body))).toEqual(unprocessable(...sentences))
      expect(await fingerprint(crm.app.store)).toBe(before)
    })
  })

  test('are listed newest first, the pinned ones before all others', async () => {
    const contact = await crm.given.contact()
    const write = async (body: string, pinned: boolean) => {
      crm.advance(10)
      return given(contact.id, { body, pinned })
    }
    const [a, b, c] = [await write('a', false), await write('b', true), await write('c', false)]
    await given((await crm.given.contact()).id)

    for (const slash of ['', '/']) {
      const reply = await crm.v2.get(path(contact.id, slash))
      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({ notes: [b, c, a] })
    }
    expect(bare(await crm.v2.get(path((await crm.given.contact()).id)))).toEqual({ notes: [] })
  })

  test("stand on each of the contact's opportunities", async () => {
    const contact = await crm.given.contact()
    const [one, two] = [
      await crm.given.opportunity({ contactId: contact.id }),
      await crm.given.opportunity({ contactId: contact.id }),
    ]
    const note = await given(contact.id)

    expect((await read(crm, one.id)).notes).toEqual([note])
    expect((await read(crm, two.id)).notes).toEqual([note])
    expect((await read(crm, (await crm.given.opportunity()).id)).notes).toEqual([])
    await crm.v2.delete(path(contact.id, `/${note.id}`))
    expect((await read(crm, one.id)).notes).toEqual([])
  })

  describe('being updated', () => {
    test.each([
      { field: 'title', value: 'Call' },
      { field: 'color', value: '#FFAA00' },
    ])('$field: a value is set, absence keeps it, null and "" clear it', async ({ field, value }) => {
      const contact = await crm.given.contact()
      const before = await given(contact.id)
      const put = async (body: object) => (await crm.v2.put(path(contact.id, `/${before.id}`), body)).body.note

      expect(await put({ [field]: value })).toEqual({ ...before, [field]: value })
      expect(await put({ body: 'changed' })).toEqual({
        ...before,
        [field]: value,
        body: 'changed',
        bodyText: 'changed',
      })
      expect((await put({ [field]: null }))[field]).toBe(null)
      expect((await put({ [field]: value }))[field]).toBe(value)
      expect((await put({ [field]: '' }))[field]).toBe(null)
      expect(await typesOf(before.id)).toEqual([['NoteCreate'], ...Array(5).fill(['NoteUpdate'])])
    })

    test('the author: is set, kept, and taken away by null or nothing; one deleted since may stay', async () => {
      const contact = await crm.given.contact()
      const author = await crm.given.user()
      const { id: noteId } = await given(contact.id)
      const put = (body: object) => crm.v2.put(path(contact.id, `/${noteId}`), body)

      expect((await put({ userId: author.id })).body.note.userId).toBe(author.id)
      expect((await put({ title: 'x' })).body.note.userId).toBe(author.id)
      expect((await put({ userId: null })).body.note.userId).toBe(null)
      expect((await put({ userId: author.id })).body.note.userId).toBe(author.id)
      await crm.v2.delete(`/users/${author.id}`)
      expect((await put({ userId: author.id, title: 'y' })).body.note).toMatchObject({ userId: author.id, title: 'y' })
      expect((await put({ userId: '' })).body.note.userId).toBe(null)
      expect(refused(await put({ userId: author.id }))).toEqual(unprocessable('userId is invalid'))
    })

    test('body and pin: are set and kept; null is refused, and so is an empty body', async () => {
      const contact = await crm.given.contact()
      const { id: noteId } = await given(contact.id)
      const put = (body: object) => crm.v2.put(path(contact.id, `/${noteId}/`), body)

      expect((await put({ body: 'b', pinned: true })).body.note).toMatchObject({ body: 'b', pinned: true })
      expect((await put({ title: 'x' })).body.note).toMatchObject({ body: 'b', pinned: true })
      expect((await put({ pinned: false })).body.note).toMatchObject({ body: 'b', pinned: false })
      expect(refused(await put({ body: null }))).toEqual(
        unprocessable('body should not be empty', 'body must be a string'),
      )
      expect(refused(await put({ body: '' }))).toEqual(unprocessable('body should not be empty'))
      expect(refused(await put({ pinned: null }))).toEqual(
        unprocessable('pinned should not be empty', 'pinned must be a boolean value'),
      )
      expect(refused(await put({ contactId: contact.id }))).toEqual(
        unprocessable('property contactId should not exist'),
      )
    })

    test('with nothing, or with what they are, change nothing and are no event', async () => {
      const contact = await crm.given.contact()
      const before = await given(contact.id)

      for (const body of [{}, undefined, { body: before.body, title: null, pinned: false, userId: '' }]) {
        expect(bare(await crm.v2.put(path(contact.id, `/${before.id}`), body))).toEqual({ note: before })
      }
      expect(await typesOf(before.id)).toEqual([['NoteCreate']])
    })
  })

  test('being deleted are gone, with an event that tells the whole of what was', async () => {
    const contact = await crm.given.contact()
    const note = await given(contact.id)
    const kept = await given(contact.id, { body: 'kept' })

    const reply = await crm.v2.delete(path(contact.id, `/${note.id}`))

    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual(succeeded)
    const [created, deleted] = await crm.events(note.id)
    expect(deleted).toMatchObject({ types: ['NoteDelete'], before: created?.after, after: null })
    expect((await crm.v2.get(path(contact.id))).body.notes).toEqual([kept])
    expect(refused(await crm.v2.delete(path(contact.id, `/${note.id}/`)))).toEqual(missing('Note'))
    expect(await audit(crm.app.store)).toEqual([])
  })

  test('are not found where there are none, nor under another contact, nor in another location', async () => {
    const [contact, other] = [await crm.given.contact(), await crm.given.contact()]
    const note = await given(contact.id)
    const { token } = await crm.given.location()
    const ask = async (where: string, noun: string, options: object = {}) => {
      expect(refused(await crm.v2.get(where, options))).toEqual(missing(noun))
      expect(refused(await crm.v2.put(where, { title: 'x' }, options))).toEqual(missing(noun))
      expect(refused(await crm.v2.delete(where, undefined, options))).toEqual(missing(noun))
    }

    await ask(path(contact.id, '/unknown'), 'Note')
    await ask(path(other.id, `/${note.id}`), 'Note')
    await ask(path('unknown', `/${note.id}`), 'Contact')
    await ask(path(contact.id, `/${note.id}`), 'Contact', { token })
    expect(refused(await crm.v2.get(path('unknown')))).toEqual(missing('Contact'))
    expect(refused(await create('unknown', { body: 'x' }))).toEqual(missing('Contact'))
    expect(refused(await crm.v2.post(path(contact.id), { body: 'x' }, { token }))).toEqual(missing('Contact'))
  })
})

onEveryStore('the tasks of a contact', (crm) => {
  const path = (contactId: string, rest = '') => `/contacts/${contactId}/tasks${rest}`
  const required = { title: 'First Task', dueDate: '2030-10-25T11:00:00Z', completed: false }
  const create = (contactId: string, body: unknown, slash = '') => crm.v2.post(path(contactId, slash), body)
  const given = async (contactId: string, fields: object = {}) =>
    (await create(contactId, { ...required, ...fields })).body.task
  const typesOf = async (recordId: string) => (await crm.events(recordId)).map(({ types }) => types)
  const taskOf = (contactId: string, fields: object = {}) => ({
    id,
    title: 'First Task',
    body: '',
    assignedTo: null,
    dueDate: '2030-10-25T11:00:00.000Z',
    completed: false,
    contactId,
    ...fields,
  })

  describe('being created', () => {
    test('are answered whole, with nothing set that was not sent', async () => {
      const contact = await crm.given.contact()

      const reply = await create(contact.id, required)

      expect(reply.status).toBe(201)
      expect(bare(reply)).toEqual({ task: taskOf(contact.id) })
      const { task } = reply.body
      for (const slash of ['', '/']) {
        const one = await crm.v2.get(path(contact.id, `/${task.id}${slash}`))
        expect([one.status, bare(one)]).toEqual([200, { task }])
      }
      expect(await crm.events(task.id)).toMatchObject([
        { types: ['TaskCreate'], before: null, after: { id: task.id, contactId: contact.id, title: 'First Task' } },
      ])
    })

    test('keep everything that can be sent', async () => {
      const contact = await crm.given.contact()
      const owner = await crm.given.user()
      const sent = { body: 'Twice', assignedTo: owner.id, completed: true }

      expect(await given(contact.id, sent)).toEqual(taskOf(contact.id, sent))
    })

    test('read null as nothing', async () => {
      const contact = await crm.given.contact()

      expect(await given(contact.id, { body: null, assignedTo: null })).toEqual(taskOf(contact.id))
      expect(await given(contact.id, { body: '', assignedTo: '' })).toEqual(taskOf(contact.id))
    })

    test.each([
      ['2030-10-25T11:00:00.000Z', '2030-10-25T11:00:00.000Z'],
      ['2030-10-25T11:00:00+02:00', '2030-10-25T09:00:00.000Z'],
      ['2030-10-25T11:00', '2030-10-25T11:00:00.000Z'],
      ['2030-10-25 11:00:00', '2030-10-25T11:00:00.000Z'],
      ['2030-10-25', '2030-10-25T00:00:00.000Z'],
    ])('are due %s, which is %s', async (dueDate, kept) => {
      const contact = await crm.given.contact()

      expect((await given(contact.id, { dueDate })).dueDate).toBe(kept)
    })

    test('are activity of the contact, but no change of it', async () => {
      const contact = await crm.given.contact()

      crm.advance(1000)
      await given(contact.id)

      const after = await readContact(crm, contact.id)
      expect(Date.parse(after.lastActivity)).toBeGreaterThanOrEqual(Date.parse(contact.lastActivity) + 1000)
      expect(after.dateUpdated).toBe(contact.dateUpdated)
      expect(await typesOf(contact.id)).toEqual([['ContactCreate']])
    })

    const date = 'dueDate must be a valid ISO 8601 date string'
    const wrong: [unknown, string[]][] = [
      [
        undefined,
        [
          'title should not be empty',
          'title must be a string',
          'dueDate should not be empty',
          'dueDate must be a string',
          'completed should not be empty',
          'completed must be a boolean value',
        ],
      ],
      [{ ...required, title: '' }, ['title should not be empty']],
      [{ ...required, title: null }, ['title should not be empty', 'title must be a string']],
      [{ ...required, title: 'x'.repeat(256) }, ['title must be shorter than or equal to 255 characters']],
      [{ ...required, dueDate: 'soon' }, [date]],
      [{ ...required, dueDate: '' }, [date]],
      [{ ...required, dueDate: '2030-02-30' }, [date]],
      [{ ...required, dueDate: 1729850400000 }, ['dueDate must be a string']],
      [{ ...required, completed: 'no' }, ['completed must be a boolean value']],
      [{ ...required, assignedTo: 'nobody' }, ['assignedTo is invalid']],
      [{ ...required, contactId: 'x' }, ['property contactId should not exist']],
    ]

    test.each(wrong)('are refused: %j', async (body, sentences) => {
      const contact = await crm.given.contact()
      const before = await fingerprint(crm.app.store)

      expect(refused(await create(contact.id, body))).toEqual(unprocessable(...sentences))
      expect(await fingerprint(crm.app.store)).toBe(before)
    })
  })

  test('are listed newest first', async () => {
    const contact = await crm.given.contact()
    const a = await given(contact.id, { title: 'a' })
    crm.advance(10)
    const b = await given(contact.id, { title: 'b', dueDate: '2020-01-01' })
    await given((await crm.given.contact()).id)

    for (const slash of ['', '/']) {
      const reply = await crm.v2.get(path(contact.id, slash))
      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({ tasks: [b, a] })
    }
    expect(bare(await crm.v2.get(path((await crm.given.contact()).id)))).toEqual({ tasks: [] })
  })

  test("stand on each of the contact's opportunities", async () => {
    const contact = await crm.given.contact()
    const [one, two] = [
      await crm.given.opportunity({ contactId: contact.id }),
      await crm.given.opportunity({ contactId: contact.id }),
    ]
    const task = await given(contact.id)

    expect((await read(crm, one.id)).tasks).toEqual([task])
    expect((await read(crm, two.id)).tasks).toEqual([task])
    expect((await read(crm, (await crm.given.opportunity()).id)).tasks).toEqual([])
    await crm.v2.delete(path(contact.id, `/${task.id}`))
    expect((await read(crm, one.id)).tasks).toEqual([])
  })

  describe('being updated', () => {
    test('title, date and completion: are set and kept; null and nothing are refused', async () => {
      const contact = await crm.given.contact()
      const before = await given(contact.id)
      const put = (body: object) => crm.v2.put(path(contact.id, `/${before.id}`), body)
      const changed = { title: 'Second', dueDate: '2031-01-01T00:00:00.000Z', completed: true }

      expect(bare(await put({ ...changed, dueDate: '2031-01-01' }))).toEqual({ task: { ...before, ...changed } })
      expect((await put({ body: 'x' })).body.task).toEqual({ ...before, ...changed, body: 'x' })
      const refusals: [object, string[]][] = [
        [{ title: null }, ['title should not be empty', 'title must be a string']],
        [{ title: '' }, ['title should not be empty']],
        [{ dueDate: null }, ['dueDate should not be empty', 'dueDate must be a string']],
        [{ dueDate: '' }, ['dueDate must be a valid ISO 8601 date string']],
        [{ completed: null }, ['completed should not be empty', 'completed must be a boolean value']],
        [{ contactId: contact.id }, ['property contactId should not exist']],
      ]
      for (const [body, sentences] of refusals) expect(refused(await put(body))).toEqual(unprocessable(...sentences))
      expect(await typesOf(before.id)).toEqual([['TaskCreate'], ['TaskUpdate', 'TaskComplete'], ['TaskUpdate']])
    })

    test('the text: is set and kept; null and nothing empty it', async () => {
      const contact = await crm.given.contact()
      const { id: taskId } = await given(contact.id)
      const bodyAfter = async (body: object) => (await crm.v2.put(path(contact.id, `/${taskId}/`), body)).body.task.body

      expect(await bodyAfter({ body: 'x' })).toBe('x')
      expect(await bodyAfter({ title: 'y' })).toBe('x')
      expect(await bodyAfter({ body: null })).toBe('')
      expect(await bodyAfter({ body: 'x' })).toBe('x')
      expect(await bodyAfter({ body: '' })).toBe('')
    })

    test('the owner: is set, kept, and taken away by null or nothing; one deleted since may stay', async () => {
      const contact = await crm.given.contact()
      const owner = await crm.given.user()
      const { id: taskId } = await given(contact.id)
      const put = (body: object) => crm.v2.put(path(contact.id, `/${taskId}`), body)

      expect((await put({ assignedTo: owner.id })).body.task.assignedTo).toBe(owner.id)
      expect((await put({ title: 'x' })).body.task.assignedTo).toBe(owner.id)
      expect((await put({ assignedTo: null })).body.task.assignedTo).toBe(null)
      expect((await put({ assignedTo: owner.id })).body.task.assignedTo).toBe(owner.id)
      await crm.v2.delete(`/users/${owner.id}`)
      expect((await put({ assignedTo: owner.id, title: 'y' })).body.task).toMatchObject({
        assignedTo: owner.id,
        title: 'y',
      })
      expect((await put({ assignedTo: '' })).body.task.assignedTo).toBe(null)
      expect(refused(await put({ assignedTo: owner.id }))).toEqual(unprocessable('assignedTo is invalid'))
    })

    test('with nothing, or with what they are, change nothing and are no event', async () => {
      const contact = await crm.given.contact()
      const before = await given(contact.id)

      for (const body of [{}, undefined, { ...required, body: '', assignedTo: null }]) {
        expect(bare(await crm.v2.put(path(contact.id, `/${before.id}`), body))).toEqual({ task: before })
      }
      expect(await typesOf(before.id)).toEqual([['TaskCreate']])
    })
  })

  test('are completed, once, and opened again', async () => {
    const contact = await crm.given.contact()
    const before = await given(contact.id)
    const complete = (completed: unknown, slash = '') =>
      crm.v2.put(path(contact.id, `/${before.id}/completed${slash}`), { completed })

    const done = await complete(true)
    const again = await complete(true, '/')
    const open = await complete(false)

    expect([done.status, again.status, open.status]).toEqual([200, 200, 200])
    expect([bare(done), bare(again)]).toEqual(Array(2).fill({ task: { ...before, completed: true } }))
    expect(bare(open)).toEqual({ task: before })
    expect(await typesOf(before.id)).toEqual([['TaskCreate'], ['TaskUpdate', 'TaskComplete'], ['TaskUpdate']])
    const absent = unprocessable('completed should not be empty', 'completed must be a boolean value')
    expect(refused(await complete(undefined))).toEqual(absent)
    expect(refused(await complete(null))).toEqual(absent)
    expect(refused(await complete('yes'))).toEqual(unprocessable('completed must be a boolean value'))
    const more = { completed: true, title: 'x' }
    expect(refused(await crm.v2.put(path(contact.id, `/${before.id}/completed`), more))).toEqual(
      unprocessable('property title should not exist'),
    )
  })

  test('being deleted are gone, with an event that tells the whole of what was', async () => {
    const contact = await crm.given.contact()
    const [task, kept] = [await given(contact.id), await given(contact.id)]

    const reply = await crm.v2.delete(path(contact.id, `/${task.id}`))

    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual(succeeded)
    const [created, deleted] = await crm.events(task.id)
    expect(deleted).toMatchObject({ types: ['TaskDelete'], before: created?.after, after: null })
    expect((await crm.v2.get(path(contact.id))).body.tasks).toEqual([kept])
    expect(refused(await crm.v2.delete(path(contact.id, `/${task.id}/`)))).toEqual(missing('Task'))
    expect(await audit(crm.app.store)).toEqual([])
  })

  test('are not found where there are none, nor under another contact, nor in another location', async () => {
    const [contact, other] = [await crm.given.contact(), await crm.given.contact()]
    const task = await given(contact.id)
    const { token } = await crm.given.location()
    const ask = async (where: string, noun: string, options: object = {}) => {
      expect(refused(await crm.v2.get(where, options))).toEqual(missing(noun))
      expect(refused(await crm.v2.put(where, { title: 'x' }, options))).toEqual(missing(noun))
      expect(refused(await crm.v2.put(`${where}/completed`, { completed: true }, options))).toEqual(missing(noun))
      expect(refused(await crm.v2.delete(where, undefined, options))).toEqual(missing(noun))
    }

    await ask(path(contact.id, '/unknown'), 'Task')
    await ask(path(other.id, `/${task.id}`), 'Task')
    await ask(path('unknown', `/${task.id}`), 'Contact')
    await ask(path(contact.id, `/${task.id}`), 'Contact', { token })
    expect(refused(await crm.v2.get(path('unknown')))).toEqual(missing('Contact'))
    expect(refused(await create('unknown', required))).toEqual(missing('Contact'))
    expect(refused(await crm.v2.post(path(contact.id), required, { token }))).toEqual(missing('Contact'))
  })

  describe('being searched in the whole location', () => {
    const furnish = async () => {
      const { id: locationId, token } = await crm.given.location()
      const post = async (where: string, body: object) => (await crm.v2.post(where, body, { token })).body
      const user = { firstName: 'Grace', lastName: '', email: 'g@example.com', role: 'user' }
      const owner = (await post('/users/', user)).id
      const ada = (await post('/contacts/', { locationId, name: 'Ada' })).contact.id
      const eve = (await post('/contacts/', { locationId, name: 'Eve' })).contact.id
      const task = async (contactId: string, fields: object) =>
        (await post(path(contactId), { ...required, ...fields })).task
      const tasks = [
        await task(ada, { title: 'Second', dueDate: '2030-02-01' }),
        await task(eve, { title: 'Third 50%', dueDate: '2030-03-01', assignedTo: owner }),
        await task(ada, { title: 'First', dueDate: '2030-01-01', completed: true, assignedTo: owner }),
      ]
      const search = (body: object = {}, slash = '') =>
        crm.v2.post(`/locations/${locationId}/tasks/search${slash}`, body, { token })
      const found = async (body: object) =>
        (await search(body)).body.tasks.map(({ title }: { title: string }) => title.slice(0, 1)).join('')
      return { owner, ada, eve, tasks, search, found }
    }

    test('come whole, those that are due first before the others', async () => {
      const { search, tasks } = await furnish()

      const reply = await search()

      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({ tasks: [tasks[2], tasks[0], tasks[1]] })
      expect(bare(await search({}, '/'))).toEqual(bare(reply))
    })

    test('are found by contact, owner, completion and a part of the title', async () => {
      const { ada, eve, owner, found } = await furnish()

      expect(await found({ contactId: [ada] })).toBe('FS')
      expect(await found({ contactId: [ada, eve] })).toBe('FST')
      expect(await found({ contactId: ['unknown'] })).toBe('')
      expect(await found({ contactId: [] })).toBe('FST')
      expect(await found({ assignedTo: [owner] })).toBe('FT')
      expect(await found({ assignedTo: ['nobody'] })).toBe('')
      expect(await found({ completed: true })).toBe('F')
      expect(await found({ completed: false })).toBe('ST')
      expect(await found({ query: 'IR' })).toBe('FT')
      expect(await found({ query: '%' })).toBe('T')
      expect(await found({ query: '' })).toBe('FST')
      expect(await found({ contactId: [ada], assignedTo: [owner], completed: true, query: 'first' })).toBe('F')
    })

    test('come in pages', async () => {
      const { found } = await furnish()

      expect(await found({ limit: 2 })).toBe('FS')
      expect(await found({ limit: 2, skip: 2 })).toBe('T')
      expect(await found({ skip: 3 })).toBe('')
    })

    test('are 25 unless more are asked for', async () => {
      const contact = await crm.given.contact()
      for (let at = 0; at < 26; at++) await given(contact.id)
      const count = async (body: object) =>
        (await crm.v2.post(`/locations/${crm.locationId}/tasks/search`, { contactId: [contact.id], ...body })).body
          .tasks.length

      expect(await count({})).toBe(25)
      expect(await count({ limit: 100 })).toBe(26)
    })

    test.each([
      [{ contactId: 'x' }, ['contactId must be an array']],
      [{ assignedTo: [5] }, ['assignedTo.0 must be a string']],
      [{ completed: 'yes' }, ['completed must be a boolean value']],
      [{ limit: 0 }, ['limit must not be less than 1']],
      [{ limit: 101 }, ['limit must not be greater than 100']],
      [{ skip: -1 }, ['skip must not be less than 0']],
      [{ foo: 1, query: 5 }, ['property foo should not exist', 'query must be a string']],
    ])('are refused for %j', async (body, sentences) => {
      const reply = await crm.v2.post(`/locations/${crm.locationId}/tasks/search`, body)

      expect(refused(reply)).toEqual(unprocessable(...sentences))
    })

    test('are refused for another location', async () => {
      const { id: theirs } = await crm.given.location()

      expect(refused(await crm.v2.post(`/locations/${theirs}/tasks/search`, {}))).toEqual(foreign)
    })
  })
})
