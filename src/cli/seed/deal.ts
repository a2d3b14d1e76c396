import type { ContactChange } from '../../domain/contacts/contact.ts'
import type { NewOpportunity, OpportunityChange } from '../../domain/opportunities/opportunity.ts'
import { makeChanges } from './course.ts'
import { type Random, randomFrom } from './random.ts'
import {
  areaCodes,
  companyHeads,
  errands,
  firstNames,
  lastNames,
  notes,
  renewals,
  sources,
  tags,
  trades,
} from './words.ts'

/** Where deals are planted, and what there is to name. */
export interface Field {
  /** The first is for new business and has most of it; of others, those who bought before buy again. */
  pipelines: { id: string; stages: string[] }[]
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
  note?: { at: number; body: string }
  /** Due at a time of its own; done where that is past, mostly. */
  task?: { at: number; title: string; dueAt: number; completed: boolean }
}

const day = 86_400_000

/** The deal with this number, always the same one: later numbers are later deals, and business has been growing. */
export function makeDeal(field: Field, number: number): Deal {
  const random = randomFrom(field.offset + number)
  const age = (1 - ((number + random.next()) / field.count) ** 0.8) * 365 * day
  const createdAt = Math.floor(field.now - age)
  const pipeline = choosePipeline(field, random)
  const trade = random.pick(trades)
  const contact = makeContact(field, field.offset + number, random.pick(trade.companies), random)
  const [what, least, most] = random.pick(pipeline === field.pipelines[0] ? trade.offers : renewals)
  const follower = random.chance(0.08) && field.owners.length > 0 ? random.pick(field.owners) : undefined
  const opportunity = {
    name: `${what} for ${contact.companyName}`,
    pipelineId: pipeline.id,
    pipelineStageId: pipeline.stages[0] as string,
    status: 'open' as const,
    monetaryValue: random.chance(0.04) ? null : makeValue(least, most, random),
    assignedTo: contact.assignedTo ?? null,
    source: contact.source ?? null,
    ...(follower && follower !== contact.assignedTo && { followers: [follower] }),
  }
  const given = { ...field, stages: pipeline.stages, createdAt, value: opportunity.monetaryValue }
  const changes = makeChanges(given, random)
  return { createdAt, contact, opportunity, changes, ...makeBeside(field, createdAt, changes, random) }
}

function choosePipeline({ pipelines }: Field, random: Random): Field['pipelines'][number] {
  const [first, ...others] = pipelines as [Field['pipelines'][number]]
  return others.length > 0 && random.chance(0.2) ? random.pick(others) : first
}

function makeContact({ owners }: Field, person: number, line: string, random: Random): ContactChange {
  const [firstName, lastName] = [random.pick(firstNames), random.pick(lastNames)]
  const head = random.pick(companyHeads)
  return {
    firstName,
    lastName,
    companyName: `${head} ${line}`,
    email: `${firstName}.${lastName}${person}@${head}-${line}.example`.toLowerCase(),
    phone: phoneOf(person),
    country: 'US',
    source: random.pick(sources),
    assignedTo: owners.length > 0 && random.chance(0.9) ? random.pick(owners) : null,
    tags: random.chance(0.35) ? [random.pick(tags)] : [],
  }
}

/** No two people of the first million share one; the lines 0100 to 0199 are set aside for stories. */
function phoneOf(person: number): string {
  const area = areaCodes[person % areaCodes.length]
  const line = (100 + Math.floor(person / areaCodes.length)) % 10_000
  return `+1${area}555${String(line).padStart(4, '0')}`
}

/** Small deals are many, large ones few; most are asked for in round figures. */
function makeValue(least: number, most: number, random: Random): number {
  const value = least * (most / least) ** ((random.next() + random.next()) / 2)
  if (random.chance(0.2)) return Math.round(value * 20) / 20
  return Math.round(value / 50) * 50
}

/** What was written down about some of them, and is to be done. */
function makeBeside(
  { now }: Field,
  createdAt: number,
  changes: Deal['changes'],
  random: Random,
): Pick<Deal, 'note' | 'task'> {
  const last = changes.at(-1)
  const end = last?.wanted.status ? last.at : now
  const moment = () => Math.floor(createdAt + random.next() * (end - createdAt))
  const note = random.chance(0.3) ? { at: moment(), body: random.pick(notes) } : undefined
  if (end < now || !random.chance(0.35)) return { ...(note && { note }) }
  const dueAt = Math.floor(now / day) * day + random.between(-4, 12) * day + random.between(9, 17) * 3_600_000
  const task = { at: moment(), title: random.pick(errands), dueAt, completed: dueAt < now && random.chance(0.6) }
  return { ...(note && { note }), task }
}
