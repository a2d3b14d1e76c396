import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toolsOf } from '../../../src/api/mcp/tools/tools.ts'
import { v3 } from '../../../src/api/v3/routes.ts'
import { bare, type Crm, onEveryStore, startCrm } from '../../harness.ts'
import { fingerprint } from '../../support/fingerprint.ts'
import { callTool, connectMcp } from '../../support/mcp.ts'
import { createDatabase } from '../../support/postgres.ts'
import { type Do, type Place, walk } from './walk.ts'

const tools = toolsOf(v3)
const readScopes = ['opportunities.readonly', 'contacts.readonly', 'locations/tags.readonly', 'users.readonly']

/** What two servers that went the same way share: ids by the order in which they were met, times by being one. */
function alike(value: unknown, url: string): unknown {
  const met = new Map<string, string>()
  const text = JSON.stringify(value)
    .replaceAll(url, 'http://here')
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[A-Za-z0-9]{20}\b/g, (id) => {
      if (!met.has(id)) met.set(id, `id ${met.size}`)
      return met.get(id) as string
    })
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'a time')
    .replace(/\b1[789]\d{11}\b/g, '0')
  return JSON.parse(text)
}

async function placeIn(crm: Crm): Promise<Place> {
  const users = [(await crm.given.user('Grace')).id, (await crm.given.user('Joan')).id]
  return { locationId: crm.locationId, pipeline: crm.pipeline, stages: crm.stages, users }
}

/** What the token did, in order. */
const history = ({ app: { store } }: Crm) =>
  store.all(sql`
    select types, record, record_id as id, "before", "after" from events where caller_kind = 'token' order by seq`)

onEveryStore('tools', (crm) => {
  let other: Crm
  let discard = async () => {}
  beforeAll(async () => {
    const place = crm.app.store.isShared ? await createDatabase() : undefined
    if (place) discard = place.discard
    other = await startCrm({ db: place?.db ?? ':memory:' })
  })
  afterAll(async () => {
    await other.stop()
    await discard()
  })

  test('each do what their request does: same replies, same events, nothing more', async () => {
    const client = await connectMcp(crm.url, crm.token)
    const called = new Set<string>()
    const byTools: unknown[] = []
    await walk(await placeIn(crm), async (tool, args) => {
      const { isError, text, body } = await callTool(client, tool, args)
      if (isError) throw new Error(`${tool}: ${text}`)
      expect(JSON.parse(text)).toEqual(body)
      called.add(tool)
      byTools.push([tool, body])
      return body
    })
    const byRequests: unknown[] = []
    await walk(await placeIn(other), async (tool, _args, method, path, body) => {
      const reply = await other.v3[method](path, body as never)
      if (reply.status >= 400) throw new Error(`${method} ${path}: ${reply.text}`)
      byRequests.push([tool, bare(reply)])
      return reply.body
    })

    expect([...called].sort()).toEqual([...tools.keys()].sort())
    expect(alike(byTools, crm.url)).toEqual(alike(byRequests, other.url))
    const told = await history(crm)
    expect(told.length).toBeGreaterThan(30)
    expect(alike(told, crm.url)).toEqual(alike(await history(other), other.url))
  })
})

onEveryStore('tools that write', (crm) => {
  const changing = [...tools.values()].filter(({ listed }) => !listed.annotations.readOnlyHint).map(({ name }) => name)

  test('change nothing when they are called by a token that may only look, or to see what would be', async () => {
    const client = await connectMcp(crm.url, crm.token)
    const looking = await connectMcp(crm.url, await crm.given.token(readScopes))
    const rehearsed = new Set<string>()
    const act: Do = async (tool, args) => {
      if (!changing.includes(tool)) return (await callTool(client, tool, args)).body
      const before = await fingerprint(crm.app.store)

      const refused = await callTool(looking, tool, args)
      const refusedToo = await callTool(looking, tool, { ...args, dryRun: true })
      const dry = await callTool(client, tool, { ...args, dryRun: true })

      expect(await fingerprint(crm.app.store)).toBe(before)
      for (const { isError, text } of [refused, refusedToo]) {
        expect(isError, tool).toBe(true)
        expect(text).toContain(`${tool} needs the scope ${tools.get(tool)?.row.scope}.`)
      }
      const real = await callTool(client, tool, args)
      expect(real.isError, real.text).toBe(false)
      expect(await fingerprint(crm.app.store), tool).not.toBe(before)
      expect(alike(dry.body, crm.url)).toEqual(alike({ dryRun: true, ...real.body }, crm.url))
      rehearsed.add(tool)
      return real.body
    }

    await walk(await placeIn(crm), act)

    expect([...rehearsed].sort()).toEqual(changing.sort())
  })

  test('do nothing more when they are called once more, where they are marked so', async () => {
    const marked = [...tools.values()].filter(({ listed }) => listed.annotations.idempotentHint).map(({ name }) => name)
    const client = await connectMcp(crm.url, crm.token)
    const act: Do = async (tool, args) => {
      const { isError, text, body } = await callTool(client, tool, args)
      expect(isError, text).toBe(false)
      if (!marked.includes(tool)) return body
      const before = await fingerprint(crm.app.store)

      await callTool(client, tool, args)

      expect(await fingerprint(crm.app.store), tool).toBe(before)
      return body
    }

    await walk(await placeIn(crm), act)
  })

  test('refuse in a rehearsal what they would refuse in earnest', async () => {
    const client = await connectMcp(crm.url, crm.token)
    const { id } = await crm.given.opportunity()
    const wrong = { opportunityId: id, pipelineStageId: 'elsewhere' }

    const dry = await callTool(client, 'ghl_update_opportunity_stage', { ...wrong, dryRun: true })

    expect(dry).toEqual(await callTool(client, 'ghl_update_opportunity_stage', wrong))
    expect(dry.isError).toBe(true)
  })
})
