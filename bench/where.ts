import pg from 'pg'
import type { Config } from '../src/config.ts'
import type { Prepared } from './data.ts'
import { median, row } from './figures.ts'

const requests = 1000
/** Counted, as the servers of the table count. */
const unreachable = { burst: 1e9, intervalMs: 10_000, daily: 1e12 }

/** Where the time of one request goes, with nobody else asking: each question to PostgreSQL, and the rest. */
export async function printWhere({ db, token, locationId }: Prepared) {
  const asked = listenIn()
  const { createApp } = await import('../src/app.ts')
  const app = await createApp({ db, host: '127.0.0.1', port: 0, rateLimit: unreachable, logLevel: 'warn' } as Config)
  const url = await app.listen()
  const headers = { authorization: `Bearer ${token}`, version: '2021-07-28', 'content-type': 'application/json' }
  const page = await fetch(`${url}/opportunities/search?location_id=${locationId}&limit=100`, { headers })
  const { opportunities } = (await page.json()) as { opportunities: { id: string }[] }
  const id = (at: number) => opportunities[at % opportunities.length]?.id
  const statuses = ['won', 'lost', 'abandoned', 'open']

  await print('GET one', (at) => fetch(`${url}/opportunities/${id(at)}`, { headers }))
  await print('PUT status', (at) => {
    const body = JSON.stringify({ status: statuses[Math.floor(at / opportunities.length) % 4] })
    return fetch(`${url}/opportunities/${id(at)}/status`, { method: 'PUT', headers, body })
  })
  await app.close()

  async function print(title: string, ask: (at: number) => Promise<Response>) {
    const whole: number[] = []
    const parts = new Map<string, number[]>()
    for (let at = 0; at < requests; at++) {
      asked.length = 0
      const begun = performance.now()
      await (await ask(at)).text()
      whole.push(performance.now() - begun)
      for (const { text, ms } of asked) parts.set(text, [...(parts.get(text) ?? []), ms])
    }
    const often = [...parts].filter(([, times]) => times.length > requests / 2)
    const total = median(whole)
    const spent = often.map(([text, times]) => ({ text, ms: median(times) }))
    const rest = total - spent.reduce((sum, { ms }) => sum + ms, 0)

    console.log(`\n### Where a ${title} goes, one caller, median of ${requests}: ${total.toFixed(2)} ms\n`)
    console.log('| | µs |\n|---|---:|')
    for (const { text, ms } of spent) console.log(row(`\`${text}\``, Math.round(ms * 1000)))
    console.log(row('Node.js, HTTP and the client', Math.round(rest * 1000)))
  }
}

/** Notes every question and how long its answer took, from the moment the connection was free to ask it. */
function listenIn() {
  const asked: { text: string; ms: number }[] = []
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function listening(this: pg.Client, ...args: unknown[]) {
    const begun = performance.now()
    const [config] = args as [string | { text: string }]
    const note = () =>
      asked.push({ text: short(typeof config === 'string' ? config : config.text), ms: performance.now() - begun })
    const callback = args.at(-1)
    // The pool asks with a callback, we with a promise.
    if (typeof callback === 'function') {
      const noting = (...answer: unknown[]) => {
        note()
        callback(...answer)
      }
      return Reflect.apply(query, this, [...args.slice(0, -1), noting])
    }
    const answered = Reflect.apply(query, this, args) as unknown as Promise<unknown>
    return answered.finally(note)
  } as unknown as typeof query
  return asked
}

const short = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 60)
