import { Type } from '@sinclair/typebox'
import { deleteOpportunity } from '../../../domain/opportunities/commands.ts'
import { searchOpportunities } from '../../../domain/opportunities/queries.ts'
import { anyOf, idOf, oneOf, strict } from '../definition/fields.ts'
import { action, requireContact, requireOpportunity, type Work } from './action.ts'

/** More in one step would hold up everybody else. */
const most = 100

export default action({
  type: 'remove_opportunity',
  title: 'Remove Opportunity',
  about: 'Deletes the opportunity that the run is about, or all that the contact has.',
  settings: Type.Object(
    {
      which: Type.Optional(oneOf(['current', 'all'], 'The one that the run is about unless given')),
      pipelineId: Type.Optional(anyOf(idOf('pipeline', 'Of all, only those in this pipeline'))),
    },
    strict,
  ),

  async run(work, { which = 'current', pipelineId }) {
    const ids = which === 'all' ? await idsOfContact(work, pipelineId) : [requireOpportunity(work.run)]
    for (const id of ids) await deleteOpportunity(work.ctx, id)
    const { opportunityId } = work.run
    const isGone = opportunityId !== null && ids.includes(opportunityId)
    return { isSkipped: ids.length === 0, result: { removed: ids }, ...(isGone && { about: { opportunityId: null } }) }
  },
})

async function idsOfContact({ ctx, run }: Work, pipelineId: string | string[] | undefined): Promise<string[]> {
  const ofContact = { field: 'contact_id', operator: 'eq' as const, value: [requireContact(run)] }
  const inPipeline = { field: 'pipeline_id', operator: 'eq' as const, value: [pipelineId ?? []].flat() }
  const filters = pipelineId === undefined ? [ofContact] : [ofContact, inPipeline]
  const { opportunities } = await searchOpportunities(ctx, { filters, limit: most })
  return opportunities.map(({ id }) => id)
}
