import { describe, expect, test } from 'vitest'
import { createContact } from '../../../src/domain/contacts/commands.ts'
import { bare, onEveryStore } from '../../harness.ts'
import { audit } from '../../support/audit.ts'
import { fingerprint } from '../../support/fingerprint.ts'
import { foreign, missing, refused, unprocessable } from '../../support/refused.ts'
import { noLocation, read } from './expected.ts'
import { id, readContact, succeeded } from './expectedContact.ts'

type Tag = { id: string; name: string; locationId: string }

onEveryStore('the tags of a contact', (crm) => {
  const add = (contactId: string, tags: unknown, slash = '') =>
    crm.v2.post(`/contacts/${contactId}/tags${slash}`, { tags })
  const remove = (contactId: string, tags: unknown, slash = '') =>
    crm.v2.delete(`/contacts/${contactId}/tags${slash}`, { tags })
  const tagsOf = async (contactId: string) => (await readContact(crm, contactId)).tags
  const typesOf = async (contactId: string) => (await crm.events(contactId)).slice(1).map(({ types }) => types)
  const tagged = ['ContactUpdate', 'ContactTagUpdate']

  test('are added to those there are, and answered with those that are new', async () => {
    const contact = await crm.given.contact({ tags: ['old'] })

    crm.advance(1000)
    const first = await add(contact.id, ['New', ' vip ', 'new'])
    const second = await add(contact.id, ['vip', 'third'])
    const third = await add(contact.id, ['OLD', 'third', ' '])

    expect([first.status, second.status, third.status]).toEqual([201, 201, 201])
    expect(bare(first)).toEqual({ tags: ['old', 'new', 'vip'], tagsAdded: ['new', 'vip'] })
    expect(bare(second)).toEqual({ tags: ['old', 'new', 'vip', 'third'], tagsAdded: ['third'] })
    expect(bare(third)).toEqual({ tags: ['old', 'new', 'vip', 'third'], tagsAdded: [] })
    const after = await readContact(crm, contact.id)
    expect(after.tags).toEqual(['old', 'new', 'vip', 'third'])
    expect(Date.parse(after.dateUpdated)).toBeGreaterThanOrEqual(Date.parse(contact.dateUpdated) + 1000)
    expect(await typesOf(contact.id)).toEqual([tagged, tagged])
  })

  test('are taken away in any case, and answered with those that are gone', async () => {
    const contact = await crm.given.contact({ tags: ['a', 'b', 'c'] })

    const first = await remove(contact.id, [' B', 'unknown'])
    const second = await remove(contact.id, ['b'])
    const third = await remove(contact.id, ['a', 'c', 'a'])

    expect([first.status, second.status, third.status]).toEqual([200, 200, 200])
    expect(bare(first)).toEqual({ tags: ['a', 'c'], tagsRemoved: ['b'] })
    expect(bare(second)).toEqual({ tags: ['a', 'c'], tagsRemoved: [] })
    expect(bare(third)).toEqual({ tags: [], tagsRemoved: ['a', 'c'] })
    expect(await tagsOf(contact.id)).toEqual([])
    expect(await typesOf(contact.id)).toEqual([tagged, tagged])
  })

  test('show on its opportunities, and find it, at once', async () => {
    const { id: contactId } = await crm.given.contact()
    const opportunity = await crm.given.opportunity({ contactId })
    const filters = [{ field: 'tags', operator: 'eq', value: 'shown at once' }]
    const found = async () =>
      (await crm.v2.post('/contacts/search', { locationId: crm.locationId, filters })).body.contacts.map(
        (contact: { id: string }) => contact.id,
      )

    await add(contactId, ['Shown at once'])
    expect((await read(crm, opportunity.id)).contact.tags).toEqual(['shown at once'])
    expect(await found()).toEqual([contactId])
    await remove(contactId, ['shown at once'])
    expect((await read(crm, opportunity.id)).contact.tags).toEqual([])
    expect(await found()).toEqual([])
  })

  test('that are new to the location are known to it from then on, each with an event', async () => {
    const contact = await crm.given.contact()

    await add(contact.id, ['first of its kind'])
    await add((await crm.given.contact()).id, ['first of its kind'])

    const known = (await crm.v2.get(`/locations/${crm.locationId}/tags`)).body.tags as Tag[]
    const [tag, ...more] = known.filter(({ name }) => name === 'first of its kind')
    expect(more).toEqual([])
    expect((await crm.events(tag?.id ?? '')).map(({ types }) => types)).toEqual([['TagCreate']])
  })

  test('work with the trailing slash', async () => {
    const { id: contactId } = await crm.given.contact()

    expect((await add(contactId, ['a'], '/')).body.tagsAdded).toEqual(['a'])
    expect((await remove(contactId, ['a'], '/')).body.tagsRemoved).toEqual(['a'])
  })

  test('by many at once are all there', async () => {
    const { id: contactId } = await crm.given.contact()
    const names = Array.from({ length: 10 }, (_, at) => `tag ${at}`)

    await Promise.all(names.map((name) => add(contactId, [name])))

    expect((await tagsOf(contactId)).sort()).toEqual(names)
  })

  describe('are refused', () => {
    test('where none are named, of the wrong kind, and with unknown properties', async () => {
      const { id: contactId } = await crm.given.contact()
      const before = await fingerprint(crm.app.store)
      const absent = unprocessable('tags should not be empty', 'tags must be an array')

      for (const send of [crm.v2.post, crm.v2.delete]) {
        const path = `/contacts/${contactId}/tags`
        expect(refused(await send(path))).toEqual(absent)
        expect(refused(await send(path, {}))).toEqual(absent)
        expect(refused(await send(path, { tags: null }))).toEqual(absent)
        expect(refused(await send(path, { tags: 'vip' }))).toEqual(unprocessable('tags must be an array'))
        expect(refused(await send(path, { tags: ['ok', 5] }))).toEqual(unprocessable('tags.1 must be a string'))
        expect(refused(await send(path, { tags: [''] }))).toEqual(unprocessable('tags.0 should not be empty'))
        expect(refused(await send(path, { tags: ['x'.repeat(256)] }))).toEqual(
          unprocessable('tags.0 must be shorter than or equal to 255 characters'),
        )
        expect(refused(await send(path, { tags: Array(501).fill('x') }))).toEqual(
          unprocessable('tags must contain no more than 500 elements'),
        )
        expect(refused(await send(path, { tags: [], foo: 1 }))).toEqual(unprocessable('property foo should not exist'))
      }
      expect(await fingerprint(crm.app.store)).toBe(before)
    })

    test('where there is no such contact', async () => {
      const ours = await crm.given.contact({ tags: ['a'] })
      const { token } = await crm.given.location()
      const path = `/contacts/${ours.id}/tags`

      expect(refused(await add('unknown', ['a']))).toEqual(missing('Contact'))
      expect(refused(await remove('unknown', ['a']))).toEqual(missing('Contact'))
      expect(refused(await crm.v2.post(path, { tags: ['b'] }, { token }))).toEqual(missing('Contact'))
      expect(refused(await crm.v2.delete(path, { tags: ['a'] }, { token }))).toEqual(missing('Contact'))
      expect(await tagsOf(ours.id)).toEqual(['a'])
    })
  })

  describe('of many contacts', () => {
    const update = (type: string, body: object, slash = '') =>
      crm.v2.post(`/contacts/bulk/tags/update/${type}${slash}`, { locationId: crm.locationId, ...body })
    const changed = (contactId: string, oldTags: string[], tagsAdded: string[], tagsRemoved: string[]) => ({
      contactId,
      message: 'Tags updated',
      oldTags,
      tagsAdded,
      tagsRemoved,
      type: 'success',
    })
    const unknown = (contactId: string) => ({
      contactId,
      message: 'contact does not belong to location',
      type: 'error',
    })

    test('are added, each answered by what changed, and contacts that do not exist by what is wrong', async () => {
      const [one, two] = [await crm.given.contact({ tags: ['a'] }), await crm.given.contact()]

      const reply = await update('add', { contacts: [one.id, 'unknown', two.id], tags: ['A', 'b'] })

      expect(reply.status).toBe(201)
      expect(bare(reply)).toEqual({
        succeded: true,
        errorCount: 1,
        responses: [changed(one.id, ['a'], ['b'], []), unknown('unknown'), changed(two.id, [], ['a', 'b'], [])],
      })
      expect([await tagsOf(one.id), await tagsOf(two.id)]).toEqual([
        ['a', 'b'],
        ['a', 'b'],
      ])
      expect([await typesOf(one.id), await typesOf(two.id)]).toEqual([[tagged], [tagged]])
    })

    test('are taken away', async () => {
      const [one, two] = [await crm.given.contact({ tags: ['a', 'b'] }), await crm.given.contact({ tags: ['c'] })]

      const reply = await update('remove', { contacts: [one.id, two.id], tags: ['B'] })

      expect(bare(reply)).toEqual({
        succeded: true,
        errorCount: 0,
        responses: [changed(one.id, ['a', 'b'], [], ['b']), changed(two.id, ['c'], [], [])],
      })
      expect([await tagsOf(one.id), await tagsOf(two.id)]).toEqual([['a'], ['c']])
      expect([await typesOf(one.id), await typesOf(two.id)]).toEqual([[tagged], []])
    })

    test('are all taken away where that is asked for, and not otherwise', async () => {
      const { id: contactId } = await crm.given.contact({ tags: ['a', 'b'] })

      await update('remove', { contacts: [contactId], tags: [], removeAllTags: false })
      expect(await tagsOf(contactId)).toEqual(['a', 'b'])
      const reply = await update('remove', { contacts: [contactId], tags: ['a'], removeAllTags: true })

      expect(reply.body.responses).toEqual([changed(contactId, ['a', 'b'], [], ['a', 'b'])])
      expect(await tagsOf(contactId)).toEqual([])
    })

    test('of one that is named twice are changed once', async () => {
      const { id: contactId } = await crm.given.contact()

      const reply = await update('add', { contacts: [contactId, contactId], tags: ['a'] }, '/')

      expect(reply.body.responses).toEqual([changed(contactId, [], ['a'], []), changed(contactId, ['a'], [], [])])
      expect(await typesOf(contactId)).toEqual([tagged])
    })

    test("of another location's contacts stay as they are", async () => {
      const ours = await crm.given.contact({ tags: ['a'] })
      const { id: locationId, token } = await crm.given.location()
      const body = { locationId, contacts: [ours.id], tags: ['a'] }

      const reply = await crm.v2.post('/contacts/bulk/tags/update/remove', body, { token })

      expect(bare(reply)).toEqual({ succeded: true, errorCount: 1, responses: [unknown(ours.id)] })
      expect(await tagsOf(ours.id)).toEqual(['a'])
    })

    test('are refused for anything that is missing or wrong', async () => {
      const { id: contactId } = await crm.given.contact()
      const { id: locationId } = await crm.given.location()
      const good = { contacts: [contactId], tags: ['a'] }
      const before = await fingerprint(crm.app.store)

      expect(refused(await update('replace', good))).toEqual(
        unprocessable('type must be one of the following values: add, remove'),
      )
      expect(refused(await update('add', {}))).toEqual(
        unprocessable(
          'contacts should not be empty',
          'contacts must be an array',
          'tags should not be empty',
          'tags must be an array',
        ),
      )
      expect(refused(await update('add', { ...good, contacts: [5] }))).toEqual(
        unprocessable('contacts.0 must be a string'),
      )
      expect(refused(await update('add', { ...good, removeAllTags: 'yes', foo: 1 }))).toEqual(
        unprocessable('property foo should not exist', 'removeAllTags must be a boolean value'),
      )
      expect(refused(await crm.v2.post('/contacts/bulk/tags/update/add', good))).toEqual(noLocation())
      expect(refused(await update('add', { ...good, locationId }))).toEqual(foreign)
      expect(await fingerprint(crm.app.store)).toBe(before)
    })
  })
})

