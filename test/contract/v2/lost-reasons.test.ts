import { beforeAll, describe, expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'
import { foreign, missing, refused, unprocessable } from '../../support/refused.ts'
import { lostReason, noLocation, read, time } from './expected.ts'

type Reason = { id: string; name: string }
const path = '/opportunities/lost-reason'

onEveryStore('lost reasons', (crm) => {
  const list = (by: Record<string, string> = {}) =>
    crm.v2.get(`${path}?${new URLSearchParams({ locationId: crm.locationId, ...by })}`)
  const names = async (by: Record<string, string> = {}) =>
    (await list(by)).body.lostReasons.map(({ name }: Reason) => name)
  const typesOf = async (id: string) => (await crm.events(id)).map(({ types }) => types)

  let price: Reason
  beforeAll(async () => {
    for (const name of ['Too slow', 'Chose 100%_other', 'No budget']) await lostReason(crm, name)
    price = await lostReason(crm, 'Price')
  })

  describe('being listed', () => {
    test('come by name, each whole, with how many there are', async () => {
      const reply = await list()

      const reasonOf = (name: string) => ({
        id: expect.stringMatching(/^[A-Za-z0-9]{20}$/),
        name,
        locationId: crm.locationId,
        createdAt: time,
        updatedAt: time,
      })
      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({
        lostReasons: ['Chose 100%_other', 'No budget', 'Price', 'Too slow'].map(reasonOf),
        total: 4,
      })
    })

    test('work with the trailing slash', async () => {
      expect((await crm.v2.get(`${path}/?locationId=${crm.locationId}`)).body.total).toBe(4)
    })

    test('are found by whole name and by a part of it', async () => {
      expect(await names({ name: 'Price' })).toEqual(['Price'])
      expect(await names({ name: 'Pri' })).toEqual([])
      expect(await names({ query: 'BUD' })).toEqual(['No budget'])
      expect(await names({ query: 'o' })).toEqual(['Chose 100%_other', 'No budget', 'Too slow'])
      expect(await names({ query: '0%_' })).toEqual(['Chose 100%_other'])
      expect(await names({ query: '%' })).toEqual(['Chose 100%_other'])
      expect(await names({ query: 'nothing' })).toEqual([])
    })

    test('are found whatever the case and the accents', async () => {
      const { id, token } = await crm.given.location()
      await crm.v2.post(path, { locationId: id, name: 'Évasion' }, { token })
      const found = async (query: string) =>
        (await crm.v2.get(`${path}?${new URLSearchParams({ locationId: id, query, getCount: 'true' })}`, { token }))
          .body

      for (const query of ['évasion', 'ÉVAS', 'evasion']) expect((await found(query)).total, query).toBe(1)
      expect(await found('invasion')).toMatchObject({ lostReasons: [], total: 0 })
    })

    test('come in pages, with the total of all', async () => {
      const page = await list({ skip: '1', limit: '2', getCount: 'true' })

      expect(page.body.lostReasons.map(({ name }: Reason) => name)).toEqual(['No budget', 'Price'])
      expect(page.body.total).toBe(4)
      expect(await names({ skip: '4' })).toEqual([])
    })

    test('are those of the location only', async () => {
      const { id, token } = await crm.given.location()

      const reply = await crm.v2.get(`${path}?locationId=${id}`, { token })

      expect(bare(reply)).toEqual({ lostReasons: [], total: 0 })
    })

    test.each<[Record<string, string>, string]>([
      [{ limit: '0' }, 'limit must not be less than 1'],
      [{ limit: '1001' }, 'limit must not be greater than 1000'],
      [{ limit: 'all' }, 'limit must be an integer number'],
      [{ skip: '-1' }, 'skip must not be less than 0'],
      [{ deleted: 'perhaps' }, 'deleted must be a boolean value'],
      [{ foo: '1' }, 'property foo should not exist'],
    ])('are refused for %j', async (by, message) => {
      expect(refused(await list(by))).toEqual(unprocessable(message))
    })

    test('need the location', async () => {
      const other = await crm.given.location()

      expect(refused(await crm.v2.get(path))).toEqual(noLocation())
      expect(refused(await list({ locationId: other.id }))).toEqual(foreign)
    })
  })

  test('being created are there at once', async () => {
    const reply = await crm.v2.post(`${path}/`, { name: 'Created', locationId: crm.locationId })

    const { id } = reply.body.lostReason
    expect(reply.status).toBe(201)
    expect(bare(reply)).toEqual({
      lostReason: { id, name: 'Created', locationId: crm.locationId, createdAt: time, updatedAt: time },
    })
    expect((await list({ name: 'Created' })).body.lostReasons).toEqual([reply.body.lostReason])
    expect(await typesOf(id)).toEqual([['LostReasonCreate']])
  })

  test('being renamed keep their id, with and without the trailing slash', async () => {
    const { id, createdAt } = await lostReason(crm, 'Before')
    crm.advance(1000)

    const reply = await crm.v2.put(`${path}/${id}`, { name: 'Between' })
    const slashed = await crm.v2.put(`${path}/${id}/`, { name: 'After' })

    expect(reply.status).toBe(200)
    expect(bare(slashed)).toEqual({
      lostReason: { id, name: 'After', locationId: crm.locationId, createdAt, updatedAt: time },
    })
    expect(Date.parse(reply.body.lostReason.updatedAt)).toBeGreaterThan(Date.parse(createdAt))
    expect((await list({ name: 'After' })).body.lostReasons).toEqual([slashed.body.lostReason])
    expect(await names({ name: 'Before' })).toEqual([])
    expect(await typesOf(id)).toEqual([['LostReasonCreate'], ['LostReasonUpdate'], ['LostReasonUpdate']])
  })

  test('being deleted stay on the opportunities that name them, and are listed when asked for', async () => {
    const { id } = await lostReason(crm, 'Deleted')
    const lost = await crm.given.opportunity({ status: 'lost', lostReasonId: id })

    const reply = await crm.v2.delete(`${path}/${id}`)

    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual({ succeded: true, success: true, succeeded: true })
    expect(await names({ name: 'Deleted' })).toEqual([])
    expect(await names({ name: 'Deleted', deleted: 'true' })).toEqual(['Deleted'])
    expect(await read(crm, lost.id)).toEqual(lost)
    expect(await typesOf(id)).toEqual([['LostReasonCreate'], ['LostReasonDelete']])
  })

  test('that were deleted can be neither given nor changed', async () => {
    const { id } = await lostReason(crm, 'Gone')
    const { id: opportunityId } = await crm.given.opportunity()
    await crm.v2.delete(`${path}/${id}/`)

    const none = missing('Lost reason')
    expect(refused(await crm.v2.put(`${path}/${id}`, { name: 'x' }))).toEqual(none)
    expect(refused(await crm.v2.delete(`${path}/${id}`))).toEqual(none)
    const closing = { status: 'lost', lostReasonId: id }
    expect(refused(await crm.v2.put(`/opportunities/${opportunityId}/status`, closing))).toEqual(none)
  })

  describe('are refused', () => {
    test('without a name', async () => {
      for (const ask of [(body: object) => crm.v2.post(path, body), (body: object) => crm.v2.put(`${path}/x`, body)]) {
        expect(refused(await ask({}))).toEqual(unprocessable('name should not be empty', 'name must be a string'))
        expect(refused(await ask({ name: '' }))).toEqual(unprocessable('name should not be empty'))
        expect(refused(await ask({ name: '   ' }))).toEqual(unprocessable('name should not be empty'))
        expect(refused(await ask({ name: 5 }))).toEqual(unprocessable('name must be a string'))
        expect(refused(await ask({ name: 'x'.repeat(256) }))).toEqual(
          unprocessable('name must be shorter than or equal to 255 characters'),
        )
        expect(refused(await ask({ name: 'x', id: 'y' }))).toEqual(unprocessable('property id should not exist'))
      }
    })

    test('where there is none, and for another location', async () => {
      const other = await crm.given.location()
      const theirs = { token: other.token }

      expect(refused(await crm.v2.put(`${path}/unknown`, { name: 'x' }))).toEqual(missing('Lost reason'))
      expect(refused(await crm.v2.delete(`${path}/unknown`))).toEqual(missing('Lost reason'))
      expect(refused(await crm.v2.put(`${path}/${price.id}`, { name: 'x' }, theirs))).toEqual(missing('Lost reason'))
      expect(refused(await crm.v2.delete(`${path}/${price.id}`, undefined, theirs))).toEqual(missing('Lost reason'))
      expect(refused(await crm.v2.post(path, { name: 'x', locationId: other.id }))).toEqual(foreign)
    })
  })
})
