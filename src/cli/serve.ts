import { resolve } from 'node:path'
import type { App } from '../app.ts'
import { type Config, serveOptions } from '../config.ts'
import type { Context } from '../domain/context.ts'
import { bootstrap, firstLocation } from '../domain/installation/bootstrap.ts'
import { getStageTotals } from '../domain/opportunities/queries.ts'
import { isPostgres } from '../store/open.ts'
import { systemContext } from './database.ts'
import { Failure, listenFailure, openFailure, workFailure } from './failure.ts'
import { banner, jsonLine, type Started } from './output/banner.ts'
import { print } from './output/print.ts'
import { showProgress } from './output/progress.ts'
import { verb } from './verb.ts'

/** npm passes on the Ctrl-C that the terminal has sent already; only a later one means "at once". */
const echo = 300

const serve = verb({
  about:
    'Runs the server. On its first start it makes a location, a token, an API key and an admin, and shows them once.',
  words: [],
  options: serveOptions,
  notes: `Ctrl-C or SIGTERM finishes the requests under way and ends; a second one ends at once.

Examples:
  pipewright serve --port 0 --db :memory: --json      for a test: any free port, nothing kept
  pipewright serve --host 0.0.0.0 --rate-limit off    for the network, without limits
  pipewright serve --db postgres://crm:secret@db.local/crm      for several processes on one database
  pipewright serve --demo 500                         with something to look at`,
  run: (values) => run(Object.freeze(values)),
})

export default { '': serve }

async function run(config: Config): Promise<void> {
  const app = await open(config)
  const stopped = untilStopped()
  try {
    const started = await start(app, config)
    // A person reads the secrets while the demo is made; a script waits for what it asked for.
    if (!config.json) print(banner(config, started))
    await plantDemo(systemContext(app.store, started.locationId), config.demo, stopped.asked)
    if (config.json) print(jsonLine(started))
    await stopped.end
  } catch (error) {
    throw workFailure(config.db, error)
  } finally {
    await app.close()
  }
}

async function open(config: Config): Promise<App> {
  const { createApp } = await import('../app.ts')
  try {
    return await createApp(config)
  } catch (error) {
    throw openFailure(config.db, error)
  }
}

/** Listening comes first: a start that fails must not use up the one showing of the secrets. */
async function start({ store, listen }: App, config: Config): Promise<Started> {
  const url = await listen().catch((error) => {
    throw listenFailure(config.host, config.port, error)
  })
  const first = await bootstrap(store, Date.now())
  const locationId = first?.locationId ?? (await firstLocation(store))
  if (!locationId) throw new Failure(`${store.name} holds no location.`)
  return { url, data: placeOf(store.name), locationId, first }
}

const placeOf = (name: string) => (name === ':memory:' || isPostgres(name) ? name : resolve(name))

/** Once: a location that has opportunities is left as it is. Stops between two batches when it is asked to. */
async function plantDemo(ctx: Context, count: number, isStopped: () => boolean): Promise<void> {
  if (count === 0 || (await getStageTotals(ctx)).length > 0) return
  const { makeUp } = await import('./seed/demo.ts')
  await makeUp(ctx, count, { isStopped, onProgress: showProgress('Demo opportunities', count) })
}

/** `end` resolves at the first request to stop; a second one ends the process where it stands. */
function untilStopped(): { end: Promise<void>; asked: () => boolean } {
  let asked: number | undefined
  const end = new Promise<void>((resolve) => {
    const stop = () => {
      if (asked !== undefined && performance.now() - asked > echo) process.exit(1)
      asked ??= performance.now()
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  })
  return { end, asked: () => asked !== undefined }
}
