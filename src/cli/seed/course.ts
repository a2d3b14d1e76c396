import type { OpportunityChange } from '../../domain/opportunities/opportunity.ts'
import type { Random } from './random.ts'

/** A deal that has just been created, and where it can go. */
export interface Begun {
  stages: string[]
  lostReasons: string[]
  createdAt: number
  value: number | null
  now: number
}

type Change = { at: number; wanted: OpportunityChange }

const day = 86_400_000

/** The way through the stages, and perhaps the end: the older a deal, the likelier it is closed. */
export function makeChanges(begun: Begun, random: Random): Change[] {
  const age = begun.now - begun.createdAt
  const isClosed = random.chance(1 - Math.exp(-((age / (90 * day)) ** 1.6)))
  return isClosed ? closedCourse(begun, age, random) : openCourse(begun, age, random)
}

/** Four of ten are won, and end in the last stage; the others end wherever they are. */
function closedCourse(begun: Begun, age: number, random: Random): Change[] {
  const { stages, createdAt } = begun
  const until = createdAt + (0.15 + 0.85 * random.next()) * Math.min(age, 90 * day)
  const end = makeEnd(begun, random)
  if (end.status !== 'won') {
    return [...makeMoves(begun, advance(stages, random), until, random), { at: Math.floor(until), wanted: end }]
  }
  const moves = makeMoves(begun, stages.length - 2, until, random)
  return [...moves, { at: Math.floor(until), wanted: { ...end, pipelineStageId: stages.at(-1) as string } }]
}

/** Somebody was at it not long ago, or has left it alone for weeks. */
function openCourse(begun: Begun, age: number, random: Random): Change[] {
  const { stages, createdAt, now, value } = begun
  const lastly = now - Math.min(age * random.next(), 32 * day * random.next() ** 2)
  const furthest = Math.min(advance(stages, random), Math.floor(age / (4 * day)))
  const changes = makeMoves(begun, furthest, lastly, random)
  if (changes.length === 0 && value !== null && age > 5 * day) {
    changes.push({ at: Math.floor(lastly), wanted: { monetaryValue: Math.round(value * 0.9) } })
  }
  if (random.chance(0.7)) expect(changes, createdAt, now, random)
  return changes
}

/** How many stages a deal goes on that is not won: fewer and fewer, and none comes to the last. */
function advance(stages: string[], random: Random): number {
  let reached = 0
  while (reached < stages.length - 2 && random.chance(0.62 - 0.17 * reached)) reached++
  return reached
}

/** Moves to so many stages, some time apart, the last of them at the end of that time at the latest. */
function makeMoves({ stages, createdAt }: Begun, count: number, until: number, random: Random): Change[] {
  const moves = stages.slice(1, Math.max(0, count) + 1)
  return moves.map((pipelineStageId, at) => ({
    at: Math.floor(createdAt + ((at + 0.3 + 0.7 * random.next()) / moves.length) * (until - createdAt)),
    wanted: { pipelineStageId },
  }))
}

function makeEnd({ lostReasons }: Begun, random: Random): OpportunityChange {
  const die = random.next()
  if (die < 0.42) return { status: 'won' }
  if (die > 0.88) return { status: 'abandoned' }
  return {
    status: 'lost',
    lostReasonId: random.chance(0.85) && lostReasons.length > 0 ? random.pick(lostReasons) : null,
  }
}

/** A day to close by, named with the latest change; of some an earlier one was named before. */
function expect(changes: Change[], createdAt: number, now: number, random: Random) {
  const wanted = { forecastExpectedCloseDate: (Math.floor(now / day) + random.between(-12, 100)) * day }
  const slipped = { forecastExpectedCloseDate: wanted.forecastExpectedCloseDate - random.between(7, 40) * day }
  if (changes.length > 1 && random.chance(0.3)) Object.assign(changes[0]?.wanted ?? {}, slipped)
  const latest = changes.at(-1)
  if (latest) Object.assign(latest.wanted, wanted)
  else changes.push({ at: Math.min(now, createdAt + day), wanted })
}
