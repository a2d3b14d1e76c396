import { type Static, Type } from '@sinclair/typebox'
import { findDuplicate } from '../../../domain/contacts/queries.ts'
import { statuses } from '../../../domain/opportunities/opportunity.ts'
import { searchOpportunities } from '../../../domain/opportunities/queries.ts'
import { anyOf, idOf, oneOf, strict, text } from '../definition/fields.ts'
import { action, type Work } from './action.ts'

const Settings = Type.Object(
  {
    email: Type.Optional(text('Of whose contact; of the run’s own unless given', 255)),
    pipelineId: Type.Optional(anyOf(idOf('pipeline', 'In pipeline'))),
    pipelineStageId: Type.Optional(anyOf(idOf('stage', 'In stage'))),
    status: Type.Optional(anyOf(oneOf(statuses, 'With this status'))),
    sorting: Type.Optional(oneOf(['latest', 'oldest'], 'Which of several; the latest unless given')),
  },
  strict,
)

export default action({
  type: 'find_opportunity',
  title: 'Find Opportunity',
  about: 'Looks for an opportunity of the contact. Where there is one, the run is about it from here on.',
  settings: Settings,
  branches: ['found', 'notFound'],

  async run(work, settings) {
    const contactId = await contactMeant(work, settings.email)
    const found = contactId ? await search(work, contactId, settings) : undefined
    if (!found) return { branch: 'notFound', result: { found: false } }
    return {
      branch: 'found',
      result: { opportunityId: found },
      about: { opportunityId: found, contactId: contactId ?? null },
    }
  },
})

async function contactMeant({ ctx, run }: Work, email: string | undefined): Promise<string | null> {
  if (email === undefined) return run.contactId
  return email.trim() ? ((await findDuplicate(ctx, { email: email.trim() }))?.id ?? null) : null
}

async function search({ ctx }: Work, contactId: string, { sorting = 'latest', ...by }: Static<typeof Settings>) {
  const asked = {
    contact_id: contactId,
    pipeline_id: by.pipelineId,
    pipeline_stage_id: by.pipelineStageId,
    status: by.status,
  }
  const filters = Object.entries(asked).flatMap(([field, value]) =>
    value === undefined ? [] : [{ field, operator: 'eq' as const, value: [value].flat() }],
  )
  const direction = sorting === 'latest' ? ('desc' as const) : ('asc' as const)
  const { opportunities } = await searchOpportunities(ctx, {
    filters,
    sort: [{ field: 'date_added', direction }],
    limit: 1,
  })
  return opportunities[0]?.id
}
