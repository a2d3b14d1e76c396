import { Type } from '@sinclair/typebox'
import { updateContact } from '../../../domain/contacts/commands.ts'
import { getContact } from '../../../domain/contacts/queries.ts'
import { updateOpportunity } from '../../../domain/opportunities/commands.ts'
import { getOpportunity } from '../../../domain/opportunities/queries.ts'
import { idOf, strict } from '../definition/fields.ts'
import { takeTurn } from '../runs/table.ts'
import { action, requireContact, type Work } from './action.ts'

/** Of the opportunity where the run has one, else of the contact. */
const assigneeOf = async ({ ctx, run }: Work): Promise<string | null> =>
  run.opportunityId
    ? (await getOpportunity(ctx, run.opportunityId)).assignedTo
    : (await getContact(ctx, requireContact(run))).assignedTo

const assign = ({ ctx, run }: Work, assignedTo: string | null) =>
  run.opportunityId
    ? updateOpportunity(ctx, run.opportunityId, { assignedTo })
    : updateContact(ctx, requireContact(run), { assignedTo })

export const addOwner = action({
  type: 'internal-add-opportunity-owner',
  title: 'Assign',
  about: 'Assigns the opportunity, or the contact where there is none, to a user; to several in turn.',
  settings: Type.Object(
    {
      users: Type.Array(idOf('user', 'Who; where there are several, the next one each time'), {
        minItems: 1,
        maxItems: 100,
      }),
      onlyUnassigned: Type.Optional(Type.Boolean({ description: 'Leaves what somebody is assigned to already' })),
    },
    strict,
  ),

  async run(work, { users, onlyUnassigned = false }) {
    const present = await assigneeOf(work)
    if (onlyUnassigned && present) return { isSkipped: true, result: { assignedTo: present } }
    const { locationId, workflowId, place } = work.run
    const turn = users.length > 1 ? await takeTurn(work.tx, locationId, workflowId, place) : 0
    const assignedTo = users[turn % users.length] as string
    await assign(work, assignedTo)
    return { result: { assignedTo } }
  },
})

export const removeOwner = action({
  type: 'internal-remove-opportunity-owner',
  title: 'Remove Assignee',
  about: 'Nobody is assigned to the opportunity, or to the contact where there is none.',
  settings: Type.Object({}, strict),

  async run(work) {
    const present = await assigneeOf(work)
    if (present) await assign(work, null)
    return { result: { removed: present }, isSkipped: present === null }
  },
})
