import type { Automation } from '../../automation/context.ts'
import { createOutbound } from '../../automation/outbound/late.ts'
import { createWebhook, pauseWebhook } from '../../automation/webhooks/commands.ts'
import { listWebhooks } from '../../automation/webhooks/queries.ts'
import { createWorkflow, publishWorkflow } from '../../automation/workflows/commands.ts'
import { listWorkflows } from '../../automation/workflows/queries.ts'
import { begin } from '../../automation/workflows/runs/begin.ts'
import { performRun } from '../../automation/workflows/runs/steps/perform.ts'
import { contextWithin } from '../../automation/workflows/runs/steps/within.ts'
import * as runs from '../../automation/workflows/runs/table.ts'
import { requirePublished } from '../../automation/workflows/table.ts'
import { commit } from '../../domain/commit.ts'
import type { Context } from '../../domain/context.ts'
import { newId } from '../../domain/ids.ts'
import type { Opportunity } from '../../domain/opportunities/opportunity.ts'
import { searchOpportunities } from '../../domain/opportunities/queries.ts'
import { createLogger } from '../../log.ts'
import type { Transaction } from '../../store/database.ts'
import { followUp, ledger, welcome } from './recipes.ts'

const aDay = 86_400_000
/** How many of the latest wins have gone through the workflow. */
const welcomed = 12

/** Workflows, one of which has run for the latest wins, and a webhook; once, in a location that has none. */
export async function automate(ctx: Context): Promise<void> {
  if ((await listWorkflows(ctx)).length > 0 || (await listWebhooks(ctx)).length > 0) return
  const ago = (days: number): Context => {
    const at = ctx.now() - days * aDay
    return { ...ctx, now: () => at }
  }
  const { webhook } = await createWebhook(ago(60), ledger)
  await pauseWebhook(ago(2), webhook.id)
  await createWorkflow(ago(9), followUp)
  const { id } = await createWorkflow(ago(61), welcome)
  const wins = await latestWins(ctx)
  await publishWorkflow(ago(60), id)
  for (const win of wins) await runFor(ctx, id, win)
}

/** Of the time since it was published, the oldest first. */
async function latestWins(ctx: Context): Promise<Opportunity[]> {
  const { opportunities } = await searchOpportunities(ctx, {
    filters: [{ field: 'status', operator: 'eq', value: 'won' }],
    sort: [{ field: 'last_status_change_date', direction: 'desc' }],
    limit: welcomed,
  })
  return opportunities.filter((won) => won.lastStatusChangeAt > ctx.now() - 60 * aDay).reverse()
}

/** Lets a win go through the workflow as it would have gone: each step at its time, as far as time has come. */
const runFor = (ctx: Context, workflowId: string, won: Opportunity): Promise<void> =>
  commit({ ...ctx, isHeard: true }, async (tx) => {
    const { id: opportunityId, locationId, contactId, lastStatusChangeAt: at } = won
    const workflow = await requirePublished(tx, locationId, workflowId)
    const changes = { status: { from: 'open', to: 'won' } }
    const data = { type: welcome.trigger.type, at: new Date(at).toISOString(), events: told, changes }
    const cause = `win ${opportunityId}`
    const id = await begin(tx, workflow, { cause, contactId, opportunityId, data, depth: 0 }, at)
    if (id) await goThrough(ctx, tx, { locationId, id })
  })

const told = ['OpportunityUpdate', 'OpportunityStageUpdate', 'OpportunityStatusUpdate']

/** Performs what is due, then what was due next; within the transaction, so that the server's worker sees the end of it. */
async function goThrough(ctx: Context, tx: Transaction, { locationId, id }: { locationId: string; id: string }) {
  for (;;) {
    const run = await runs.find(tx, locationId, id)
    if (!run || run.dueAt === null || run.dueAt > ctx.now()) return
    const now = run.dueAt
    const claim = { name: newId(), until: now + aDay }
    await runs.update(tx, run, claim)
    const { store } = contextWithin({ store: ctx.store, now: () => now }, tx, run)
    await performRun({ ...worker, store, now: () => now }, { locationId, id, claim: claim.name, host: null }, forEver)
  }
}

const forEver = new AbortController().signal

/** Sends nothing and tells nobody. */
const worker: Omit<Automation, 'store' | 'now'> = {
  logger: createLogger('error'),
  wake: () => {},
  outbound: createOutbound({ allow: [] }),
  keepDeliveries: 0,
}
