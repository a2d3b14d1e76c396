import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import type { Pipeline } from './pipeline.ts'
import * as pipelines from './table.ts'

/** All pipelines of the location with their stages, in order. */
export const listPipelines = (ctx: Context): Promise<Pipeline[]> => pipelines.list(ctx.store, ctx.caller.locationId)

export async function getPipeline(ctx: Context, id: string): Promise<Pipeline> {
  const pipeline = await pipelines.find(ctx.store, ctx.caller.locationId, id)
  if (!pipeline) throw notFound('Pipeline')
  return pipeline
}
