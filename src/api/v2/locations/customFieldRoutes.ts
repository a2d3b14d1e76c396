import { createCustomField, deleteCustomField, updateCustomField } from '../../../domain/customFields/commands.ts'
import { getCustomField, listCustomFields } from '../../../domain/customFields/queries.ts'
import { type Dialect, endpoint } from '../../endpoint.ts'
import { Succeeded, writeSucceeded } from '../contacts/wire.ts'
import * as wire from './customFieldWire.ts'
import { InLocation, WithId } from './wire.ts'

export const customFieldRoutes: Dialect = {
  'get-custom-fields': endpoint({
    method: 'GET',
    path: '/locations/:locationId/customFields',
    summary: 'List the custom fields of contacts, opportunities or all',
    tag: 'Custom fields',
    scope: 'locations/customFields.readonly',
    params: InLocation,
    query: wire.ListQuery,
    reply: wire.FieldsReply,
    run: async (ctx, { query }) => wire.writeFields(await listCustomFields(ctx, query.model ?? 'contact')),
  }),

  'create-custom-field': endpoint({
    method: 'POST',
    path: '/locations/:locationId/customFields',
    summary: 'Create a custom field',
    tag: 'Custom fields',
    scope: 'locations/customFields.write',
    status: 201,
    params: InLocation,
    body: wire.CreateBody,
    reply: wire.FieldReply,
    run: async (ctx, { body }) => wire.writeField(await createCustomField(ctx, wire.readNew(body))),
  }),

  'get-custom-field': endpoint({
    method: 'GET',
    path: '/locations/:locationId/customFields/:id',
    summary: 'Get a custom field',
    tag: 'Custom fields',
    scope: 'locations/customFields.readonly',
    params: WithId,
    reply: wire.FieldReply,
    run: async (ctx, { params }) => wire.writeField(await getCustomField(ctx, params.id)),
  }),

  'update-custom-field': endpoint({
    method: 'PUT',
    path: '/locations/:locationId/customFields/:id',
    summary: 'Update a custom field',
    tag: 'Custom fields',
    scope: 'locations/customFields.write',
    params: WithId,
    body: wire.UpdateBody,
    reply: wire.FieldReply,
    run: async (ctx, { params, body }) =>
      wire.writeField(await updateCustomField(ctx, params.id, wire.readChange(body))),
  }),

  'delete-custom-field': endpoint({
    method: 'DELETE',
    path: '/locations/:locationId/customFields/:id',
    summary: 'Delete a custom field and its values',
    tag: 'Custom fields',
    scope: 'locations/customFields.write',
    params: WithId,
    reply: Succeeded,
    run: async (ctx, { params }) => writeSucceeded(await deleteCustomField(ctx, params.id)),
  }),
}
