import type { Context } from '../../domain/context.ts'
import { createPipeline } from '../../domain/pipelines/commands.ts'
import { listPipelines } from '../../domain/pipelines/queries.ts'
import { automate } from './automate.ts'
import { type Options, plant } from './plant.ts'
import { renewalStages } from './words.ts'

const aDay = 86_400_000

/**
 * Makes up a business to look at: `count` opportunities with people, notes and tasks in two pipelines, and beside them two
 * workflows, one of which has run, and a webhook that is paused. The same number makes the same business.
 */
export async function makeUp(ctx: Context, count: number, options: Options = {}): Promise<void> {
  await openRenewals(ctx)
  await plant(ctx, count, options)
  if (!options.isStopped?.()) await automate(ctx)
}

/** Beside the one pipeline that every location has at first. */
async function openRenewals(ctx: Context): Promise<void> {
  if ((await listPipelines(ctx)).length !== 1) return
  const before = ctx.now() - 400 * aDay
  await createPipeline({ ...ctx, now: () => before }, { name: 'Renewals', stages: renewalStages })
}
