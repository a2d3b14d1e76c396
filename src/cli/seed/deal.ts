import type { ContactChange } from '../../domain/contacts/contact.ts'
import type { NewOpportunity, OpportunityChange } from '../../domain/opportunities/opportunity.ts'
import { type Random, randomFrom } from './random.ts'
import { areaCodes, companyHeads, companyTails, firstNames, lastNames, services, sources, tags } from './words.ts'

/** Where deals are planted, and what there is to name. */
export interface Field {
  pipelineId: string
  /** Stage ids in order. */
  stages: string[]
  /** User ids. */
  owners: string[]
  lostReasons: string[]
  /** The youngest deal is from now; the oldest is a year older. */
  now: number
  count: number
  /** How many people there were before: the next ones are others. */
  offset: number
}

/** One deal and what became of it. */
export interface Deal {
  createdAt: number
  contact: ContactChange
  opportunity: Omit<NewOpportunity, 'contactId'>
  changes: { at: number; wanted: OpportunityChange }[]
}

const day = 86_400_000

/** The deal with this number, always the same one: later numbers are later deals, and business has been growing. */
export function makeDeal(field: Field, number: number): Deal {
  const random = randomFrom(field.offset + number)
  const age = (1 - ((number + random.next()) / field.count) ** 0.8) * 365 * day
  const createdAt = Math.floor(field.now - age)
  const contact = makeContact(field, field.offset + number, random)
  const [service, least, most] = random.pick(services)
  const opportunity = {
    name: `${contact.companyName}: ${service}`,
    pipelineId: field.pipelineId,
    pipelineStageId: field.stages[0] as string,
    status: 'open' as const,
    monetaryValue: random.chance(0.05) ? null : makeValue(least, most, random),
    assignedTo: contact.assignedTo ?? null,
    source: contact.source ?? null,
  }
  return { createdAt, contact, opportunity, changes: makeChanges(field, createdAt, random) }
}

function makeContact({ owners }: Field, person: number, random: Random): ContactChange {
  const [firstName, lastName] = [random.pick(firstNames), random.pick(lastNames)]
  const [head, tail] = [random.pick(companyHeads), random.pick(companyTails)]
  return {
    firstName,
    lastName,
    companyName: `${head} ${tail}`,
    email: `${firstName}.${lastName}${person}@${head}-${tail}.example`.toLowerCase(),
    phone: phoneOf(person),
    country: 'US',
    source: random.pick(sources),
    assignedTo: owners.length > 0 && random.chance(0.85) ? random.pick(owners) : null,
    tags: random.chance(0.35) ? [random.pick(tags)] : [],
  }
}

/** No two people of the first million share one; the lines 0100 to 0199 are set aside for stories. */
function phoneOf(person: number): string {
  const area = areaCodes[person % areaCodes.length]
  const line = (100 + Math.floor(person / areaCodes.length)) % 10_000
  return `+1${area}555${String(line).padStart(4, '0')}`
}

/** Small deals are many, large ones few. */
function makeValue(least: number, most: number, random: Random): number {
  return Math.round((least * (most / least) ** random.next()) / 50) * 50
}

/** The way through the stages, and perhaps the end: the older a deal, the likelier it is closed. */
function makeChanges(field: Field, createdAt: number, random: Random): Deal['changes'] {
  const age = field.now - createdAt
  const closed = random.chance(1 - Math.exp(-age / (45 * day)))
  const end = closed ? makeEnd(field, random) : undefined
  const until = closed ? createdAt + random.next() * Math.min(age, 90 * day) : field.now

  const last = field.stages.length - 1
  const reached =
    end?.status === 'won' ? last : random.between(0, Math.min(Math.max(0, last - 1), Math.ceil(age / (10 * day))))
  const moves = field.stages.slice(1, reached + 1)
  const changes = moves.map((pipelineStageId, at) => ({
    at: Math.floor(createdAt + ((at + random.next()) / (moves.length + 1)) * (until - createdAt)),
    wanted: { pipelineStageId } as OpportunityChange,
  }))
  if (end) changes.push({ at: Math.floor(until), wanted: end })
  else if (random.chance(0.4)) expect(changes, createdAt, field.now, random)
  return changes
}

function makeEnd({ lostReasons }: Field, random: Random): OpportunityChange {
  const die = random.next()
  if (die < 0.45) return { status: 'won' }
  if (die > 0.85) return { status: 'abandoned' }
  return {
    status: 'lost',
    lostReasonId: random.chance(0.8) && lostReasons.length > 0 ? random.pick(lostReasons) : null,
  }
}

/** A day to close by, named with the latest change. */
function expect(changes: Deal['changes'], createdAt: number, now: number, random: Random) {
  const forecastExpectedCloseDate = (Math.floor(now / day) + random.between(3, 75)) * day
  const latest = changes.at(-1)
  if (latest) latest.wanted.forecastExpectedCloseDate = forecastExpectedCloseDate
  else changes.push({ at: Math.min(now, createdAt + day), wanted: { forecastExpectedCloseDate } })
}
