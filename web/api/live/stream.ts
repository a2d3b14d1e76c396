import type { Change } from '../../../src/api/console/liveWire.ts'
import { createReader, type Frame } from './frames.ts'

export type { Change }

interface Listener {
  change: (change: Change) => void
  /** More happened than can be told, or nothing is known of what did: everything must be looked at anew. */
  reset: () => void
  open: () => void
  /** How many times in a row it could not be heard. */
  broken: (failures: number) => void
  /** Refused: whether because nobody is signed in any more. Who signs in again begins a new one. */
  refused: () => Promise<boolean>
}

const longestWait = 10_000
/** The server beats every 15 s: a connection silent for longer is dead, though nobody has said so. */
const longestSilence = 40_000

/**
 * Follows `/console/stream`, and comes again after each break with the last id it heard, so that nothing is missed. It
 * is read by `fetch`: an EventSource does not tell why it was refused, and after a refusal forgets where it was.
 */
export function follow(listener: Listener) {
  let reader = createReader()
  let failures = 0
  let running: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  async function run() {
    const attempt = new AbortController()
    running = attempt
    try {
      const reply = await open(reader.lastId(), attempt.signal)
      if (reply.status === 401 && (await listener.refused())) return
      if (!reply.ok || !reply.body) throw new Error(String(reply.status))
      begin()
      await listen(reply.body)
    } catch {
      // Why it broke does not matter: it is tried again.
    }
    attempt.abort()
    if (running === attempt) again()
  }

  function begin() {
    failures = 0
    if (reader.lastId() === '') listener.reset()
    listener.open()
  }

  async function listen(body: ReadableStream<Uint8Array>) {
    // Of an event that was cut off, the half that came is no part of what comes now.
    reader = createReader(reader.lastId())
    const pieces = body.getReader()
    const decoder = new TextDecoder()
    for (;;) {
      const { value, done } = await within(longestSilence, pieces.read())
      if (done) return
      for (const frame of reader.read(decoder.decode(value, { stream: true }))) hear(frame)
    }
  }

  function hear({ event, data }: Frame) {
    if (event === 'reset') listener.reset()
    if (event === 'change') listener.change(JSON.parse(data) as Change)
  }

  function again() {
    failures += 1
    listener.broken(failures)
    const wait = Math.min(200 * 2 ** failures, longestWait)
    timer = setTimeout(run, wait * (0.75 + Math.random() / 2))
  }

  /** Until `resume`, nobody listens. */
  function pause() {
    clearTimeout(timer)
    const stopped = running
    running = undefined
    stopped?.abort()
  }

  /** At once, whatever it was waiting for. */
  function resume() {
    pause()
    void run()
  }

  resume()
  return { pause, resume }
}

const open = (lastId: string, signal: AbortSignal) =>
  fetch('/console/stream', {
    headers: { accept: 'text/event-stream', ...(lastId && { 'last-event-id': lastId }) },
    cache: 'no-store',
    signal,
  })

function within<T>(time: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('silent')), time)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
