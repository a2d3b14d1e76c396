import { Unavailable } from '../domain/errors.ts'
import type { Automation } from './context.ts'
import type { Lane } from './lane.ts'

/** What comes after a commit, done in the serving process. */
export interface Worker {
  /** There may be something to do. */
  wake(): void
  /** Does all that is due now; resolves when a look into every lane has found nothing. For tests, with a held clock. */
  settle(): Promise<void>
  /** Claims nothing more, and waits a moment for what is under way; the rest is claimed again by whoever comes next. */
  stop(): Promise<void>
}

/** ms: what wakes the worker is waited for together; a look is taken this often without being woken; the end waits. */
const times = { gather: 20, nap: 1000, afterFailure: 1000, end: 2000 }

export function startWorker(lanes: Lane[], automation: Pick<Automation, 'now' | 'logger'>): Worker {
  const ending = new AbortController()
  const running = lanes.map((lane) => runLane(lane, automation, ending.signal))
  return {
    wake() {
      for (const { wake } of running) wake()
    },
    async settle() {
      const done = () => running.reduce((sum, { turns }) => sum + turns(), 0)
      for (let found = true; found; ) {
        const before = done()
        const looks = []
        for (const { look } of running) looks.push(await look())
        // What ended meanwhile may have left something to a lane that was looked into before.
        found = looks.some(Boolean) || done() !== before
      }
    },
    async stop() {
      for (const { close } of running) close()
      const rest = Promise.all(running.map(({ ended }) => ended()))
      const late = setTimeout(() => ending.abort(new Error('The server is stopping')), times.end)
      await rest.finally(() => clearTimeout(late))
    },
  }
}

/** A lane's loop: claim, perform, nap. One look at a time; any number of works under way beside it. */
function runLane(lane: Lane, { now, logger }: Pick<Automation, 'now' | 'logger'>, signal: AbortSignal) {
  const busy = new Set<Promise<void>>()
  let looking: Promise<boolean> | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  let turns = 0

  function plan(delay: number) {
    clearTimeout(timer)
    if (isClosed) return
    timer = setTimeout(() => void once(), delay)
    timer.unref()
  }

  /** Whether anything was found. Whoever asks while a look is under way gets one that begins after it. */
  async function look(): Promise<boolean> {
    await looking
    const found = await once()
    // What was under way may have begun before there was more of the same to do.
    const wasBusy = busy.size > 0
    await Promise.all(busy)
    return found || wasBusy
  }

  function once(): Promise<boolean> {
    looking ??= take().finally(() => {
      looking = undefined
    })
    return looking
  }

  async function take(): Promise<boolean> {
    clearTimeout(timer)
    timer = undefined
    const free = lane.width - busy.size
    if (isClosed || free <= 0) return false
    try {
      const works = await lane.claim(now(), free)
      for (const work of works) begin(work)
      plan(works.length > 0 ? times.gather : times.nap)
      return works.length > 0
    } catch (error) {
      report(error)
      plan(times.afterFailure)
      return false
    }
  }

  function begin(work: unknown) {
    const done = lane
      .perform(work, signal)
      .catch(report)
      .finally(() => {
        busy.delete(done)
        turns++
        wake()
      })
    busy.add(done)
  }

  function report(error: unknown) {
    // While the data is away every look fails alike, and the doors say so already.
    if (error instanceof Unavailable || isClosed) return
    logger.error({ err: error, lane: lane.name }, 'automation failed')
  }

  /** A look that is planned already, and soon, is not put off by who comes next. */
  let isSoon = false
  function wake() {
    if (isSoon || isClosed) return
    isSoon = true
    setTimeout(() => {
      isSoon = false
      void once()
    }, times.gather).unref()
  }

  plan(0)
  return {
    wake,
    look,
    /** How many works have ended. */
    turns: () => turns,
    close() {
      isClosed = true
      clearTimeout(timer)
    },
    async ended() {
      await looking
      await Promise.all(busy)
    },
  }
}
