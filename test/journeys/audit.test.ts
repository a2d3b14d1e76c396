import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { onEveryStore } from '../harness.ts'
import { audit } from '../support/audit.ts'
import { type Random, randomFrom } from '../support/random.ts'

const callers = 8
const steps = 150

onEveryStore('what is kept beside the records', (crm) => {
  /** Ids that anyone may reach for, the gone among them. */
  const ids: Record<
    'contacts' | 'opportunities' | 'pipelines' | 'users' | 'fields' | 'tags' | 'notes' | 'tasks',
    string[]
  > = { contacts: [], opportunities: [], pipelines: [], users: [], fields: [], tags: [], notes: [], tasks: [] }
  const statuses: Record<number, number> = {}

  async function call(method: string, path: string, body?: unknown) {
    const reply = await crm.ask(method, path, { body })
    statuses[reply.status] = (statuses[reply.status] ?? 0) + 1
    return reply.body
  }

  const text = (random: Random) =>
    random.one([
      'Ada',
      'Zoë Ünal',
      '50% off_now\\',
      `"quoted" 'n' all`,
      '予算 2030',
      'Ḱ',
      'ab',
      `Deal ${random.below(1e6)}`,
    ])
  const amount = (random: Random) =>
    random.one([null, 0, 0.1, 0.0001, 19.99, -250, 1e9, 1e11, -1e11, random.below(1e6) / 100])
  const some = (random: Random, list: string[]) => list.filter(() => random.chance(0.4)).slice(0, 5)

  const values = (random: Random) =>
    some(random, ids.fields).map((id) => ({ id, field_value: random.one(['red', '12', null, '']) }))

  function deal(random: Random) {
    const whole = {
      name: text(random),
      status: random.one(['open', 'won', 'lost', 'abandoned']),
      monetaryValue: amount(random),
      assignedTo: random.one([null, '', ...ids.users]),
      contactId: random.one(ids.contacts),
      pipelineId: random.one(ids.pipelines),
      customFields: values(random),
      tags: some(random, ['vip', 'Cold ', 'nr 1']),
      companyName: text(random),
      forecastExpectedCloseDate: random.one(['2030-01-01', '2031-06-30', null]),
    }
    return Object.fromEntries(Object.entries(whole).filter(() => random.chance(0.5)))
  }

  const person = (random: Random) => ({
    firstName: text(random),
    lastName: random.one([null, '', text(random)]),
    email: random.one([null, `person${random.below(40)}@example.com`]),
    phone: random.one([null, `+1415555${1000 + random.below(40)}`]),
    tags: some(random, ['vip', 'cold', 'nr 1', 'ÄÖ']),
    followers: some(random, ids.users),
    customFields: values(random),
  })

  const acts: ((random: Random) => Promise<unknown>)[] = [
    async (random) => {
      const { contact } = await call('POST', '/contacts/', { locationId: crm.locationId, ...person(random) })
      if (contact) ids.contacts.push(contact.id)
    },
    async (random) => {
      const reply = await call('POST', '/contacts/upsert', { locationId: crm.locationId, ...person(random) })
      if (reply.new) ids.contacts.push(reply.contact.id)
    },
    (random) => call('PUT', `/contacts/${random.one(ids.contacts)}`, person(random)),
    (random) => call('POST', `/contacts/${random.one(ids.contacts)}/tags`, { tags: [text(random), 'vip'] }),
    (random) => call('DELETE', `/contacts/${random.one(ids.contacts)}/tags`, { tags: ['vip', 'cold'] }),
    (random) => call('POST', `/contacts/${random.one(ids.contacts)}/followers`, { followers: some(random, ids.users) }),
    (random) => call('DELETE', `/contacts/${random.one(ids.contacts)}/followers?isRemoveAllFollowers=true`),
    async (random) => {
      const { note } = await call('POST', `/contacts/${random.one(ids.contacts)}/notes`, { body: text(random) })
      if (note) ids.notes.push(`${note.contactId}/notes/${note.id}`)
    },
    (random) => call('PUT', `/contacts/${random.one(ids.notes)}`, { body: text(random), pinned: random.chance(0.5) }),
    (random) => call('DELETE', `/contacts/${random.one(ids.notes)}`),
    async (random) => {
      const body = { title: text(random), dueDate: '2030-01-01T00:00:00Z', completed: false }
      const { task } = await call('POST', `/contacts/${random.one(ids.contacts)}/tasks`, body)
      if (task) ids.tasks.push(`${task.contactId}/tasks/${task.id}`)
    },
    (random) => call('PUT', `/contacts/${random.one(ids.tasks)}/completed`, { completed: random.chance(0.5) }),
    (random) => call('DELETE', `/contacts/${random.one(ids.tasks)}`),
    async (random) => {
      const needed = { pipelineId: random.one(ids.pipelines), contactId: random.one(ids.contacts), status: 'open' }
      const body = { locationId: crm.locationId, name: text(random), ...needed, ...deal(random) }
      const { opportunity } = await call('POST', '/opportunities/', body)
      if (opportunity) ids.opportunities.push(opportunity.id)
    },
    (random) => call('PUT', `/opportunities/${random.one(ids.opportunities)}`, deal(random)),
    (random) => call('PUT', `/opportunities/${random.one(ids.opportunities)}`, deal(random)),
    (random) =>
      call('PUT', `/opportunities/${random.one(ids.opportunities)}/status`, { status: random.one(['won', 'open']) }),
    async (random) => {
      const needed = { pipelineId: random.one(ids.pipelines), contactId: random.one(ids.contacts) }
      const follow = { followers: some(random, ids.users), isRemoveAllFollowers: random.chance(0.5) }
      const reply = await call('POST', '/opportunities/upsert', { ...deal(random), ...needed, ...follow })
      if (reply.new) ids.opportunities.push(reply.opportunity.id)
    },
    (random) =>
      call('POST', `/opportunities/${random.one(ids.opportunities)}/followers`, { followers: some(random, ids.users) }),
    (random) => call('DELETE', `/opportunities/${random.one(ids.opportunities)}`),
    async (random) => {
      const body = {
        locationId: crm.locationId,
        name: text(random),
        stages: [{ name: 'A' }, { name: 'B' }, { name: 'C' }],
      }
      const { id } = await call('POST', '/opportunities/pipelines', body)
      ids.pipelines.push(id)
    },
    async (random) => {
      const path = `/opportunities/pipelines/${random.one(ids.pipelines)}`
      const { stages = [] } = await call('GET', path)
      const kept = (stages as { id: string; name: string }[]).filter(() => random.chance(0.7))
      const wanted = kept.map(({ id, name }) => ({ id, name }))
      await call('PUT', path, { stages: [...wanted, { name: `New ${random.below(1e9)}` }] })
    },
    async (random) => {
      const body = { firstName: text(random), lastName: '', email: `user${random.below(6)}@example.com`, role: 'user' }
      const { id } = await call('POST', '/users/', body)
      if (id) ids.users.push(id)
    },
    async (random) => {
      const type = {
        dataType: random.one(['TEXT', 'NUMERICAL', 'CHECKBOX']),
        model: random.one(['contact', 'opportunity']),
      }
      const { customField } = await call('POST', `/locations/${crm.locationId}/customFields`, {
        name: text(random),
        ...type,
      })
      if (customField) ids.fields.push(customField.id)
    },
    (random) => call('POST', `/locations/${crm.locationId}/customValues`, { name: text(random), value: text(random) }),
    async (random) => {
      const { tags } = await call('GET', `/locations/${crm.locationId}/tags`)
      const tag = random.one(tags as { id: string }[])
      if (tag) await call('PUT', `/locations/${crm.locationId}/tags/${tag.id}`, { name: text(random) })
    },
    (random) => call('POST', `/console/bin/${random.one(ids.opportunities)}/restore`),
  ]

  /** Seldom, for they take much with them. */
  const disasters: ((random: Random) => Promise<unknown>)[] = [
    (random) => call('DELETE', `/contacts/${random.one(ids.contacts)}`),
    (random) => call('DELETE', `/opportunities/pipelines/${random.one(ids.pipelines.slice(1))}`),
    (random) => call('DELETE', `/users/${random.one(ids.users)}`),
    (random) => call('DELETE', `/locations/${crm.locationId}/customFields/${random.one(ids.fields)}`),
    async (random) => {
      const { tags } = await call('GET', `/locations/${crm.locationId}/tags`)
      const tag = random.one(tags as { id: string }[])
      if (tag) await call('DELETE', `/locations/${crm.locationId}/tags/${tag.id}`)
    },
    (random) => {
      const body = { locationId: crm.locationId, contacts: some(random, ids.contacts), tags: ['bulk', 'vip'] }
      return call('POST', `/contacts/bulk/tags/update/${random.one(['add', 'remove'])}`, body)
    },
  ]

  test('is right after any mixture of changes by many callers at once', { timeout: 60_000 }, async () => {
    ids.pipelines.push(crm.pipeline.id)
    const beginning = randomFrom(1)
    for (let at = 0; at < 10; at++) for (const act of [0, 13, 22, 23]) await acts[act]?.(beginning)

    await Promise.all(
      Array.from({ length: callers }, async (_, caller) => {
        const random = randomFrom(1000 + caller)
        for (let step = 0; step < steps; step++) await random.one(random.chance(0.08) ? disasters : acts)(random)
      }),
    )

    expect(await audit(crm.app.store)).toEqual([])
    expect((statuses[200] ?? 0) + (statuses[201] ?? 0)).toBeGreaterThan((callers * steps) / 3)
    expect(Object.keys(statuses).filter((status) => Number(status) >= 500)).toEqual([])
  })

  test('is noticed by the audit when it is wrong', async () => {
    const { store } = crm.app
    const opportunity = await crm.given.opportunity({ name: 'Watched', monetaryValue: 5 })
    const wrongs = [
      sql`update opportunity_totals set count = count + 1 where pipeline_id = ${crm.pipeline.id}`,
      sql`update opportunities set name = 'Changed behind' where id = ${opportunity.id}`,
      sql`update contacts set note_count = note_count + 1 where id = ${opportunity.contactId}`,
      sql`update events set record_version = 7 where record_id = ${opportunity.id}`,
      sql`update opportunities set last_event = last_event - 1 where id = ${opportunity.id}`,
      sql`update opportunities set last_event = null where id = ${opportunity.id}`,
      sql`update events set previous = 1 where record_id = ${opportunity.id}`,
      sql`update opportunities set search_text = '' where id = ${opportunity.id}`,
      // Where the engine indexes by itself there is none to lose.
      ...(store.isShared ? [] : [sql`update opportunities set text_row = null where id = ${opportunity.id}`]),
      sql`delete from contacts where id = ${opportunity.contactId}`,
    ]

    for (const wrong of wrongs) {
      const found = store.transaction(async (tx) => {
        await tx.run(wrong)
        throw Object.assign(new Error('undo'), {
          sentences: await audit({ ...store, ...tx, transaction: (work) => work(tx) }),
        })
      })
      await expect(found, wrong.sql).rejects.toMatchObject({ message: 'undo', sentences: { 0: expect.any(String) } })
    }
    expect(await audit(store)).toEqual([])
  })
})
