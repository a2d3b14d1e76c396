import { enrol, leave } from '../../../automation/workflows/runs/commands.ts'
import { getContact, refuseCampaign } from '../../../domain/contacts/queries.ts'
import { type Dialect, endpoint } from '../../endpoint.ts'
import * as wire from './wire.ts'

const write = { tag: 'Contacts', scope: 'contacts.write' } as const

export const enrolmentRoutes: Dialect = {
  'add-contact-to-workflow': endpoint({
    ...write,
    method: 'POST',
    path: '/contacts/:contactId/workflow/:workflowId',
    summary: 'Add a contact to a workflow',
    params: wire.WithWorkflow,
    body: wire.EnrolBody,
    reply: wire.Succeeded,
    run: async (ctx, { params, body }) =>
      wire.writeSucceeded(await enrol(ctx, params.contactId, params.workflowId, wire.readEnrolment(body))),
  }),

  'delete-contact-to-workflow': endpoint({
    ...write,
    method: 'DELETE',
    path: '/contacts/:contactId/workflow/:workflowId',
    summary: 'Take a contact out of a workflow',
    params: wire.WithWorkflow,
    body: wire.EnrolBody,
    reply: wire.Succeeded,
    run: async (ctx, { params }) => wire.writeSucceeded(await leave(ctx, params.contactId, params.workflowId)),
  }),

  'add-contact-to-campaign': endpoint({
    ...write,
    method: 'POST',
    path: '/contacts/:contactId/campaigns/:campaignId',
    summary: 'Add a contact to a campaign',
    params: wire.WithCampaign,
    reply: wire.Succeeded,
    status: 201,
    run: async (ctx, { params }) => refuseCampaign(ctx, params.contactId),
  }),

  'remove-contact-from-campaign': endpoint({
    ...write,
    method: 'DELETE',
    path: '/contacts/:contactId/campaigns/:campaignId',
    summary: 'Take a contact out of a campaign',
    params: wire.WithCampaign,
    reply: wire.Succeeded,
    run: async (ctx, { params }) => refuseCampaign(ctx, params.contactId),
  }),

  'remove-contact-from-every-campaign': endpoint({
    ...write,
    method: 'DELETE',
    path: '/contacts/:contactId/campaigns/removeAll',
    summary: 'Take a contact out of every campaign',
    params: wire.InContact,
    reply: wire.Succeeded,
    run: async (ctx, { params }) => wire.writeSucceeded(await getContact(ctx, params.contactId)),
  }),
}
