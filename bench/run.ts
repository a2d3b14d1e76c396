/*
 * npm run bench [-- --sizes 10000,1000000 --postgres 10000 --automation 10000 --board 10000 --import 10000
 *   --rounds 5 --seconds 3 --keep FOLDER]
 *
 * Everything is measured against a floor in the same run: a bare Fastify that runs the very statement of GET one. The
 * targets take turns, round by round, so that whatever else the machine does meets all of them alike; each figure is
 * the median of the rounds. CPU is the server processes' own, user and system, per request: the steadier of the two.
 */
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { measureAutomation } from './automation.ts'
import { measureBoard } from './board.ts'
import { type Prepared, prepare } from './data.ts'
import { drive } from './drive.ts'
import { type Figure, figuresOf, named, row, type Samples } from './figures.ts'
import { measureImport } from './imports.ts'
import { measurePostgres } from './postgres.ts'
import { type Server, startFloor, startPipewright, startUp } from './servers.ts'
import { targetsOf } from './targets.ts'

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,1000000' },
    postgres: { type: 'string', default: '10000' },
    automation: { type: 'string', default: '10000' },
    board: { type: 'string', default: '10000' },
    import: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    callers: { type: 'string', default: '64' },
    keep: { type: 'string', default: 'bench/.data' },
  },
})
const numbers = (list: string) => list.split(',').map(Number).filter(Boolean)
const sizes = numbers(values.sizes)

console.log(
  `${cpus()[0]?.model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
)
console.log(`${values.callers} callers, ${values.rounds} rounds of ${values.seconds} s each, medians\n`)

const bySize = new Map<number, Figure[]>()
for (const size of sizes) {
  const data = await prepare(size, values.keep)
  await printStart(data)
  await measure(data)
}
printGrowth()
for (const size of numbers(values.postgres)) await measurePostgres(size, round)
for (const size of numbers(values.automation)) await measureAutomation(size, values.keep)
for (const size of numbers(values.board)) await measureBoard(size)
for (const size of numbers(values.import)) await measureImport(size, values.keep)

async function printStart(data: Prepared) {
  const { ms, residentMb } = await startUp(data.db)
  console.log(`## SQLite, ${data.size.toLocaleString('en')} opportunities in one location\n`)
  console.log(`Start to first reply, existing file: ${ms} ms; idle memory: ${residentMb} MB\n`)
}

async function measure(data: Prepared) {
  const servers = { floor: await startFloor(data), pipewright: [await startPipewright(data)] }
  try {
    const figures = figuresOf(await round(data, servers))
    print(figures)
    bySize.set(data.size, figures)
  } finally {
    for (const server of [servers.floor, ...servers.pipewright]) await server.stop()
  }
}

/** Every target in turn, round by round. */
async function round(data: Prepared, servers: { floor: Server; pipewright: Server[] }, database?: Server) {
  const targets = await targetsOf(data, servers)
  const samples: Samples = new Map(targets.map(({ name }) => [name, []]))
  for (let at = 0; at <= Number(values.rounds); at++) {
    for (const target of targets) {
      const sample = await drive(target, Number(values.callers), Number(values.seconds), database)
      // The first round warms everything up.
      if (at > 0) samples.get(target.name)?.push(sample)
    }
  }
  return samples
}

function print(figures: Figure[]) {
  const base = named(figures, '(b)') ?? { rate: 1, cpu: 1 }
  console.log('| | requests/s | p99 ms | CPU µs | of (b), by rate | of (b), by CPU |')
  console.log('|---|---:|---:|---:|---:|---:|')
  for (const { name, rate, p99, cpu, failed } of figures) {
    const title = failed ? `${name} (${failed} failed)` : name
    const ratios = [(rate / base.rate).toFixed(2), (base.cpu / cpu).toFixed(2)]
    console.log(row(title, Math.round(rate), p99, Math.round(cpu), ...ratios))
  }
  const [get, put] = [named(figures, '(c)'), named(figures, '(f)')]
  if (get && put) {
    console.log(
      `\nPUT status of GET one: ${(put.rate / get.rate).toFixed(2)} by rate, ${(get.cpu / put.cpu).toFixed(2)} by CPU\n`,
    )
  }
}

/** What costs more with more opportunities: CPU per request at the largest size, as a multiple of the smallest. */
function printGrowth() {
  if (sizes.length < 2) return
  const [small = [], large = []] = [bySize.get(sizes[0] as number), bySize.get(sizes.at(-1) as number)]
  console.log(`## Growth from ${sizes[0]?.toLocaleString('en')} to ${sizes.at(-1)?.toLocaleString('en')}\n`)
  console.log('| | times the CPU |\n|---|---:|')
  for (const { name, cpu } of large) {
    console.log(row(name, (cpu / (small.find((one) => one.name === name)?.cpu ?? cpu)).toFixed(2)))
  }
}
