import { putContact } from '../../../domain/contacts/commands.ts'
import { findDuplicate } from '../../../domain/contacts/queries.ts'
import type { Context } from '../../../domain/context.ts'
import { invalid } from '../../../domain/errors.ts'
import { insertOpportunity } from '../../../domain/opportunities/commands.ts'
import { searchOpportunities } from '../../../domain/opportunities/queries.ts'
import { requireContact as holdContact, placeIn, standAlone } from '../../../domain/opportunities/rules.ts'
import type { Transaction } from '../../../store/database.ts'
import type { InboundSettings } from '../triggers/inboundWebhook.ts'
import { textAt } from './path.ts'

type Mapping = NonNullable<InboundSettings['contact']>
type OpportunityMapping = NonNullable<InboundSettings['opportunity']>

/** Whom a payload is about, found or created as its mapping says; inside the transaction of the caller's. */
export async function meet(ctx: Context, tx: Transaction, settings: InboundSettings, payload: unknown) {
  const contactId = settings.contact ? await meetContact(ctx, tx, settings.contact, payload) : null
  if (!contactId || !settings.opportunity) return { contactId, opportunityId: null }
  return { contactId, opportunityId: await meetOpportunity(ctx, tx, contactId, settings.opportunity, payload) }
}

async function meetContact(ctx: Context, tx: Transaction, mapping: Mapping, payload: unknown): Promise<string | null> {
  const { mode, ...paths } = mapping
  const fields = Object.entries(paths).flatMap(([name, path]) => {
    const found = textAt(payload, path)
    return found === undefined ? [] : [[name, found]]
  })
  const wanted: Partial<Record<keyof typeof paths, string>> = Object.fromEntries(fields)
  const { email, phone } = wanted
  if (!email && !phone) return null
  if (mode === 'findOrCreate') return (await putContact(ctx, tx, wanted, { addTags: true })).contact.id
  const found = await findDuplicate(ctx, { ...(email && { email }), ...(phone && { number: phone }) })
  return found?.id ?? null
}

async function meetOpportunity(
  ctx: Context,
  tx: Transaction,
  contactId: string,
  { mode, pipelineId, status, name, monetaryValue }: OpportunityMapping,
  payload: unknown,
): Promise<string | null> {
  if (mode === 'findOrCreate') await holdPlace(ctx, tx, contactId, pipelineId)
  const asked = { contact_id: contactId, pipeline_id: pipelineId, ...(status !== undefined && { status }) }
  const filters = Object.entries(asked).map(([field, value]) => ({
    field,
    operator: 'eq' as const,
    value: [value].flat(),
  }))
  const { opportunities } = await searchOpportunities(ctx, { filters, limit: 1 })
  if (opportunities[0]) return opportunities[0].id
  if (mode !== 'findOrCreate') return null
  const value = numberOf(textAt(payload, monetaryValue))
  const called = textAt(payload, name) ?? 'New opportunity'
  const wish = {
    name: called,
    pipelineId,
    status: 'open' as const,
    contactId,
    ...(value !== undefined && { monetaryValue: value }),
  }
  return (await insertOpportunity(ctx, tx, wish)).id
}

/** Of two payloads that come at once the second finds what the first one made. Held in the order of those who create. */
async function holdPlace(ctx: Context, tx: Transaction, contactId: string, pipelineId: string): Promise<void> {
  const { locationId } = ctx.caller
  await holdContact(ctx, tx, contactId, {})
  await placeIn(tx, locationId, pipelineId)
  await standAlone(tx, { locationId, contactId, pipelineId })
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isFinite(value)) throw invalid(`monetaryValue must be a number, not "${text}"`)
  return value
}
