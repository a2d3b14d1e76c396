import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { connectAlone } from './connect.ts'

const channel = 'pipewright'
/** Announcements wait this long, ms, for others to go with: each one makes the server wake every listener. */
const gathering = 20
/** Topics in one announcement; the server takes 8,000 bytes. */
const together = 100
const again = { first: 100, most: 5000 }

/**
 * Tells the other processes on a database what changed, and hears them. Sent after the commit rather than within it:
 * PostgreSQL lets only one transaction that notifies commit at a time.
 */
export function createAnnouncements(url: string, pool: pg.Pool) {
  const self = randomUUID()
  const topics = new Set<string>()
  const hearers = new Set<(topics: string[]) => void>()
  let sending: NodeJS.Timeout | undefined
  let listener: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined
  let isClosed = false

  function announce(topic: string) {
    topics.add(topic)
    sending ??= setTimeout(() => void flush(), gathering)
  }

  /** Whoever misses it looks for itself before long, so a failure is let go. */
  async function flush(): Promise<void> {
    clearTimeout(sending)
    sending = undefined
    const all = [...topics]
    topics.clear()
    for (let at = 0; at < all.length; at += together) {
      const payload = [self, ...all.slice(at, at + together)].join(' ')
      await pool
        .query({ name: 'pipewright_announce', text: 'select pg_notify($1, $2)', values: [channel, payload] })
        .catch(() => {})
    }
  }

  function listen(hear: (topics: string[]) => void): () => void {
    hearers.add(hear)
    if (hearers.size === 1 && !listener && !retry) void connect(again.first)
    return () => hearers.delete(hear)
  }

  async function connect(delay: number): Promise<void> {
    retry = undefined
    const client = await connectAlone(url).catch(() => undefined)
    if (isClosed) return void client?.end()
    if (!client) return later(delay)
    listener = client
    client.on('notification', ({ payload }) => pass(payload ?? ''))
    client.once('end', () => {
      listener = undefined
      if (!isClosed) later(again.first)
    })
    try {
      await client.query(`listen ${channel}`)
      // What was announced before, or while we were deaf, nobody repeats.
      tell([])
    } catch {
      await client.end().catch(() => {})
    }
  }

  function later(delay: number) {
    retry = setTimeout(() => void connect(Math.min(again.most, delay * 2)), delay)
    retry.unref()
  }

  function pass(payload: string) {
    const [sender, ...heard] = payload.split(' ')
    if (sender !== self) tell(heard)
  }

  const tell = (heard: string[]) => {
    for (const hear of hearers) hear(heard)
  }

  async function close() {
    isClosed = true
    clearTimeout(retry)
    if (topics.size > 0) await flush()
    clearTimeout(sending)
    await listener?.end().catch(() => {})
  }

  return { announce, listen, close }
}
