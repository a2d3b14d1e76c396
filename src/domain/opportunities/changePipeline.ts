import type { Transaction } from '../../store/database.ts'
import { commit } from '../commit.ts'
import type { Context } from '../context.ts'
import { invalid, notFound } from '../errors.ts'
import { record as recordPipeline } from '../pipelines/commands.ts'
import { type Pipeline, type PipelineChange, removedStages, reshape } from '../pipelines/pipeline.ts'
import * as pipelines from '../pipelines/table.ts'
import { change, type Opportunity, type OpportunityChange } from './opportunity.ts'
import { record } from './record.ts'
import * as opportunities from './table.ts'

const batch = 500

/**
 * Changes a pipeline; the deals of a stage that goes move to the first stage that stays, or to the one of `moveTo`, each
 * with its own event.
 */
export function updatePipeline(ctx: Context, id: string, wanted: PipelineChange, moveTo?: string): Promise<Pipeline> {
  return commit(ctx, async (tx) => {
    const before = await findLocked(ctx, tx, id)
    const after = reshape(before, wanted, ctx.now())
    const to = after.stages.find((stage) => moveTo === undefined || stage.id === moveTo)
    if (!to) throw invalid('moveTo must be the id of a stage that stays')
    await recordPipeline(ctx, tx, before, after)
    // The stages that go are gone by now, so nobody puts anything there any more.
    for (const stage of removedStages(before, after)) {
      await changeEach(ctx, tx, { pipelineStageId: stage.id }, { pipelineStageId: to.id })
    }
    return after
  })
}

/** Deletes a pipeline and every opportunity in it. */
export function deletePipeline(ctx: Context, id: string): Promise<void> {
  return commit(ctx, async (tx) => {
    const before = await findLocked(ctx, tx, id)
    await pipelines.lockStages(tx, before)
    await changeEach(ctx, tx, { pipelineId: id }, null)
    await recordPipeline(ctx, tx, before, null)
  })
}

type By = { pipelineStageId: string } | { pipelineId: string }

/** Takes the opportunities in batches; each change takes them out of `by`, so the next batch is the rest. */
async function changeEach(ctx: Context, tx: Transaction, by: By, wanted: OpportunityChange | null) {
  for (let more = true; more; ) {
    const found: Opportunity[] = await opportunities.listBy(tx, ctx.caller.locationId, by, batch)
    for (const before of found) await record(ctx, tx, before, wanted && change(before, wanted, ctx.now()))
    more = found.length === batch
    if (more) await tx.pause()
  }
}

async function findLocked(ctx: Context, tx: Transaction, id: string): Promise<Pipeline> {
  const found = await pipelines.findLocked(tx, ctx.caller.locationId, id)
  if (!found) throw notFound('Pipeline')
  return found
}
