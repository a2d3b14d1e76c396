import type { Transaction } from '../../store/database.ts'
import { commit } from '../commit.ts'
import type { Context } from '../context.ts'
import { newId } from '../ids.ts'
import { append, type EventType } from '../outbox.ts'
import { begin, type NewPipeline, type Pipeline } from './pipeline.ts'
import * as pipelines from './table.ts'

/** Creates a pipeline after the ones there are. */
export const createPipeline = (ctx: Context, wanted: NewPipeline): Promise<Pipeline> =>
  commit(ctx, (tx) => insertPipeline(ctx, tx, wanted))

export async function insertPipeline(ctx: Context, tx: Transaction, wanted: NewPipeline): Promise<Pipeline> {
  const { locationId } = ctx.caller
  await tx.alone(`pipelines ${locationId}`)
  const position = await pipelines.nextPosition(tx, locationId)
  const pipeline = begin(newId(), locationId, wanted, position, ctx.now())
  await record(ctx, tx, null, pipeline)
  return pipeline
}

/** The one door for writing pipelines. What becomes of their opportunities is up to who knows them. */
export async function record(ctx: Context, tx: Transaction, before: Pipeline | null, after: Pipeline | null) {
  if (before === after) return
  if (after) await pipelines.save(tx, before, after)
  else if (before) await pipelines.remove(tx, before)
  const type: EventType = !before ? 'PipelineCreate' : after ? 'PipelineUpdate' : 'PipelineDelete'
  await append(ctx, tx, { types: [type], record: 'pipeline', recordId: (after ?? before)?.id as string, before, after })
}
