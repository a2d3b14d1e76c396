import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../src/config.ts'
import { row } from './figures.ts'
import { startPipewright } from './servers.ts'

const trades = ['Roofing', 'Dental', 'Studio', 'Insurance', 'Plumbing']

/** A file of so many opportunities, each with a contact of its own, sent to an empty server as the List page sends it. */
export async function measureImport(size: number, folder: string) {
  const db = join(folder, `import-${randomBytes(4).toString('hex')}.db`)
  const token = await begin(db)
  const server = await startPipewright({ db })
  try {
    const [begun, before] = [performance.now(), server.cpu()]
    const reply = await fetch(`${server.url}/console/opportunities/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
      body: fileOf(size),
    })
    const sum = JSON.parse((await reply.text()).trim().split('\n').at(-1) as string)
    const seconds = (performance.now() - begun) / 1000
    console.log(`## Import of ${size.toLocaleString('en')} opportunities with contacts, SQLite\n`)
    console.log('| | |\n|---|---:|')
    console.log(row('seconds until the last row is durable', seconds.toFixed(1)))
    console.log(row('CPU µs a row', Math.round((server.cpu() - before) / size)))
    console.log(row('created, of them refused', `${sum.created ?? '?'}, ${sum.refused ?? '?'}`))
    console.log()
  } finally {
    await server.stop()
    for (const end of ['', '-wal', '-shm']) rmSync(`${db}${end}`, { force: true })
  }
}

async function begin(db: string): Promise<string> {
  const { createApp } = await import('../src/app.ts')
  const { bootstrap } = await import('../src/domain/installation/bootstrap.ts')
  const app = await createApp({ db, rateLimit: null, logLevel: 'warn' } as Config)
  const first = await bootstrap(app.store, Date.now())
  await app.close()
  if (!first) throw new Error('The database was not empty')
  return first.token
}

function fileOf(size: number): string {
  const lines = ['Name,Value,Contact name,Email,Phone,Company,Tags,Source']
  for (let at = 0; at < size; at++) {
    const company = `${trades[at % trades.length]} ${at}`
    const phone = `+1212555${String(at).padStart(4, '0').slice(-4)}`
    lines.push(
      `Offer for ${company},${100 + at},Pat Doe ${at},pat${at}@example.com,${at < 10_000 ? phone : ''},${company},new,Referral`,
    )
  }
  return lines.join('\r\n')
}
