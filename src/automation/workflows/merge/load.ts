import * as locations from '../../../domain/accounts/locationTable.ts'
import { findUser } from '../../../domain/accounts/users.ts'
import * as contacts from '../../../domain/contacts/table.ts'
import { describeAll } from '../../../domain/customFields/values.ts'
import * as locationValues from '../../../domain/locationValues/table.ts'
import { view as opportunityView } from '../../../domain/opportunities/viewTable.ts'
import * as pipelines from '../../../domain/pipelines/table.ts'
import type { Database } from '../../../store/database.ts'
import type { Subject } from './view.ts'

/** Whom a run is about; ids of what is gone lead to nothing. */
export interface About {
  locationId: string
  contactId: string | null
  opportunityId: string | null
}

/** What is known at this moment of whom a run is about. */
export async function loadSubject(db: Database, { locationId, contactId, opportunityId }: About): Promise<Subject> {
  const opportunity = opportunityId ? await opportunityView(db, locationId, opportunityId) : undefined
  const ofContact = contactId ?? opportunity?.contactId
  const contact = ofContact ? await contacts.find(db, locationId, ofContact) : undefined
  const pipeline = opportunity && (await pipelines.find(db, locationId, opportunity.pipelineId))
  const assignee = opportunity?.assignedTo ?? contact?.assignedTo
  const [opportunityFields = []] = await describeAll(db, locationId, 'opportunity', [opportunity?.customFields ?? []])
  const [contactFields = []] = await describeAll(db, locationId, 'contact', [contact?.customFields ?? []])
  return {
    opportunity,
    contact,
    pipelineName: pipeline?.name,
    stageName: pipeline?.stages.find(({ id }) => id === opportunity?.pipelineStageId)?.name,
    user: assignee ? await findUser(db, locationId, assignee) : undefined,
    location: await locations.find(db, locationId),
    opportunityFields,
    contactFields,
    customValues: valuesByKey(await locationValues.list(db, locationId)),
  }
}

const valuesByKey = (values: { fieldKey: string; value: string }[]) =>
  Object.fromEntries(values.map(({ fieldKey, value }) => [bareValueKey(fieldKey), value]))

/** `{{ custom_values.greeting }}`, as the original keeps a key, or the key itself. */
export const bareValueKey = (key: string) => key.replace(/[{}\s]/g, '').replace(/^custom_values\./, '')
