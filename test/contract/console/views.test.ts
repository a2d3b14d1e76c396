import { describe, expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'
import { type Visit, visitOf } from '../../support/people.ts'

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const id = expect.stringMatching(/^[A-Za-z0-9]{20}$/)
const notFound = { statusCode: 404, error: 'Not Found', message: 'View not found', code: 'VIEW_NOT_FOUND' }

onEveryStore('saved views', (crm) => {
  const path = '/console/views'
  const settings = { filters: { status: 'open' }, order: ['value', 'desc'] }
  const given = async (visit: Visit, fields: object = {}) =>
    (await visit.ask('POST', path, { page: 'board', name: 'Mine', settings, ...fields })).body.view
  const namesOf = async (visit: Visit, query = '') =>
    (await visit.ask('GET', path + query)).body.views.map(({ name }: { name: string }) => name)

  test('keep what a page wants to keep', async () => {
    const visit = await visitOf(crm)

    const reply = await visit.ask('POST', path, { page: 'board', name: ' Open deals ', settings })

    expect(reply.status).toBe(201)
    const view = {
      id,
      page: 'board',
      name: 'Open deals',
      settings,
      isShared: false,
      ownerId: visit.user.id,
      isOwn: true,
      createdAt: time,
      updatedAt: time,
    }
    expect(bare(reply)).toEqual({ view })
    expect(bare(await visit.ask('GET', `${path}?page=board`))).toEqual({ views: [reply.body.view] })
    expect(bare(await visit.ask('GET', `${path}?page=list`))).toEqual({ views: [] })
  })

  test('are changed in part, and deleted', async () => {
    const visit = await visitOf(crm)
    const view = await given(visit)

    crm.advance(1000)
    const changed = await visit.ask('PUT', `${path}/${view.id}`, { settings: { filters: {} } })

    expect(bare(changed)).toEqual({ view: { ...view, settings: { filters: {} }, updatedAt: time } })
    expect(changed.body.view.updatedAt).not.toBe(view.updatedAt)
    expect(bare(await visit.ask('PUT', `${path}/${view.id}`, {}))).toEqual({ view: changed.body.view })
    expect(bare(await visit.ask('DELETE', `${path}/${view.id}`))).toEqual({ view: changed.body.view })
    expect(await namesOf(visit)).toEqual([])
    expect(bare(await visit.ask('DELETE', `${path}/${view.id}`))).toEqual(notFound)
  })

  test('of somebody else are not there, unless they are shared', async () => {
    const [ada, bob] = [await visitOf(crm), await visitOf(crm)]
    const view = await given(ada, { name: 'Hers' })

    expect(await namesOf(bob)).toEqual([])
    for (const method of ['PUT', 'DELETE'])
      expect(bare(await bob.ask(method, `${path}/${view.id}`, method === 'PUT' ? { name: 'x' } : undefined))).toEqual(
        notFound,
      )

    await ada.ask('PUT', `${path}/${view.id}`, { isShared: true })
    const [shared] = (await bob.ask('GET', path)).body.views
    expect(shared).toMatchObject({ id: view.id, name: 'Hers', isShared: true, isOwn: false, ownerId: ada.user.id })
    await ada.ask('DELETE', `${path}/${view.id}`)
  })

  test('that are shared are changed by who made them and by admins alone', async () => {
    const [ada, bob, admin] = [await visitOf(crm), await visitOf(crm), await visitOf(crm, { role: 'admin' })]
    const view = await given(ada, { isShared: true })

    const refused = await bob.ask('PUT', `${path}/${view.id}`, { name: 'Taken' })
    expect(refused.status).toBe(403)
    expect(bare(refused)).toEqual({ statusCode: 403, message: 'Only who made a view, or an admin, can change it.' })
    expect((await bob.ask('DELETE', `${path}/${view.id}`)).status).toBe(403)
    expect((await admin.ask('PUT', `${path}/${view.id}`, { name: 'Ours' })).body.view).toMatchObject({
      name: 'Ours',
      isOwn: false,
    })
    expect((await admin.ask('DELETE', `${path}/${view.id}`)).status).toBe(200)
  })

  test('are those of the location alone', async () => {
    const ada = await visitOf(crm)
    const view = await given(ada, { isShared: true, name: 'Here' })
    const { token } = await crm.given.location()

    expect((await crm.ask('GET', path, { token })).body.views).toEqual([])
    expect((await crm.ask('PUT', `${path}/${view.id}`, { token, body: { name: 'x' } })).status).toBe(404)
    await ada.ask('DELETE', `${path}/${view.id}`)
  })

  test('leave a trace of who changed them', async () => {
    const visit = await visitOf(crm)
    const view = await given(visit)
    await visit.ask('PUT', `${path}/${view.id}`, { name: 'Other' })
    await visit.ask('DELETE', `${path}/${view.id}`)

    const events = await crm.events(view.id)

    expect(events.map(({ types, callerId }) => [types, callerId])).toEqual([
      [['ViewCreate'], visit.user.id],
      [['ViewUpdate'], visit.user.id],
      [['ViewDelete'], visit.user.id],
    ])
    expect(events[1]).toMatchObject({ before: { name: 'Mine' }, after: { name: 'Other' } })
  })

  describe('refuse', () => {
    test.each([
      [{ page: 'board' }, 'name should not be empty'],
      [{ page: 'board', name: '  ' }, 'name should not be empty'],
      [{ page: '../x', name: 'n' }, 'page'],
      [{ page: 'board', name: 'n', settings: [] }, 'settings'],
      [{ page: 'board', name: 'n', isShared: 'yes' }, 'isShared'],
      [{ page: 'board', name: 'n', bogus: 1 }, 'property bogus should not exist'],
      [
        { page: 'board', name: 'n', settings: { long: 'x'.repeat(10_000) } },
        'settings must not be longer than 10000 bytes as JSON',
      ],
    ])('%j', async (body, message) => {
      const reply = await crm.ask('POST', path, { body })

      expect(reply.status).toBe(422)
      expect(reply.body.message[0]).toContain(message)
    })

    test('more than two hundred of one owner', async () => {
      const visit = await visitOf(crm)
      const made = await Promise.all(
        Array.from({ length: 202 }, (_, at) => visit.ask('POST', path, { page: 'board', name: `No. ${at}` })),
      )

      expect(made.filter(({ status }) => status === 201)).toHaveLength(200)
      const refused = made.filter(({ status }) => status !== 201)
      for (const { status, body } of refused) {
        expect(status).toBe(422)
        expect(body.message).toEqual(['views must contain no more than 200 elements of one owner'])
      }
    })

    test('whoever may not see opportunities', async () => {
      const token = await crm.given.token(['contacts.readonly'])

      expect((await crm.ask('GET', path, { token })).status).toBe(401)
    })
  })
})
