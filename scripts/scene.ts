import { createApp } from '../src/app.ts'
import { makeUp } from '../src/cli/seed/demo.ts'
import type { Config } from '../src/config.ts'
import { bootstrap } from '../src/domain/installation/bootstrap.ts'
import { allScopes } from '../src/domain/tokens/scopes.ts'

/** A working afternoon, and it stays that. */
const now = Date.UTC(2026, 10, 20, 14, 30)

const config: Config = {
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
  allowPrivateWebhooks: [],
  keepDeliveries: 30,
}

export type Scene = Awaited<ReturnType<typeof startScene>>

/** The real program with so many opportunities made up, at a moment that does not pass. */
export async function startScene(opportunities: number) {
  const app = await createApp(config, () => now)
  const made = await bootstrap(app.store, now)
  if (!made) throw new Error('The store was not empty')
  const { locationId, token, admin } = made
  const url = await app.listen()
  const caller = { locationId, kind: 'system', id: 'demo', scopes: new Set<string>(allScopes) } as const
  if (opportunities > 0) await makeUp({ store: app.store, caller, now: () => now, wake: () => {} }, opportunities)

  return {
    url,
    now,
    admin,
    /** The id of the first record of a list that the API answers with. */
    async first(path: string, list: string, more = '&limit=1'): Promise<string | undefined> {
      const headers = { authorization: `Bearer ${token}`, version: 'v3' }
      const reply = await fetch(`${url}${path}?locationId=${locationId}${more}`, { headers })
      if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`)
      return ((await reply.json()) as Record<string, { id: string }[]>)[list]?.[0]?.id
    },
    stop: () => app.close(),
  }
}
