import type { FastifyInstance } from 'fastify'
import { createServer } from './api/server.ts'
import { lanesOf } from './automation/lanes.ts'
import { createOutbound } from './automation/outbound/late.ts'
import { startWorker, type Worker } from './automation/worker.ts'
import type { Config } from './config.ts'
import { tellOfWork } from './domain/commit.ts'
import { createLogger } from './log.ts'
import type { Store } from './store/database.ts'
import { openStore } from './store/open.ts'

export interface App {
  store: Store
  server: FastifyInstance
  /** Begins to answer; the address, `http://host:port`. */
  listen(): Promise<string>
  /** Does all that follows from what was changed so far, and is due: deliveries, runs. For tests that hold the clock. */
  settle(): Promise<void>
  /** Finishes the requests under way and what follows from them, then closes the store. */
  close(): Promise<void>
}

/** The whole program, wired but not listening yet. */
export async function createApp(config: Config, now: () => number = Date.now): Promise<App> {
  const store = await openStore(config.db)
  const { publicUrl, rateLimit, requireStage, relaxedSearch } = config
  const logger = createLogger(config.logLevel)
  const outbound = createOutbound({ allow: config.allowPrivateWebhooks })
  const keepDeliveries = config.keepDeliveries * 24 * 60 * 60 * 1000
  let worker: Worker | undefined
  const wake = () => worker?.wake()
  const begin = () => {
    worker ??= startWorker(lanesOf({ store, now, logger, wake, outbound, keepDeliveries }), { now, logger })
    return worker
  }
  const deafen = store.listen((topics) => {
    if (tellOfWork(topics)) wake()
  })
  const server = await createServer({
    store,
    now,
    wake,
    publicUrl,
    rateLimit,
    dialects: { requireStage, relaxedSearch },
    logger,
  })
  return {
    store,
    server,
    async listen() {
      const address = await server.listen({ host: config.host, port: config.port })
      begin()
      return address
    },
    settle: () => begin().settle(),
    async close() {
      deafen()
      try {
        await server.close()
        await worker?.stop()
        await outbound.close()
      } finally {
        await store.close()
      }
    },
  }
}
