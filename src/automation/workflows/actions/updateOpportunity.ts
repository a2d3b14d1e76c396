import { Type } from '@sinclair/typebox'
import { notFound } from '../../../domain/errors.ts'
import { changeOpportunity } from '../../../domain/opportunities/commands.ts'
import { changedFields, type Opportunity } from '../../../domain/opportunities/opportunity.ts'
import { holdBeside, type Wish } from '../../../domain/opportunities/rules.ts'
import { findLocked } from '../../../domain/opportunities/table.ts'
import * as pipelines from '../../../domain/pipelines/table.ts'
import type { Database } from '../../../store/database.ts'
import { strict } from '../definition/fields.ts'
import { action, requireOpportunity, type Work } from './action.ts'
import { checkFields, type Fields, opportunityFields, wishOf } from './opportunitySettings.ts'

export default action({
  type: 'internal_update_opportunity',
  title: 'Update Opportunity',
  about: 'Changes the opportunity that the run is about: its stage, status, value, whatever is set.',
  settings: Type.Object(
    {
      ...opportunityFields,
      allowBackward: Type.Optional(
        Type.Boolean({ description: 'Whether it may move to an earlier stage; otherwise that move is skipped' }),
      ),
    },
    strict,
  ),
  check: checkFields,

  async hold(work, settings) {
    await take(work, settings)
  },

  async run(work, { allowBackward = false, ...settings }) {
    const { ctx, tx } = work
    const wanted = wishOf(settings)
    const before = await take(work, settings)
    const isBackward = !allowBackward && (await isEarlier(tx, before, wanted))
    const wish = isBackward ? without(wanted) : wanted
    const after = await changeOpportunity(ctx, tx, before, wish)
    const result = { changed: changedFields(before, after), ...(isBackward && { skipped: ['pipelineStageId'] }) }
    return { result, isSkipped: isBackward && Object.keys(wish).length === 0 }
  },
})

/** The opportunity, which nobody else changes until the end; behind what the change needs beside it. */
async function take({ tx, run }: Work, settings: Fields): Promise<Opportunity> {
  const id = requireOpportunity(run)
  await holdBeside(tx, run.locationId, id, wishOf(settings))
  const found = await findLocked(tx, run.locationId, id)
  if (!found) throw notFound('Opportunity')
  return found
}

/** Whether the wish is for a stage before the present one. Another pipeline has no earlier or later. */
async function isEarlier(db: Database, before: Opportunity, { pipelineId, pipelineStageId }: Wish): Promise<boolean> {
  if (!pipelineStageId || (pipelineId !== undefined && pipelineId !== before.pipelineId)) return false
  const pipeline = await pipelines.find(db, before.locationId, before.pipelineId)
  const at = (id: string) => pipeline?.stages.findIndex((stage) => stage.id === id) ?? -1
  return at(pipelineStageId) >= 0 && at(pipelineStageId) < at(before.pipelineStageId)
}

const without = ({ pipelineStageId: _, pipelineId: __, ...rest }: Wish): Wish => rest
