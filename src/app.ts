import type { FastifyInstance } from 'fastify'
import { createServer } from './api/server.ts'
import type { Config } from './config.ts'
import { createLogger } from './log.ts'
import type { Store } from './store/database.ts'
import { openStore } from './store/open.ts'

export interface App {
  store: Store
  server: FastifyInstance
  /** Begins to answer; the address, `http://host:port`. */
  listen(): Promise<string>
  /** Finishes the requests under way, then closes the store. */
  close(): Promise<void>
}

/** The whole program, wired but not listening yet. */
export async function createApp(config: Config, now: () => number = Date.now): Promise<App> {
  const store = await openStore(config.db)
  const { publicUrl, rateLimit, requireStage, relaxedSearch } = config
  const server = await createServer({
    store,
    now,
    // Automation listens here.
    wake: () => {},
    publicUrl,
    rateLimit,
    dialects: { requireStage, relaxedSearch },
    logger: createLogger(config.logLevel),
  })
  return {
    store,
    server,
    listen: () => server.listen({ host: config.host, port: config.port }),
    async close() {
      await server.close().finally(() => store.close())
    },
  }
}
