import { nameOf } from '../../../domain/accounts/user.ts'
import type { DescribedValue } from '../../../domain/customFields/values.ts'
import type { Database } from '../../../store/database.ts'
import type { Run } from '../runs/run.ts'
import { loadSubject } from './load.ts'
import type { Subject } from './view.ts'

/** What a payload is made for. */
interface Asked {
  tx: Database
  run: Run
  workflow: { id: string; name: string }
}

/** Contract 6.3: what the Webhook action sends. Its own labels are kept apart from ours by coming first. */
export async function payloadOf({ tx, run, workflow }: Asked, customData: Record<string, string>): Promise<object> {
  const subject = await loadSubject(tx, run)
  const { user, location } = subject
  return {
    ...labelled(subject.contactFields),
    ...labelled(subject.opportunityFields),
    ...ofContact(subject),
    ...ofOpportunity(subject),
    ...(user && { user: { ...person(user), name: nameOf(user) } }),
    ...(location && { location: place(location) }),
    workflow,
    triggerData: run.data,
    customData,
  }
}

const labelled = (fields: DescribedValue[] = []) => Object.fromEntries(fields.map(({ name, value }) => [name, value]))

function ofContact({ contact }: Subject): object {
  if (!contact) return {}
  const { address1, city, state, postalCode, country } = contact
  return {
    contact_id: contact.id,
    first_name: contact.firstName,
    last_name: contact.lastName,
    full_name: contact.name,
    email: contact.email,
    phone: contact.phone,
    company_name: contact.companyName,
    tags: contact.tags.join(','),
    country,
    date_created: new Date(contact.createdAt).toISOString(),
    contact_source: contact.source,
    full_address: [address1, city, state, postalCode, country].filter(Boolean).join(', '),
    contact_type: contact.type,
  }
}

function ofOpportunity({ opportunity, pipelineName, stageName }: Subject): object {
  if (!opportunity) return {}
  return {
    id: opportunity.id,
    opportunity_name: opportunity.name,
    status: opportunity.status,
    lead_value: opportunity.monetaryValue,
    opportunity_source: opportunity.source,
    source: opportunity.source,
    // sic: receivers read this spelling (contract 6.3).
    pipleline_stage: stageName,
    pipeline_stage: stageName,
    pipeline_id: opportunity.pipelineId,
    pipeline_name: pipelineName,
  }
}

const person = ({ firstName, lastName, email, phone }: NonNullable<Subject['user']>) => ({
  firstName,
  lastName,
  email,
  phone,
})

function place({ id, name, profile }: NonNullable<Subject['location']>) {
  const { address, city, state, country, postalCode } = profile
  const fullAddress = [address, city, state, postalCode].filter(Boolean).join(', ')
  return { id, name, address, city, state, country, postalCode, fullAddress }
}
