import { databaseOn, startPostgres, withClient } from '../test/support/postgresServer.ts'
import { type Prepared, preparePostgres } from './data.ts'
import { type Figure, figuresOf, named, row, type Samples } from './figures.ts'
import { cpuOfFamily, type Server, startFloor, startPipewright } from './servers.ts'
import { printWhere } from './where.ts'

type Round = (data: Prepared, servers: { floor: Server; pipewright: Server[] }, database: Server) => Promise<Samples>

/** The same targets on a PostgreSQL of our own, every commit synced to the disk, with one process and with three. */
export async function measurePostgres(size: number, round: Round) {
  const server = await startPostgres({ isDurable: true })
  const database: Server = { url: server.url, pid: server.pid, stop: server.stop, cpu: () => cpuOfFamily(server.pid) }
  try {
    await withClient(server.url, (client) => client.query('create database bench template template0'))
    const data = await preparePostgres(size, databaseOn(server.url, 'bench'))
    await withClient(data.db, (client) => client.query('vacuum analyze'))
    const figures: Figure[][] = []
    for (const processes of [1, 3]) figures.push(figuresOf(await withServers(data, processes, database, round)))
    print(size, figures as [Figure[], Figure[]])
    await printWhere(data)
  } finally {
    await server.stop()
  }
}

async function withServers(data: Prepared, processes: number, database: Server, round: Round): Promise<Samples> {
  const floor = await startFloor(data)
  const pipewright = await Promise.all(Array.from({ length: processes }, () => startPipewright(data)))
  try {
    return await round(data, { floor, pipewright }, database)
  } finally {
    for (const server of [floor, ...pipewright]) await server.stop()
  }
}

function print(size: number, [one, three]: [Figure[], Figure[]]) {
  console.log(`## PostgreSQL, ${size.toLocaleString('en')} opportunities in one location\n`)
  console.log(
    row(
      '',
      ...['requests/s', 'p99 ms', 'CPU µs', 'of it PostgreSQL', 'of (b)'].flatMap((head) => [head, '3 processes']),
    ),
  )
  console.log(`|---|${'---:|'.repeat(10)}`)
  for (const figure of one) {
    const other = three.find(({ name }) => name === figure.name) as Figure
    const pairs = [cellsOf(figure, one), cellsOf(other, three)] as const
    console.log(row(figure.name, ...pairs[0].flatMap((cell, at) => [cell, pairs[1][at] as string | number])))
  }
  for (const [processes, figures] of [
    ['one process', one],
    ['three', three],
  ] as const) {
    const [get, put] = [named(figures, '(c)'), named(figures, '(f)')]
    if (get && put) console.log(`\nPUT status of GET one, ${processes}: ${(put.rate / get.rate).toFixed(2)} by rate`)
  }
}

const cellsOf = ({ rate, p99, cpu, databaseCpu, failed }: Figure, all: Figure[]) => [
  failed ? `${Math.round(rate)} (${failed} failed)` : Math.round(rate),
  p99,
  Math.round(cpu + databaseCpu),
  Math.round(databaseCpu),
  (rate / (named(all, '(b)')?.rate ?? 1)).toFixed(2),
]
