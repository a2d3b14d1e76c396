import type { Crm } from '../harness.ts'
import { type Random, randomFrom } from './random.ts'

/*
 * Deals that are made, moved, closed and opened again over some months, by the API, and what is remembered of them beside
 * the program: what reports say is computed from that in the plainest way.
 */

export interface Deal {
  id: string
  pipelineId: string
  cents: number
  assignedTo: string | null
  status: 'open' | 'won' | 'lost' | 'abandoned'
  lostReasonId: string | null
  createdAt: number
  /** The stage that it is in, last. */
  stays: Stay[]
  statusAt: number
  actedAt: number
  /** `2026-11-21` */
  expected: string | null
  probability: number | null
}

export interface Stay {
  stageId: string
  from: number
  to: number
}

export interface Story {
  deals: Deal[]
  users: { id: string; name: string }[]
  reasons: { id: string; name: string }[]
  /** The one that goes by a deal's own probability. */
  other: { id: string; stages: { id: string; name: string }[] }
}

const hour = 3_600_000

/** So many deals, and a few changes each, hours and days apart. */
export async function liveThrough(crm: Crm, count: number, seed = 7): Promise<Story> {
  const random = randomFrom(seed)
  const story = await furnish(crm)
  for (let made = 0; made < count; made++) {
    story.deals.push(await create(crm, story, random))
    for (let change = random.below(4); change > 0; change--) {
      crm.advance(random.below(60) * hour)
      await changeOne(crm, story, random)
    }
  }
  return story
}

async function furnish(crm: Crm): Promise<Story> {
  const made = await crm.given.pipeline('By its own chance', ['First', 'Second', 'Third', 'Fourth'])
  const stages = made.stages.map(({ id, name }) => ({ id, name }))
  const body = { stages, useOpportunityProbability: true }
  const reply = await crm.v3.put(`/opportunities/pipelines/${made.id}`, body)
  if (reply.status !== 200) throw new Error(reply.text)
  const users = [await crm.given.user('Ada'), await crm.given.user('Ben')].map(({ id, firstName, lastName }) => ({
    id,
    name: `${firstName} ${lastName}`,
  }))
  const reasons: Story['reasons'] = []
  for (const name of ['Price', 'Timing']) {
    const { lostReason } = (await crm.v2.post('/opportunities/lost-reason', { locationId: crm.locationId, name })).body
    reasons.push({ id: lostReason.id, name })
  }
  return { deals: [], users, reasons, other: { id: made.id, stages } }
}

const stagesOf = (crm: Crm, { other }: Story, pipelineId: string) =>
  pipelineId === other.id ? other.stages : crm.stages

async function create(crm: Crm, story: Story, random: Random): Promise<Deal> {
  const pipelineId = random.chance(0.7) ? crm.pipeline.id : story.other.id
  const cents = random.below(10_000_000)
  const probability = random.chance(0.5) ? random.below(101) : null
  const opportunity = await crm.given.opportunity({
    pipelineId,
    monetaryValue: cents / 100,
    ...(random.chance(0.8) && { assignedTo: random.one(story.users).id }),
    ...(probability !== null && { forecastProbability: probability }),
  })
  const at = Date.parse(opportunity.createdAt)
  return {
    id: opportunity.id,
    pipelineId,
    cents,
    assignedTo: opportunity.assignedTo ?? null,
    status: 'open',
    lostReasonId: null,
    createdAt: at,
    stays: [{ stageId: opportunity.pipelineStageId, from: at, to: at }],
    statusAt: at,
    actedAt: at,
    expected: null,
    probability: opportunity.forecastProbability ?? null,
  }
}

async function changeOne(crm: Crm, story: Story, random: Random) {
  const deal = random.one(story.deals)
  const die = random.below(10)
  if (die === 9 && story.deals.length > 5) return remove(crm, story, deal)
  await change(crm, deal, wish(crm, story, random, deal, die))
}

/** Moves most of the time, to and fro; closes, opens again, says when, or moves and closes in one. */
function wish(crm: Crm, story: Story, random: Random, deal: Deal, die: number): Record<string, unknown> {
  const stage = () => ({ pipelineStageId: random.one(stagesOf(crm, story, deal.pipelineId)).id })
  if (die < 4) return stage()
  if (die < 6) return ending(story, random)
  if (die === 6) return deal.status === 'open' ? { ...stage(), ...ending(story, random) } : { status: 'open' }
  if (die === 7) {
    const [year, month] = [new Date().getFullYear() + 1, String(1 + random.below(12)).padStart(2, '0')]
    return { forecastExpectedCloseDate: `${year}-${month}-${random.chance(0.5) ? '01' : '28'}` }
  }
  const pipelineId = deal.pipelineId === crm.pipeline.id ? story.other.id : crm.pipeline.id
  return { pipelineId, pipelineStageId: random.one(stagesOf(crm, story, pipelineId)).id }
}

function ending(story: Story, random: Random): Record<string, unknown> {
  const status = random.one(['won', 'won', 'lost', 'abandoned'])
  return { status, ...(status === 'lost' && random.chance(0.7) && { lostReasonId: random.one(story.reasons).id }) }
}

async function change(crm: Crm, deal: Deal, wanted: Record<string, unknown>) {
  const reply = await crm.v2.put(`/opportunities/${deal.id}`, wanted)
  if (reply.status !== 200) throw new Error(reply.text)
  const { opportunity } = reply.body
  const last = deal.stays.at(-1) as Stay
  if (opportunity.pipelineStageId !== last.stageId) {
    const at = Date.parse(opportunity.lastStageChangeAt)
    // Where it was closed already, its time was over before.
    last.to = Math.max(last.from, deal.status === 'open' ? at : deal.statusAt)
    deal.stays.push({ stageId: opportunity.pipelineStageId, from: at, to: at })
  }
  if (typeof wanted.forecastExpectedCloseDate === 'string') deal.expected = wanted.forecastExpectedCloseDate
  Object.assign(deal, {
    pipelineId: opportunity.pipelineId,
    status: opportunity.status,
    lostReasonId: opportunity.lostReasonId ?? null,
    statusAt: Date.parse(opportunity.lastStatusChangeAt),
    actedAt: Date.parse(opportunity.updatedAt),
  })
}

async function remove(crm: Crm, story: Story, deal: Deal) {
  await crm.v2.delete(`/opportunities/${deal.id}`)
  story.deals.splice(story.deals.indexOf(deal), 1)
}
