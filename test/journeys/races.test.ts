import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLocation } from '../../src/domain/accounts/locations.ts'
import { createUser } from '../../src/domain/accounts/users.ts'
import { createContact } from '../../src/domain/contacts/commands.ts'
import { addTags } from '../../src/domain/contacts/tags.ts'
import type { Context } from '../../src/domain/context.ts'
import { bootstrap } from '../../src/domain/installation/bootstrap.ts'
import { updatePipeline } from '../../src/domain/opportunities/changePipeline.ts'
import { createOpportunity, updateOpportunity, upsertOpportunity } from '../../src/domain/opportunities/commands.ts'
import { createToken, findToken, rotateToken } from '../../src/domain/tokens/tokens.ts'
import { openStore } from '../../src/store/open.ts'
import { onEveryStore, type Reply } from '../harness.ts'
import { audit } from '../support/audit.ts'
import { type Beside, startBeside } from '../support/beside.ts'
import { createDatabase } from '../support/postgres.ts'

/* Many at the same moment, through two processes where a store lets several work on the same data. */

/** Often enough that a rule which does not hold is seen to break. */
const rounds = 12

onEveryStore('at the same moment', (crm) => {
  let other: Beside
  beforeAll(async () => {
    other = await startBeside(crm)
  })
  afterAll(() => other?.stop())

  /** The even ones through one process, the odd ones through the other. */
  const together = <T>(count: number, act: (process: Beside, at: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: count }, (_, at) => act(at % 2 === 0 ? crm : other, at)))

  /** How often works were begun: more often than asked where two waited for each other, or made the same thing. */
  async function countBegun(count: number, act: (ctx: Context, at: number) => Promise<unknown>): Promise<number> {
    let begun = 0
    await together(count, ({ as }, at) => {
      const ctx = as(crm.locationId)
      const transaction: Context['store']['transaction'] = (work) =>
        ctx.store.transaction((tx) => {
          begun++
          return work(tx)
        })
      return act({ ...ctx, store: { ...ctx.store, transaction } }, at)
    })
    return begun
  }

  const statuses = (replies: Reply[]) => replies.map(({ status }) => status).sort()
  const isWhole = async () => expect(await audit(crm.app.store)).toEqual([])
  const tagsOf = async (contactId: string): Promise<string[]> =>
    (await crm.v2.get(`/contacts/${contactId}`)).body.contact.tags
  const everyTag = async (): Promise<{ id: string; name: string }[]> =>
    (await crm.v2.get(`/locations/${crm.locationId}/tags`)).body.tags

  /** A location whose contacts have one opportunity in a pipeline. */
  async function strictLocation() {
    const { id, token, pipeline } = await crm.given.location({ allowDuplicateOpportunity: false })
    const contact = async () =>
      (await crm.v2.post('/contacts/', { locationId: id, firstName: 'Ada' }, { token })).body.contact.id as string
    return { locationId: id, token, pipelineId: pipeline.id, contact }
  }

  test('one contact is made of an e-mail address or a number', async () => {
    const { locationId } = crm
    for (let round = 0; round < rounds; round++) {
      const identity = round % 2 === 0 ? { email: `twin${round}@example.com` } : { phone: `+141555520${10 + round}` }
      const wish = { locationId, firstName: 'Ada', ...identity }

      const made = await together(6, ({ v2 }) => v2.post('/contacts/', wish))

      expect(statuses(made)).toEqual([201, 400, 400, 400, 400, 400])
    }
    await isWhole()
  })

  test('one contact gets an e-mail address that several are given', async () => {
    for (let round = 0; round < rounds; round++) {
      const contacts = await together(4, () => crm.given.contact())
      const email = `wanted${round}@example.com`

      const changed = await together(4, ({ v2 }, at) => v2.put(`/contacts/${contacts[at].id}`, { email }))

      expect(statuses(changed)).toEqual([200, 400, 400, 400])
    }
    await isWhole()
  })

  test('many upserts make one contact, by address or by number, and lose nothing', async () => {
    const { locationId } = crm
    for (let round = 0; round < rounds; round++) {
      const person = { locationId, email: `upserted${round}@example.com`, phone: `+141555530${10 + round}` }

      const replies = await together(6, ({ v2 }, at) => {
        const { email, phone } = person
        return v2.post('/contacts/upsert', { locationId, phone, ...(at > 2 && { email }), tags: [`round ${round}`] })
      })

      expect(replies.filter(({ body }) => body.new)).toHaveLength(1)
      expect(new Set(replies.map(({ body }) => body.contact.id)).size).toBe(1)
    }
    await isWhole()
  })

  test('an upsert that meets a contact in the moment it gets another address takes the one that has it then', async () => {
    for (let round = 0; round < rounds; round++) {
      const email = `left${round}@example.com`
      const contact = await crm.given.contact({ email })

      const [changed, upserted] = await Promise.all([
        crm.v2.put(`/contacts/${contact.id}`, { email: `moved${round}@example.com` }),
        other.v2.post('/contacts/upsert', { locationId: crm.locationId, email, lastName: 'Lovelace' }),
      ])

      // Either the upsert came first, or it found nobody.
      const now = (await crm.v2.get(`/contacts/${contact.id}`)).body.contact
      expect(changed.status).toBe(200)
      expect(now.email).toBe(`moved${round}@example.com`)
      expect(upserted.body.new).toBe(now.lastName !== 'Lovelace')
    }
    await isWhole()
  })

  test('a contact that goes leaves nothing behind of what was made for it', async () => {
    const { locationId } = crm
    for (let round = 0; round < rounds; round++) {
      const { id: contactId } = await crm.given.contact({ tags: ['a', 'b'] })
      const deal = { locationId, pipelineId: crm.pipeline.id, name: 'A deal', status: 'open', contactId }
      const task = { title: 'Call', dueDate: '2030-01-01T00:00:00Z', completed: false }
      const acts: (({ v2 }: Beside) => Promise<Reply>)[] = [
        ({ v2 }) => v2.post('/opportunities/', deal),
        ({ v2 }) => v2.post('/opportunities/upsert', { ...deal, tags: ['c'], companyName: 'Analytical Engines' }),
        ({ v2 }) => v2.delete(`/contacts/${contactId}`),
        ({ v2 }) => v2.post(`/contacts/${contactId}/notes`, { body: 'Call back' }),
        ({ v2 }) => v2.post(`/contacts/${contactId}/tasks`, task),
        ({ v2 }) => v2.post('/opportunities/', deal),
      ]

      const replies = await together(acts.length, (process, at) => (acts[at] as (typeof acts)[number])(process))

      expect(replies[2]?.status).toBe(200)
      expect(statuses(replies).filter((status) => ![200, 201, 400, 404].includes(status))).toEqual([])
    }
    await isWhole()
  })

  test('a contact has one opportunity in a pipeline where the location says so', async () => {
    const { token, contact, ...place } = await strictLocation()
    for (let round = 0; round < rounds; round++) {
      const deal = { ...place, contactId: await contact(), name: 'A deal', status: 'open' }

      const made = await together(6, ({ v2 }) => v2.post('/opportunities/', deal, { token }))

      expect(statuses(made)).toEqual([201, 400, 400, 400, 400, 400])
    }
    await isWhole()
  })

  test('and keeps one when two that it has elsewhere are moved there', async () => {
    const { token, contact, ...place } = await strictLocation()
    const elsewhere = async () => {
      const stages = [{ name: 'One' }]
      const { locationId } = place
      return (await crm.v2.post('/opportunities/pipelines', { locationId, name: 'More', stages }, { token })).body.id
    }
    const pipelines: string[] = [await elsewhere(), await elsewhere()]
    for (let round = 0; round < rounds; round++) {
      const contactId = await contact()
      const deals = await together(2, ({ v2 }, at) => {
        const pipelineId = pipelines[at]
        return v2.post(
          '/opportunities/',
          { ...place, pipelineId, contactId, name: 'A deal', status: 'open' },
          { token },
        )
      })

      const moved = await together(2, ({ v2 }, at) =>
        v2.put(`/opportunities/${deals[at]?.body.opportunity.id}`, { pipelineId: place.pipelineId }, { token }),
      )

      expect(statuses(moved)).toEqual([200, 400])
    }
    await isWhole()
  })

  test('many upserts make one opportunity, and every tag that came with one is on the contact', async () => {
    for (let round = 0; round < rounds; round++) {
      const contact = await crm.given.contact()
      const wish = { pipelineId: crm.pipeline.id, contactId: contact.id }
      const tags = ['p', 'q', 'r', 's', 't', 'u'].map((tag) => `${tag}${round}`)

      const replies = await together(6, ({ v2 }, at) => v2.post('/opportunities/upsert', { ...wish, tags: [tags[at]] }))

      expect(replies.filter(({ body }) => body.new)).toHaveLength(1)
      expect(new Set(replies.map(({ body }) => body.opportunity.id)).size).toBe(1)
      expect((await tagsOf(contact.id)).sort()).toEqual(tags)
    }
    await isWhole()
  })

  test('an upsert takes the deal that is open, not the one that has just been closed', async () => {
    for (let round = 0; round < rounds; round++) {
      const { id: contactId } = await crm.given.contact()
      const open = await crm.given.opportunity({ contactId, name: 'Open' })
      const closing = await crm.given.opportunity({ contactId, name: 'Closing' })
      const wish = { pipelineId: crm.pipeline.id, contactId, name: `Upserted ${round}` }

      const [, upserted] = await Promise.all([
        crm.v2.put(`/opportunities/${closing.id}/status`, { status: 'won' }),
        other.v2.post('/opportunities/upsert', wish),
      ])

      const [first] = (await crm.events(closing.id)).slice(1)
      const meant = first?.after.status === 'won' ? open.id : closing.id
      expect(upserted.body.opportunity.id).toBe(meant)
    }
  })

  test('tags and followers that many add to one record are all there', async () => {
    const users = await together(6, () => crm.given.user())
    const { id, contactId } = await crm.given.opportunity()

    const added = await together(18, ({ v2 }, at) => {
      const user = users[at % 6]?.id
      if (at < 6) return v2.post(`/contacts/${contactId}/tags`, { tags: [`tag ${at}`, 'everybody'] })
      return v2.post(at < 12 ? `/contacts/${contactId}/followers` : `/opportunities/${id}/followers`, {
        followers: [user],
      })
    })

    expect(new Set(statuses(added))).toEqual(new Set([201]))
    const contact = (await crm.v2.get(`/contacts/${contactId}`)).body.contact
    const { opportunity } = (await crm.v2.get(`/opportunities/${id}`)).body
    expect(contact.tags.sort()).toEqual(['everybody', ...Array.from({ length: 6 }, (_, at) => `tag ${at}`)])
    expect(contact.followers.sort()).toEqual(users.map((user) => user.id).sort())
    expect(opportunity.followers.sort()).toEqual(users.map((user) => user.id).sort())
    await isWhole()
  })

  test('tags that come with deals and on their own are all on the contact, and nobody waits for who waits', async () => {
    for (let round = 0; round < rounds; round++) {
      const { id, contactId } = await crm.given.opportunity()
      const place = { pipelineId: crm.pipeline.id, contactId }
      const name = (at: number) => `with ${round} ${at}`

      const begun = await countBegun(8, (ctx, at) => {
        const contact = { tags: [name(at)] }
        if (at % 4 === 0) return createOpportunity(ctx, { ...place, name: 'A deal', status: 'open', contact })
        if (at % 4 === 1) return upsertOpportunity(ctx, { ...place, contact })
        if (at % 4 === 2) return updateOpportunity(ctx, id, { contact, name: `Changed ${at}` })
        return addTags(ctx, contactId, [name(at)])
      })

      expect(begun).toBe(8)
      expect((await tagsOf(contactId)).sort()).toEqual(Array.from({ length: 8 }, (_, at) => name(at)))
    }
    await isWhole()
  })

  test('tags that many contacts bring are made once each, in whatever order they come', async () => {
    for (let round = 0; round < rounds; round++) {
      const names = ['one', 'two', 'three', 'four', 'five'].map((name) => `made ${name} ${round}`)

      const begun = await countBegun(12, (ctx, at) => {
        const tags = [...names.slice(at % 5), ...names.slice(0, at % 5)]
        return createContact(ctx, { firstName: `Tagged ${at}`, tags })
      })

      expect(begun).toBe(12)
      expect((await everyTag()).filter(({ name }) => names.includes(name))).toHaveLength(5)
    }
    await isWhole()
  })

  test('two that make the same tag by name make one', async () => {
    for (let round = 0; round < rounds; round++) {
      const made = await together(4, ({ v2 }) =>
        v2.post(`/locations/${crm.locationId}/tags`, { name: `same ${round}` }),
      )

      expect(statuses(made)).toEqual([200, 400, 400, 400])
    }
    await isWhole()
  })

  test("a tag that is renamed or deleted while contacts get it is no contact's any more, or is made again", async () => {
    for (let round = 0; round < rounds; round++) {
      const name = `passing ${round}`
      const contacts = await together(5, () => crm.given.contact())
      await crm.v2.post(`/contacts/${contacts[0].id}/tags`, { tags: [name] })
      const tag = (await everyTag()).find((one) => one.name === name)
      const path = `/locations/${crm.locationId}/tags/${tag?.id}`

      const replies = await together(6, ({ v2 }, at) => {
        if (at === 3) return round % 2 === 0 ? v2.put(path, { name: `renamed ${round}` }) : v2.delete(path)
        return v2.post(`/contacts/${contacts[at % 5].id}/tags`, { tags: [name] })
      })

      expect(statuses(replies).filter((status) => status >= 400)).toEqual([])
    }
    await isWhole()
  })

  test('tags given to and taken from many contacts together are right, whoever names them in which order', async () => {
    const contacts: string[] = (await together(12, () => crm.given.contact())).map(({ id }) => id)
    const path = '/contacts/bulk/tags/update'

    const replies = await together(12, ({ v2 }, at) => {
      const body = {
        locationId: crm.locationId,
        contacts: at % 2 ? contacts : contacts.toReversed(),
        tags: [`bulk ${at}`],
      }
      return v2.post(`${path}/add`, body)
    })

    expect(new Set(statuses(replies))).toEqual(new Set([201]))
    for (const id of contacts) expect(await tagsOf(id)).toHaveLength(12)
    await isWhole()
  })

  test('an opportunity is never left in a stage or pipeline that goes while it is put there', async () => {
    for (let round = 0; round < rounds; round++) {
      const pipeline = await crm.given.pipeline()
      const [, second, third] = pipeline.stages.map(({ id }) => id) as [string, string, string]
      const deals = await together(8, () => crm.given.opportunity())
      const path = `/opportunities/pipelines/${pipeline.id}`

      const replies = await together(8, ({ v2 }, at) => {
        if (at === 2) return round % 2 === 0 ? v2.put(path, { stages: [{ id: third, name: 'All' }] }) : v2.delete(path)
        const { id, contactId } = deals[at]
        const place = { pipelineId: pipeline.id, ...(at % 2 === 0 && { pipelineStageId: second }) }
        return at < 6
          ? v2.put(`/opportunities/${id}`, place)
          : v2.post('/opportunities/upsert', { ...place, contactId })
      })

      expect(replies[2]?.status).toBe(200)
      expect(statuses(replies).filter((status) => ![200, 201, 400, 422].includes(status))).toEqual([])
    }
    await isWhole()
  })

  test('a stage that goes waits for nobody who waits for it', async () => {
    const pipeline = await crm.given.pipeline()
    const [first, second, third] = pipeline.stages.map(({ id }) => id) as [string, string, string]
    const place = { pipelineId: pipeline.id, pipelineStageId: second, contactId: (await crm.given.contact()).id }
    const deals = await together(60, () => crm.given.opportunity(place))

    const begun = await countBegun(61, async (ctx, at) => {
      if (at === 0) return updatePipeline(ctx, pipeline.id, { stages: [{ id: first, name: 'All' }] })
      const moved = updateOpportunity(ctx, deals[at - 1].id, { pipelineStageId: at % 2 ? third : first })
      return moved.catch((error) => expect(error).toMatchObject({ code: 'mismatch' }))
    })

    expect(begun).toBe(61)
    await isWhole()
  })

  test('pipelines that are made together have places of their own', async () => {
    const { locationId } = crm
    const made = await together(8, ({ v2 }, at) =>
      v2.post('/opportunities/pipelines', { locationId, name: `Beside ${at}`, stages: [{ name: 'One' }] }),
    )

    const rows = await crm.app.store.all<{ position: number }>(sql`
      select position from pipelines where location_id = ${locationId}`)
    expect(statuses(made)).toEqual(Array(8).fill(201))
    expect(new Set(rows.map(({ position }) => position)).size).toBe(rows.length)
  })

  test('changes of one tag, pipeline, lost reason, field, value, user and location follow each other', async () => {
    const { locationId } = crm
    const pipeline = await crm.given.pipeline()
    const { lostReason } = (await crm.v2.post('/opportunities/lost-reason', { name: 'Price' })).body
    const field = { name: 'Size', dataType: 'TEXT', model: 'opportunity' }
    const { customField } = (await crm.v2.post(`/locations/${locationId}/customFields`, field)).body
    const { customValue } = (await crm.v2.post(`/locations/${locationId}/customValues`, { name: 'Hours', value: '' }))
      .body
    const user = await crm.given.user()
    await crm.v2.post(`/locations/${locationId}/tags`, { name: 'turning' })
    const tag = (await everyTag()).find(({ name }) => name === 'turning')
    const acts = [
      [`/locations/${locationId}/tags/${tag?.id}`, (name: string) => ({ name })],
      [`/opportunities/pipelines/${pipeline.id}`, (name: string) => ({ name })],
      [`/opportunities/lost-reason/${lostReason.id}`, (name: string) => ({ name })],
      [`/locations/${locationId}/customFields/${customField.id}`, (name: string) => ({ name })],
      [`/locations/${locationId}/customValues/${customValue.id}`, (name: string) => ({ name, value: name })],
      [`/users/${user.id}`, (name: string) => ({ firstName: name })],
      [`/locations/${locationId}`, (name: string) => ({ name, companyId: 'c' })],
    ] as const

    const replies = await together(42, ({ v2 }, at) => {
      const [path, wish] = acts[Math.floor(at / 6)] as (typeof acts)[number]
      return v2.put(path, wish(`Name ${at}`))
    })

    expect(new Set(statuses(replies))).toEqual(new Set([200]))
    await isWhole()
  })

  test('a custom field that goes takes along the values that are being written to it', async () => {
    for (let round = 0; round < rounds; round++) {
      const model = round % 2 === 0 ? 'contact' : 'opportunity'
      const path = `/locations/${crm.locationId}/customFields`
      const { customField } = (await crm.v2.post(path, { name: `Going ${round}`, dataType: 'TEXT', model })).body
      const records = await together(5, () => (model === 'contact' ? crm.given.contact() : crm.given.opportunity()))
      const customFields = [{ id: customField.id, field_value: 'Kept?' }]

      const replies = await together(6, ({ v2 }, at) => {
        if (at === 2) return v2.delete(`${path}/${customField.id}`)
        const place = model === 'contact' ? '/contacts' : '/opportunities'
        return v2.put(`${place}/${records[at % 5].id}`, { customFields })
      })

      expect(replies[2]?.status).toBe(200)
      expect(statuses(replies).filter((status) => ![200, 400, 422].includes(status))).toEqual([])
    }
    await isWhole()
  })

  test('one user is made of an e-mail address, also where one was deleted', async () => {
    for (let round = 0; round < rounds; round++) {
      const wish = { firstName: 'Grace', lastName: 'Hopper', email: `grace${round}@example.com`, role: 'user' }
      if (round % 2 === 0) await crm.v2.delete(`/users/${(await crm.v2.post('/users/', wish)).body.id}`)

      const made = await together(4, ({ v2 }) => v2.post('/users/', wish))

      expect(statuses(made)).toEqual([201, 400, 400, 400])
    }
    await isWhole()
  })

  test('one e-mail address signs in to one location', async () => {
    const places = await together(2, () => createLocation(crm.as(crm.locationId), { name: 'Elsewhere' }))
    const wish = { firstName: 'Ada', email: 'everywhere@example.com', password: 'kuroba-tesimo-nadika-ruvale' }

    const made = await Promise.allSettled(places.map(({ id }, at) => createUser((at ? other : crm).as(id), wish)))

    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(made.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } })
    const signIns = await crm.app.store.all(sql`select email from sign_ins where email = ${wish.email}`)
    expect(signIns).toHaveLength(1)
    await isWhole()
  })

  test('of a token that is rotated many times at once, one secret works', async () => {
    const { token } = await createToken(crm.as(crm.locationId), { name: 'Turning' })

    const issued = await together(8, ({ as }) => rotateToken(as(crm.locationId), token.id, { now: true }))

    const { store } = crm.app
    const working = await Promise.all(issued.map(({ secret }) => findToken(store, secret, Date.now())))
    expect(working.filter(Boolean)).toHaveLength(1)
    await isWhole()
  })

  test('notes, contacts and totals are counted, each by many', async () => {
    const { id: contactId } = await crm.given.contact()
    const { locationId, pipeline } = crm
    const total = async () => (await crm.v2.get(`/contacts/?locationId=${locationId}`)).body.meta.total as number
    const before = await total()
    const deals = await together(16, () => crm.given.opportunity({ contactId, monetaryValue: 10.1 }))

    const replies = await together(64, ({ v2 }, at) => {
      const deal = deals[at % 16]
      if (at < 16) return v2.post(`/contacts/${contactId}/notes`, { body: `Note ${at}` })
      if (at < 32) return v2.post('/contacts/', { locationId, firstName: `Counted ${at}` })
      if (at < 48)
        return v2.put(`/opportunities/${deal.id}`, { monetaryValue: at, pipelineStageId: crm.stages[at % 4]?.id })
      return at % 4 === 3
        ? v2.delete(`/opportunities/${deal.id}`)
        : v2.put(`/opportunities/${deal.id}/status`, { status: 'won' })
    })

    expect(statuses(replies).filter((status) => ![200, 201, 404].includes(status))).toEqual([])
    const shown = (await crm.v2.get(`/opportunities/${deals[0].id}`)).body.opportunity
    expect(shown.pipelineId).toBe(pipeline.id)
    expect((await crm.v2.get(`/contacts/${contactId}/notes`)).body.notes).toHaveLength(16)
    expect(await total()).toBe(before + 16)
    await isWhole()
  })

  test('two that start on an empty database furnish it once', async () => {
    for (let round = 0; round < 3; round++) {
      const place = crm.app.store.isShared ? await createDatabase() : { db: ':memory:', discard: async () => {} }
      const one = await openStore(place.db)
      const two = crm.app.store.isShared ? await openStore(place.db) : one

      const started = await Promise.all([one, two, one, two].map((store) => bootstrap(store, Date.now())))

      expect(started.filter(Boolean)).toHaveLength(1)
      expect(await one.all(sql`select location_id from locations`)).toHaveLength(1)
      await Promise.all([one.close(), two === one ? undefined : two.close()])
      await place.discard()
    }
  })
})
