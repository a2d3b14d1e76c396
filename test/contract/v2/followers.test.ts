import { describe, expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'
import { missing, refused, unprocessable } from '../../support/refused.ts'
import { read, rowsOf } from './expected.ts'

onEveryStore('the followers of an opportunity', (crm) => {
  const users = async (count: number) => {
    const made = []
    for (let at = 0; at < count; at++) made.push((await crm.given.user()).id)
    return made
  }
  const follow = (id: string, followers: unknown, slash = '') =>
    crm.v2.post(`/opportunities/${id}/followers${slash}`, { followers })
  const unfollow = (id: string, followers?: unknown, query = '') =>
    crm.v2.delete(`/opportunities/${id}/followers${query}`, followers && { followers })
  const typesOf = async (id: string) => (await crm.events(id)).slice(1).map(({ types }) => types)

  test('are added, each once, and answered with those that are new', async () => {
    const { id } = await crm.given.opportunity()
    const [a, b, c] = await users(3)

    const first = await follow(id, [a, b])
    const second = await follow(id, [b, c, c])
    const third = await follow(id, [a])

    expect([first.status, second.status, third.status]).toEqual([201, 201, 201])
    expect(bare(first)).toEqual({ followers: [a, b], followersAdded: [a, b] })
    expect(bare(second)).toEqual({ followers: [a, b, c], followersAdded: [c] })
    expect(bare(third)).toEqual({ followers: [a, b, c], followersAdded: [] })
    expect((await read(crm, id)).followers).toEqual([a, b, c])
    const rows = await rowsOf(crm, id)
    expect([rows.get.followers, rows.post.followers]).toEqual([
      [a, b, c],
      [a, b, c],
    ])
    expect(await typesOf(id)).toEqual([['OpportunityUpdate'], ['OpportunityUpdate']])
  })

  test('are taken away and answered with those that are gone', async () => {
    const [a, b, c] = await users(3)
    const { id } = await crm.given.opportunity({ followers: [a, b, c] })

    const one = await unfollow(id, [b])
    const again = await unfollow(id, [b, 'nobody'])
    const rest = await unfollow(id, [a, c])

    expect([one.status, again.status, rest.status]).toEqual([200, 200, 200])
    expect(bare(one)).toEqual({ followers: [a, c], followersRemoved: [b] })
    expect(bare(again)).toEqual({ followers: [a, c], followersRemoved: [] })
    expect(bare(rest)).toEqual({ followers: [], followersRemoved: [a, c] })
    expect(await typesOf(id)).toEqual([['OpportunityUpdate'], ['OpportunityUpdate']])
  })

  test('are all taken away at once, with a body or without', async () => {
    const [a, b] = await users(2)
    const one = await crm.given.opportunity({ followers: [a, b] })
    const other = await crm.given.opportunity({ followers: [a, b] })

    expect(bare(await unfollow(one.id, [a], '?isRemoveAllFollowers=true'))).toEqual({
      followers: [],
      followersRemoved: [a, b],
    })
    expect(bare(await unfollow(other.id, undefined, '/?isRemoveAllFollowers=true'))).toEqual({
      followers: [],
      followersRemoved: [a, b],
    })
    expect(bare(await unfollow(other.id, [a], '?isRemoveAllFollowers=false'))).toEqual({
      followers: [],
      followersRemoved: [],
    })
  })

  test('work with the trailing slash', async () => {
    const { id } = await crm.given.opportunity()
    const [a] = await users(1)

    expect((await follow(id, [a], '/')).status).toBe(201)
    expect((await unfollow(id, [a], '/')).body.followersRemoved).toEqual([a])
  })

  describe('are refused', () => {
    test('beyond ten at once, not beyond ten in all', async () => {
      const { id } = await crm.given.opportunity()
      const many = await users(11)

      expect(refused(await follow(id, many))).toEqual(unprocessable('followers must contain no more than 10 elements'))
      expect((await follow(id, many.slice(0, 10))).status).toBe(201)
      expect((await follow(id, many.slice(10))).body.followers).toEqual(many)
    })

    test('where nobody is named', async () => {
      const { id } = await crm.given.opportunity()
      const empty = unprocessable('followers should not be empty', 'followers must be an array')

      expect(refused(await crm.v2.post(`/opportunities/${id}/followers`, {}))).toEqual(empty)
      expect(refused(await crm.v2.post(`/opportunities/${id}/followers`))).toEqual(empty)
      expect(refused(await unfollow(id))).toEqual(empty)
    })

    test('of the wrong kind, and with unknown properties', async () => {
      const { id } = await crm.given.opportunity()

      expect(refused(await follow(id, 'someone'))).toEqual(unprocessable('followers must be an array'))
      expect(refused(await follow(id, [5]))).toEqual(unprocessable('followers.0 must be a string'))
      expect(refused(await crm.v2.post(`/opportunities/${id}/followers`, { followers: [], foo: 1 }))).toEqual(
        unprocessable('property foo should not exist'),
      )
      expect(refused(await unfollow(id, [5]))).toEqual(unprocessable('followers.0 must be a string'))
      expect(refused(await unfollow(id, undefined, '?isRemoveAllFollowers=perhaps'))).toEqual(
        unprocessable('isRemoveAllFollowers must be a boolean value'),
      )
    })

    test('who are no users', async () => {
      const { id } = await crm.given.opportunity()
      const [a] = await users(1)

      expect(refused(await follow(id, [a, 'nobody']))).toEqual(unprocessable('followers.1 is invalid'))
      expect((await read(crm, id)).followers).toEqual([])
    })

    test('where there is no such opportunity', async () => {
      const ours = await crm.given.opportunity()
      const [a] = await users(1)
      const { token } = await crm.given.location()

      expect(refused(await follow('unknown', [a]))).toEqual(missing('Opportunity'))
      expect(refused(await follow('unknown', ['nobody']))).toEqual(missing('Opportunity'))
      expect(refused(await unfollow('unknown', [a]))).toEqual(missing('Opportunity'))
      expect(refused(await crm.v2.post(`/opportunities/${ours.id}/followers`, { followers: [] }, { token }))).toEqual(
        missing('Opportunity'),
      )
    })
  })
})
