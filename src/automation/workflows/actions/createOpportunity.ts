import { Type } from '@sinclair/typebox'
import { getContact } from '../../../domain/contacts/queries.ts'
import { insertOpportunity, type NewWish } from '../../../domain/opportunities/commands.ts'
import { searchOpportunities } from '../../../domain/opportunities/queries.ts'
import { requireContact as holdContact, placeIn, standAlone } from '../../../domain/opportunities/rules.ts'
import { idOf, strict } from '../definition/fields.ts'
import { action, requireContact, type Work } from './action.ts'
import { checkFields, opportunityFields, wishOf } from './opportunitySettings.ts'

export default action({
  type: 'internal_create_opportunity',
  title: 'Create Opportunity',
  about: 'Creates an opportunity for the contact. The run is about it from here on.',
  settings: Type.Object(
    {
      ...opportunityFields,
      pipelineId: idOf('pipeline', 'Pipeline'),
      allowDuplicate: Type.Optional(
        Type.Boolean({ description: 'Whether the contact may have another one in the pipeline; true unless given' }),
      ),
    },
    strict,
  ),
  check: checkFields,

  async run({ ctx, tx, run }, { allowDuplicate = true, ...settings }) {
    const { pipelineId } = settings
    const contact = await getContact(ctx, requireContact(run))
    const name = contact.name ?? contact.companyName ?? contact.email ?? contact.phone ?? 'New opportunity'
    const wish = { name, status: 'open' as const, ...wishOf(settings), pipelineId, contactId: contact.id }
    const existing = allowDuplicate ? undefined : await findExisting({ ctx, tx }, wish)
    if (existing) return { isSkipped: true, result: { existingId: existing }, about: { opportunityId: existing } }

    const { id } = await insertOpportunity(ctx, tx, wish)
    return { result: { opportunityId: id }, about: { opportunityId: id } }
  },
})

/** What a new one needs is held in the order of those who create, so that nobody waits for somebody who waits. */
export async function holdPlace({ ctx, tx }: Pick<Work, 'ctx' | 'tx'>, wish: Place): Promise<void> {
  const { locationId } = ctx.caller
  const { contactId, pipelineId } = wish
  await holdContact(ctx, tx, contactId, {})
  await placeIn(tx, locationId, pipelineId, wish.pipelineStageId)
  await standAlone(tx, { locationId, contactId, pipelineId })
}

type Place = Pick<NewWish, 'contactId' | 'pipelineId' | 'pipelineStageId'>

async function findExisting({ ctx, tx }: Pick<Work, 'ctx' | 'tx'>, wish: NewWish): Promise<string | undefined> {
  const { contactId, pipelineId } = wish
  await holdPlace({ ctx, tx }, wish)
  const asked = { contact_id: contactId, pipeline_id: pipelineId }
  const filters = Object.entries(asked).map(([field, id]) => ({ field, operator: 'eq' as const, value: [id] }))
  const { opportunities } = await searchOpportunities(ctx, { filters, limit: 1 })
  return opportunities[0]?.id
}
