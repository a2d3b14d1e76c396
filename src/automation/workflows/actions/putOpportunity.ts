import { Type } from '@sinclair/typebox'
import { statuses } from '../../../domain/opportunities/opportunity.ts'
import { findLocked } from '../../../domain/opportunities/table.ts'
import { idOf, number, oneOf, strict, text } from '../definition/fields.ts'
import { hasMergeFields } from '../merge/render.ts'
import { action, given, requireContact } from './action.ts'
import createOpportunity, { holdPlace } from './createOpportunity.ts'
import { complaintsOf, numberOf } from './opportunitySettings.ts'
import updateOpportunity from './updateOpportunity.ts'

/** Contract 7: the older action, by its own names of settings; those of the two flags are not known for sure. */
export default action({
  type: 'create_opportunity',
  title: 'Create/Update Opportunity',
  about:
    'Updates the opportunity that the contact has in the pipeline, or creates one. The run is about it from here on.',
  settings: Type.Object(
    {
      pipeline_id: idOf('pipeline', 'Pipeline'),
      pipeline_stage_id: Type.Optional(idOf('stage', 'Stage')),
      opportunity_name: Type.Optional(text('Name', 255)),
      opportunity_source: Type.Optional(text('Source', 255)),
      monetary_value: Type.Optional(number('Value')),
      opportunity_status: Type.Optional(oneOf(statuses, 'Status')),
      allow_backward: Type.Optional(
        Type.Boolean({ description: 'Whether it may move to an earlier stage; otherwise that move is skipped' }),
      ),
      allow_duplicate: Type.Optional(Type.Boolean({ description: 'Creates another one, whatever there is' })),
    },
    strict,
  ),

  check: ({ monetary_value: value }) =>
    hasMergeFields(value) ? [] : complaintsOf(() => numberOf('monetary_value', value)),

  async hold(work, { pipeline_id: pipelineId, pipeline_stage_id: pipelineStageId }) {
    const { locationId, opportunityId } = work.run
    if (opportunityId === null) return
    const contactId = requireContact(work.run)
    await holdPlace(work, { contactId, pipelineId, ...given({ pipelineStageId }) })
    await findLocked(work.tx, locationId, opportunityId)
  },

  async run(work, { allow_backward: allowBackward, allow_duplicate: allowDuplicate = false, ...settings }) {
    const wanted = given({
      pipelineId: settings.pipeline_id,
      pipelineStageId: settings.pipeline_stage_id,
      name: settings.opportunity_name,
      source: settings.opportunity_source,
      monetaryValue: settings.monetary_value,
      status: settings.opportunity_status,
    })
    const made = await createOpportunity.run(work, { ...wanted, allowDuplicate })
    const opportunityId = made.about?.opportunityId
    if (!made.isSkipped || !opportunityId) return made

    const present = { ...work, run: { ...work.run, opportunityId } }
    const changed = await updateOpportunity.run(present, { ...wanted, ...given({ allowBackward }) })
    return { ...changed, about: { opportunityId } }
  },
})
