/*
 * npm run bench [-- --sizes 10000,1000000 --rounds 5 --seconds 3 --keep FOLDER]
 *
 * Everything is measured against a floor in the same run: a bare Fastify that runs the very statement of GET one. The
 * targets take turns, round by round, so that whatever else the machine does meets all of them alike; each figure is
 * the median of the rounds. CPU is the server process's own, user and system, per request: the steadier of the two.
 */
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { type Prepared, prepare } from './data.ts'
import { drive, median, type Sample } from './drive.ts'
import { startFloor, startPipewright, startUp } from './servers.ts'
import { targetsOf } from './targets.ts'

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,1000000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    callers: { type: 'string', default: '64' },
    keep: { type: 'string', default: 'bench/.data' },
  },
})
const sizes = values.sizes.split(',').map(Number)

console.log(
  `${cpus()[0]?.model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
)
console.log(`${values.callers} callers, ${values.rounds} rounds of ${values.seconds} s each, medians\n`)

const searches = new Map<number, Map<string, number>>()
for (const size of sizes) {
  const data = await prepare(size, values.keep)
  await printStart(data)
  await measure(data)
}
printGrowth()

async function printStart(data: Prepared) {
  const { ms, residentMb } = await startUp(data.file)
  console.log(`## ${data.size.toLocaleString('en')} opportunities in one location\n`)
  console.log(`Start to first reply, existing file: ${ms} ms; idle memory: ${residentMb} MB\n`)
}

async function measure(data: Prepared) {
  const servers = { floor: await startFloor(data), pipewright: await startPipewright(data) }
  const targets = await targetsOf(data, servers)
  const samples = new Map<string, Sample[]>(targets.map(({ name }) => [name, []]))
  try {
    for (let round = 0; round <= Number(values.rounds); round++) {
      for (const target of targets) {
        const sample = await drive(target, Number(values.callers), Number(values.seconds))
        // The first round warms everything up.
        if (round > 0) samples.get(target.name)?.push(sample)
      }
    }
  } finally {
    await servers.floor.stop()
    await servers.pipewright.stop()
  }
  print(data.size, samples)
}

function print(size: number, samples: Map<string, Sample[]>) {
  const figures = [...samples].map(([name, list]) => ({
    name,
    rate: median(list.map(({ rate }) => rate)),
    p99: median(list.map(({ p99 }) => p99)),
    cpu: median(list.map(({ cpu }) => cpu)),
    failed: list.reduce((sum, { failed }) => sum + failed, 0),
  }))
  const floor = figures.find(({ name }) => name.startsWith('(b)'))
  const base = floor ?? { rate: 1, cpu: 1 }
  console.log('| | requests/s | p99 ms | CPU µs | of (b), by rate | of (b), by CPU |')
  console.log('|---|---:|---:|---:|---:|---:|')
  for (const { name, rate, p99, cpu, failed } of figures) {
    const ratios = `${(rate / base.rate).toFixed(2)} | ${(base.cpu / cpu).toFixed(2)}`
    console.log(
      `| ${name}${failed ? ` (${failed} failed)` : ''} | ${Math.round(rate)} | ${p99} | ${Math.round(cpu)} | ${ratios} |`,
    )
  }
  const of = (letter: string) => figures.find(({ name }) => name.startsWith(letter))
  const [get, put] = [of('(c)'), of('(f)')]
  if (get && put) {
    console.log(
      `\nPUT status of GET one: ${(put.rate / get.rate).toFixed(2)} by rate, ${(get.cpu / put.cpu).toFixed(2)} by CPU\n`,
    )
  }
  searches.set(size, new Map(figures.map(({ name, cpu }) => [name, cpu])))
}

/** What costs more with more opportunities: CPU per request at the largest size, as a multiple of the smallest. */
function printGrowth() {
  if (sizes.length < 2) return
  const [small, large] = [searches.get(sizes[0] as number), searches.get(sizes.at(-1) as number)]
  console.log(`## Growth from ${sizes[0]?.toLocaleString('en')} to ${sizes.at(-1)?.toLocaleString('en')}\n`)
  console.log('| | times the CPU |\n|---|---:|')
  for (const [name, cpu] of large ?? []) console.log(`| ${name} | ${(cpu / (small?.get(name) ?? cpu)).toFixed(2)} |`)
}
