import { Type } from '@sinclair/typebox'
import { newId } from '../../../domain/ids.ts'
import { idOf, strict } from '../definition/fields.ts'
import { begin } from '../runs/begin.ts'
import { stopRuns } from '../runs/queue.ts'
import { requirePublished } from '../table.ts'
import { action, requireContact } from './action.ts'

export const addToWorkflow = action({
  type: 'add_to_workflow',
  title: 'Add to Workflow',
  about: 'Begins another workflow for the same contact and opportunity.',
  settings: Type.Object({ workflowId: idOf('workflow', 'Which one') }, strict),

  async run({ ctx, tx, run }, { workflowId }) {
    const workflow = await requirePublished(tx, run.locationId, workflowId)
    const { contactId, opportunityId, data } = run
    const begun = { cause: `run ${run.id} ${newId()}`, begunBy: run.id, depth: run.depth + 1 }
    const id = await begin(tx, workflow, { ...begun, contactId, opportunityId, data }, ctx.now())
    return { result: { workflowId, runId: id ?? null }, isSkipped: id === undefined }
  },
})

export const removeFromWorkflow = action({
  type: 'remove_from_workflow',
  title: 'Remove from Workflow',
  about: 'Ends what other runs the contact has, in one workflow or in all.',
  settings: Type.Object({ workflowId: Type.Optional(idOf('workflow', 'Which one; all unless given')) }, strict),

  async run({ ctx, tx, run }, { workflowId }) {
    const meant = { locationId: run.locationId, contactId: requireContact(run), workflowId, except: run.id }
    const stopped = await stopRuns(tx, meant, `Taken out by the run ${run.id}`, ctx.now())
    return { result: { stopped }, isSkipped: stopped === 0 }
  },
})

export const stop = action({
  type: 'stop',
  title: 'Stop',
  about: 'Ends the run here.',
  settings: Type.Object({}, strict),
  run: async () => ({ isEnd: true }),
})
