import { beforeAll, describe, expect, test } from 'vitest'
import { v2 } from '../../../src/api/v2/routes.ts'
import { bare, type Crm, onEveryStore } from '../../harness.ts'
import { type Call, callerOf } from '../../support/every/call.ts'
import { callEverything } from '../../support/every/operations.ts'

/* What v3 does not say differently it says as v2 does. */

/** Whose replies differ: they hold an opportunity or a contact, or spell success in another way. */
const differing = new Set([
  ...['create-opportunity', 'get-opportunity', 'update-opportunity', 'update-opportunity-status', 'upsert-opportunity'],
  ...['search-opportunity', 'search-opportunities-advanced'],
  ...['delete-user', 'create-association'],
])

/** What is new in every reply, and in every run, by what it is. */
const forms: [RegExp, string][] = [
  [/^[A-Za-z0-9]{20}$/, 'id'],
  [/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'uuid'],
  [/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'time'],
  [/^\d{13}$/, 'moment'],
  [/^http:\/\/127\.0\.0\.1:\d+\/contacts\/\?\S+&page=2$/, 'link'],
]

/** A reply without what is its own; lists in any order, for what was made in one millisecond stands in any. */
function shown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shown).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shown(inner)]))
  }
  return forms.find(([pattern]) => pattern.test(String(value)))?.[1] ?? value
}

/** Everything that is called through a dialect, on a server of its own, and what it answered. */
async function hear(crm: Crm, dialect: 'v2' | 'v3') {
  const { call } = callerOf(crm, dialect)
  const heard: { id: string; reply: unknown }[] = []
  const listening: Call = async (id, sent) => {
    const body = await call(id, sent)
    heard.push({ id, reply: shown(bare({ body } as never)) })
    return body
  }
  await callEverything(crm, listening)
  await listening('get-contacts', { query: { locationId: crm.locationId, limit: 100 } })
  await listening('search-contacts-advanced', { body: { locationId: crm.locationId, pageLimit: 100 } })
  return heard
}

const heard: Record<'v2' | 'v3', Awaited<ReturnType<typeof hear>>[]> = { v2: [], v3: [] }

for (const dialect of ['v2', 'v3'] as const) {
  onEveryStore(`every operation, called through ${dialect}`, (crm) => {
    test('answers', async () => {
      heard[dialect].push(await hear(crm, dialect))
    })
  })
}

describe('v3 beside v2', () => {
  let alike: string[]
  beforeAll(() => {
    alike = Object.keys(v2).filter((id) => !differing.has(id))
  })

  test('what does not differ is answered alike, on every store', () => {
    const [first = [], ...others] = heard.v2

    expect(heard.v3).toHaveLength(heard.v2.length)
    for (const replies of [...others, ...heard.v3]) {
      expect(replies.map(({ id }) => id)).toEqual(first.map(({ id }) => id))
      for (const [at, { id, reply }] of replies.entries()) {
        if (alike.includes(id)) expect(reply, id).toEqual(first[at]?.reply)
      }
    }
  })

  test('nothing was left out', () => {
    const called = new Set(heard.v3.flat().map(({ id }) => id))

    expect(alike.filter((id) => !called.has(id))).toEqual([])
    expect(alike.length).toBeGreaterThan(60)
  })
})
