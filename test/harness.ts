import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe } from 'vitest'
import { type App, createApp } from '../src/app.ts'
import type { Config } from '../src/config.ts'
import { createLocation } from '../src/domain/accounts/locations.ts'
import { createUser } from '../src/domain/accounts/users.ts'
import type { Context } from '../src/domain/context.ts'
import { bootstrap } from '../src/domain/installation/bootstrap.ts'
import { readSides } from '../src/domain/outbox.ts'
import { createPipeline } from '../src/domain/pipelines/commands.ts'
import { createToken } from '../src/domain/tokens/tokens.ts'
import { conform } from './support/conform.ts'
import { createDatabase, type Place } from './support/postgres.ts'

export interface Reply {
  status: number
  headers: Headers
  /** Parsed; checked against the operation's documented reply when it is a success. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire carries
  body: any
  text: string
}

// biome-ignore lint/suspicious/noExplicitAny: tests read whatever the record is
type Sides = { before: any; after: any }

export interface Ask {
  /** Sent as JSON unless it is text already. */
  body?: unknown
  token?: string
  headers?: Record<string, string>
}

/** What a test's server is started with, where it wants nothing else. */
export const base: Config = {
  host: '127.0.0.1',
  port: 0,
  db: ':memory:',
  publicUrl: null,
  rateLimit: null,
  demo: 0,
  json: false,
  logLevel: 'error',
  requireStage: false,
  relaxedSearch: false,
  // The receivers of tests listen here, and what else is inside stays refused.
  allowPrivateWebhooks: ['127.0.0.1/32'],
  keepDeliveries: 30,
}

/** The real program on a store of its own, and what a test needs to speak with it. */
export async function startCrm(config: Partial<Config> = {}) {
  const clock = { offset: 0 }
  const now = () => Date.now() + clock.offset
  const app: App = await createApp({ ...base, ...config }, now)
  const first = await bootstrap(app.store, now())
  if (!first) throw new Error('The store was not empty')
  const url = await app.listen()
  const { locationId, token } = first

  const as = (id: string): Context => ({
    store: app.store,
    caller: { locationId: id, kind: 'system', id: 'test', scopes: new Set() },
    now,
    wake: () => {},
  })

  async function ask(
    method: string,
    path: string,
    { body, token: other = token, headers = {} }: Ask = {},
  ): Promise<Reply> {
    const response = await fetch(url + path, {
      method,
      headers: Object.fromEntries(
        Object.entries({
          ...(other && { authorization: `Bearer ${other}` }),
          version: '2021-07-28',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        }).filter(([name, value]) => name !== 'version' || value !== ''),
      ),
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const reply = { status: response.status, headers: response.headers, text, body: parse(text) }
    conform(method, path, reply, headers.version)
    return reply
  }

  /** A dialect, as its clients call it. */
  const dialect = (usual: Ask) => {
    const call =
      (method: string) =>
      (path: string, body?: unknown, options: Ask = {}) =>
        ask(method, path, { body, ...usual, ...options, headers: { ...usual.headers, ...options.headers } })
    const get = (path: string, options?: Ask) => call('GET')(path, undefined, options)
    return { get, post: call('POST'), put: call('PUT'), patch: call('PATCH'), delete: call('DELETE') }
  }
  const v1 = dialect({ token: first.apiKey, headers: { version: '' } })
  const v2 = dialect({})
  const v3 = dialect({ headers: { version: 'v3' } })

  const [pipeline] = (await v2.get(`/opportunities/pipelines?locationId=${locationId}`)).body.pipelines
  let made = 0

  const given = {
    async contact(fields: object = {}) {
      made++
      const email = `person${made}@example.com`
      const reply = await v2.post('/contacts/', {
        locationId,
        firstName: 'Ada',
        lastName: `No${made}`,
        email,
        ...fields,
      })
      if (reply.status !== 201) throw new Error(reply.text)
      return reply.body.contact
    },
    async opportunity(fields: Record<string, unknown> = {}) {
      const contactId = fields.contactId ?? (await given.contact()).id
      const body = { locationId, pipelineId: pipeline.id, name: 'A deal', status: 'open', contactId, ...fields }
      const reply = await v2.post('/opportunities/', body)
      if (reply.status !== 201) throw new Error(reply.text)
      return reply.body.opportunity
    },
    async token(scopes?: string[]) {
      return (await createToken(as(locationId), { name: 'Another', ...(scopes && { scopes }) })).secret
    },
    pipeline: (name = 'Another pipeline', stages = ['First', 'Second', 'Third']) =>
      createPipeline(as(locationId), { name, stages: stages.map((stage) => ({ name: stage })) }),
    user: (firstName = 'Grace') =>
      createUser(as(locationId), { firstName, lastName: 'Hopper', email: `user${++made}@example.com` }),
    /** Another location, with a pipeline, a token and a contact of its own. */
    async location(settings: object = {}) {
      const other = await createLocation(as(locationId), { name: 'Elsewhere', settings })
      const { secret } = await createToken(as(other.id), { name: 'Theirs' })
      const theirs = await createPipeline(as(other.id), { name: 'Theirs', stages: [{ name: 'One' }, { name: 'Two' }] })
      return { id: other.id, token: secret, pipeline: theirs }
    },
  }

  return {
    app,
    url,
    locationId,
    token,
    first,
    pipeline,
    stages: pipeline.stages as { id: string; name: string }[],
    v1,
    v2,
    v3,
    ask,
    given,
    as,
    /** Lets time pass for the server. */
    advance: (ms: number) => {
      clock.offset += ms
    },
    /** The events of a record, oldest first. */
    events: async (recordId: string) =>
      (
        await app.store.all<{ types: string; before: string | null; after: string | null; callerId: string }>(sql`
        select types, "before", "after", caller_id as "callerId" from events
        where record_id = ${recordId} order by seq`)
      ).map(({ types, callerId, ...row }) => ({
        types: JSON.parse(types) as string[],
        callerId,
        ...(readSides(row) as Sides),
      })),
    /** Until all that follows from what was changed, and is due, has been done. */
    settle: () => app.settle(),
    stop: () => app.close(),
  }
}

export type Crm = Awaited<ReturnType<typeof startCrm>>

const stores: { name: string; open: () => Promise<Place> }[] = [
  { name: 'SQLite in memory', open: async () => ({ db: ':memory:', discard: async () => {} }) },
  {
    name: 'SQLite in a file',
    async open() {
      const folder = mkdtempSync(join(tmpdir(), 'pipewright-'))
      return { db: join(folder, 'test.db'), discard: async () => rmSync(folder, { recursive: true }) }
    },
  },
  { name: 'PostgreSQL', open: createDatabase },
]

/** Runs the tests once on each store, each time against a fresh server. Use `crm` inside tests and hooks only. */
export function onEveryStore(name: string, tests: (crm: Crm) => void, config: Partial<Config> = {}) {
  describe.each(stores)(`${name} ($name)`, ({ open }) => {
    const crm = {} as Crm
    let discard = async () => {}
    beforeAll(async () => {
      const opened = await open()
      discard = opened.discard
      Object.assign(crm, await startCrm({ ...config, db: opened.db }))
    })
    afterAll(async () => {
      await crm.stop?.()
      await discard()
    })
    tests(crm)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A reply's body without its trace id, for comparing whole. */
export function bare({ body }: Reply) {
  const { traceId: _, ...rest } = body
  return rest
}