onEveryStore('the tags of a location', (crm) => {
  const path = (rest = '') => `/locations/${crm.locationId}/tags${rest}`
  const make = async (name: string): Promise<Tag> => (await crm.v2.post(path(), { name })).body.tag
  const typesOf = async (recordId: string) => (await crm.events(recordId)).map(({ types }) => types)
  const tagsOf = async (contactId: string) => (await readContact(crm, contactId)).tags
  const withTag = async (name: string) => {
    const filters = [{ field: 'tags', operator: 'eq', value: name }]
    return (await crm.v2.post('/contacts/search', { locationId: crm.locationId, filters })).body.total
  }
  const taken = (tagId: string) => [
    400,
    { statusCode: 400, message: 'The tag name is already exist.', meta: { tagId } },
  ]

  test('are created in lower case, without the blanks around them', async () => {
    const reply = await crm.v2.post(path(), { name: ' Brand New ' })

    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual({ tag: { id, name: 'brand new', locationId: crm.locationId } })
    const { tag } = reply.body
    expect(bare(await crm.v2.get(path(`/${tag.id}`)))).toEqual({ tag })
    expect(bare(await crm.v2.get(path(`/${tag.id}/`)))).toEqual({ tag })
    expect(await crm.events(tag.id)).toMatchObject([{ types: ['TagCreate'], before: null, after: tag }])
    expect((await crm.v2.post(path('/'), { name: 'slash', locationId: crm.locationId })).status).toBe(200)
  })

  test('are listed by name, whole', async () => {
    const { id: locationId, token } = await crm.given.location()
    const create = async (name: string) =>
      (await crm.v2.post(`/locations/${locationId}/tags`, { name }, { token })).body.tag
    const [c, a] = [await create('c'), await create('a')]
    await crm.v2.post('/contacts/', { locationId, name: 'Ada', tags: ['b'] }, { token })

    const reply = await crm.v2.get(`/locations/${locationId}/tags`, { token })

    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual({ tags: [a, { id, name: 'b', locationId }, c] })
  })

  test('have one name each', async () => {
    const [tag, other] = [await make('unique'), await make('another')]
    const before = await fingerprint(crm.app.store)

    expect(refused(await crm.v2.post(path(), { name: ' UNIQUE ' }))).toEqual(taken(tag.id))
    expect(refused(await crm.v2.put(path(`/${other.id}`), { name: 'Unique' }))).toEqual(taken(tag.id))
    expect(await fingerprint(crm.app.store)).toBe(before)
  })

  test('being renamed keep their id and follow on each contact, in its place', async () => {
    const contact = await crm.given.contact({ tags: ['first', 'before', 'last'] })
    const other = await crm.given.contact({ tags: ['first'] })
    const opportunity = await crm.given.opportunity({ contactId: contact.id })
    const tag = ((await crm.v2.get(path())).body.tags as Tag[]).find(({ name }) => name === 'before') as Tag

    const reply = await crm.v2.put(path(`/${tag.id}`), { name: ' After ' })

    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual({ tag: { ...tag, name: 'after' } })
    expect(await tagsOf(contact.id)).toEqual(['first', 'after', 'last'])
    expect((await read(crm, opportunity.id)).contact.tags).toEqual(['first', 'after', 'last'])
    expect([await withTag('before'), await withTag('after')]).toEqual([0, 1])
    expect(await typesOf(tag.id)).toEqual([['TagCreate'], ['TagUpdate']])
    expect(await typesOf(contact.id)).toEqual([['ContactCreate'], ['ContactUpdate', 'ContactTagUpdate']])
    expect(await typesOf(other.id)).toEqual([['ContactCreate']])
    expect(await audit(crm.app.store)).toEqual([])
  })

  test('being renamed to what they are called change nothing and are no event', async () => {
    const tag = await make('constant')

    expect(bare(await crm.v2.put(path(`/${tag.id}`), { name: 'Constant' }))).toEqual({ tag })
    expect(await typesOf(tag.id)).toEqual([['TagCreate']])
  })

  test('being deleted leave each contact', async () => {
    const contact = await crm.given.contact({ tags: ['stays', 'goes'] })
    const tag = ((await crm.v2.get(path())).body.tags as Tag[]).find(({ name }) => name === 'goes') as Tag

    const reply = await crm.v2.delete(path(`/${tag.id}`))

    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual(succeeded)
    expect(await tagsOf(contact.id)).toEqual(['stays'])
    expect(await withTag('goes')).toBe(0)
    expect((await crm.events(tag.id)).at(-1)).toMatchObject({ types: ['TagDelete'], before: tag, after: null })
    expect(await typesOf(contact.id)).toEqual([['ContactCreate'], ['ContactUpdate', 'ContactTagUpdate']])
    expect(refused(await crm.v2.delete(path(`/${tag.id}`)))).toEqual(missing('Tag'))
    expect(await audit(crm.app.store)).toEqual([])
  })

  test('that more contacts have than one batch holds are renamed and deleted on all of them', async () => {
    const ctx = crm.as(crm.locationId)
    await Promise.all(Array.from({ length: 401 }, (_, at) => createContact(ctx, { name: `n${at}`, tags: ['many'] })))
    const tag = ((await crm.v2.get(path())).body.tags as Tag[]).find(({ name }) => name === 'many') as Tag

    await crm.v2.put(path(`/${tag.id}`), { name: 'more' })
    expect([await withTag('many'), await withTag('more')]).toEqual([0, 401])
    await crm.v2.delete(path(`/${tag.id}`))
    expect(await withTag('more')).toBe(0)
    expect(await audit(crm.app.store)).toEqual([])
  })

  test('that were deleted are made anew by the next contact that gets them', async () => {
    const tag = await make('phoenix')
    await crm.v2.delete(path(`/${tag.id}`))

    await crm.given.contact({ tags: ['phoenix'] })

    const again = ((await crm.v2.get(path())).body.tags as Tag[]).find(({ name }) => name === 'phoenix')
    expect(again?.id).not.toBe(tag.id)
  })

  describe('are refused', () => {
    test('without a name', async () => {
      const { id: tagId } = await make('named')
      const absent = unprocessable('name should not be empty', 'name must be a string')

      for (const send of [
        (body?: object) => crm.v2.post(path(), body),
        (body?: object) => crm.v2.put(path(`/${tagId}`), body),
      ]) {
        expect(refused(await send())).toEqual(absent)
        expect(refused(await send({}))).toEqual(absent)
        expect(refused(await send({ name: null }))).toEqual(absent)
        expect(refused(await send({ name: '' }))).toEqual(unprocessable('name should not be empty'))
        expect(refused(await send({ name: '  ' }))).toEqual(unprocessable('name should not be empty'))
        expect(refused(await send({ name: 5, foo: 1 }))).toEqual(
          unprocessable('property foo should not exist', 'name must be a string'),
        )
      }
    })

    test('where there is none, and for another location', async () => {
      const tag = await make('ours')
      const { id: theirs, token } = await crm.given.location()

      for (const [where, options] of [
        [path('/unknown'), {}],
        [`/locations/${theirs}/tags/${tag.id}`, { token }],
      ] as const) {
        expect(refused(await crm.v2.get(where, options))).toEqual(missing('Tag'))
        expect(refused(await crm.v2.put(where, { name: 'x' }, options))).toEqual(missing('Tag'))
        expect(refused(await crm.v2.delete(where, undefined, options))).toEqual(missing('Tag'))
      }
      expect(refused(await crm.v2.get(`/locations/${theirs}/tags`))).toEqual(foreign)
      expect(refused(await crm.v2.post(`/locations/${theirs}/tags`, { name: 'x' }))).toEqual(foreign)
      expect(refused(await crm.v2.post(path(), { name: 'x', locationId: theirs }))).toEqual(foreign)
    })
  })
})
