import { listWorkflows } from '../../../automation/workflows/queries.ts'
import { timezones } from '../../../domain/accounts/location.ts'
import { callersLocations, getLocation, updateLocation } from '../../../domain/accounts/locations.ts'
import { searchTasks } from '../../../domain/contacts/queries.ts'
import { createTag, deleteTag, getTag, listTags, renameTag } from '../../../domain/contacts/tags.ts'
import {
  createLocationValue,
  deleteLocationValue,
  updateLocationValue,
} from '../../../domain/locationValues/commands.ts'
import { getLocationValue, listLocationValues } from '../../../domain/locationValues/queries.ts'
import { type Dialect, endpoint } from '../../endpoint.ts'
import * as contactWire from '../contacts/wire.ts'
import { customFieldRoutes } from './customFieldRoutes.ts'
import * as wire from './wire.ts'

export const locationRoutes: Dialect = {
  'search-locations': endpoint({
    method: 'GET',
    path: '/locations/search',
    summary: 'Search for locations: the one of the token, or all of its company',
    tag: 'Locations',
    callers: 'any',
    scope: 'locations.readonly',
    query: wire.SearchQuery,
    reply: wire.LocationsReply,
    run: async (ctx, { query }) => wire.writeSearch(await callersLocations(ctx), query),
  }),

  'get-location': endpoint({
    method: 'GET',
    path: '/locations/:locationId',
    summary: 'Get the location',
    tag: 'Locations',
    scope: 'locations.readonly',
    params: wire.InLocation,
    reply: wire.LocationReply,
    run: async (ctx) => ({ location: wire.writeLocation(await getLocation(ctx)) }),
  }),

  'put-location': endpoint({
    method: 'PUT',
    path: '/locations/:locationId',
    summary: 'Update the location and its settings',
    tag: 'Locations',
    scope: 'locations.write',
    params: wire.InLocation,
    body: wire.LocationBody,
    reply: wire.LocationReply,
    run: async (ctx, { body }) => wire.writeUpdated(await updateLocation(ctx, wire.readLocation(body))),
  }),

  'get-timezones': endpoint({
    method: 'GET',
    path: '/locations/:locationId/timezones',
    summary: 'List all time zones',
    tag: 'Locations',
    scope: 'locations.readonly',
    params: wire.InLocation,
    reply: wire.TimezonesReply,
    run: async () => ({ timezones: timezones() }),
  }),

  ...customFieldRoutes,

  'get-location-tags': endpoint({
    method: 'GET',
    path: '/locations/:locationId/tags',
    summary: 'List the tags of the location',
    tag: 'Tags',
    scope: 'locations/tags.readonly',
    params: wire.InLocation,
    reply: wire.TagsReply,
    run: async (ctx) => ({ tags: (await listTags(ctx)).map(wire.writeTag) }),
  }),

  'create-tag': endpoint({
    method: 'POST',
    path: '/locations/:locationId/tags',
    summary: 'Create a tag',
    tag: 'Tags',
    scope: 'locations/tags.write',
    params: wire.InLocation,
    body: wire.TagBody,
    reply: wire.TagReply,
    run: async (ctx, { body }) => ({ tag: wire.writeTag(await createTag(ctx, body.name)) }),
  }),

  'get-tag-by-id': endpoint({
    method: 'GET',
    path: '/locations/:locationId/tags/:tagId',
    summary: 'Get a tag',
    tag: 'Tags',
    scope: 'locations/tags.readonly',
    params: wire.WithTagId,
    reply: wire.TagReply,
    run: async (ctx, { params }) => ({ tag: wire.writeTag(await getTag(ctx, params.tagId)) }),
  }),

  'update-tag': endpoint({
    method: 'PUT',
    path: '/locations/:locationId/tags/:tagId',
    summary: 'Rename a tag, on its contacts too',
    tag: 'Tags',
    scope: 'locations/tags.write',
    params: wire.WithTagId,
    body: wire.TagBody,
    reply: wire.TagReply,
    run: async (ctx, { params, body }) => ({ tag: wire.writeTag(await renameTag(ctx, params.tagId, body.name)) }),
  }),

  'delete-tag': endpoint({
    method: 'DELETE',
    path: '/locations/:locationId/tags/:tagId',
    summary: 'Delete a tag, from its contacts too',
    tag: 'Tags',
    scope: 'locations/tags.write',
    params: wire.WithTagId,
    reply: contactWire.Succeeded,
    run: async (ctx, { params }) => contactWire.writeSucceeded(await deleteTag(ctx, params.tagId)),
  }),

  'task-search': endpoint({
    method: 'POST',
    path: '/locations/:locationId/tasks/search',
    summary: 'Search the tasks of the location',
    tag: 'Tasks',
    scope: 'locations/tasks.readonly',
    params: wire.InLocation,
    body: wire.TaskSearchBody,
    reply: contactWire.TasksReply,
    run: async (ctx, { body }) => contactWire.writeTasks(await searchTasks(ctx, wire.readTaskSearch(body))),
  }),

  'get-custom-values': endpoint({
    method: 'GET',
    path: '/locations/:locationId/customValues',
    summary: 'List the custom values of the location',
    tag: 'Custom values',
    scope: 'locations/customValues.readonly',
    params: wire.InLocation,
    reply: wire.ValuesReply,
    run: async (ctx) => ({ customValues: (await listLocationValues(ctx)).map(wire.writeValue) }),
  }),

  'create-custom-value': endpoint({
    method: 'POST',
    path: '/locations/:locationId/customValues',
    summary: 'Create a custom value',
    tag: 'Custom values',
    scope: 'locations/customValues.write',
    status: 201,
    params: wire.InLocation,
    body: wire.ValueBody,
    reply: wire.ValueReply,
    run: async (ctx, { body }) => ({
      customValue: wire.writeValue(await createLocationValue(ctx, wire.readValue(body))),
    }),
  }),

  'get-custom-value': endpoint({
    method: 'GET',
    path: '/locations/:locationId/customValues/:id',
    summary: 'Get a custom value',
    tag: 'Custom values',
    scope: 'locations/customValues.readonly',
    params: wire.WithId,
    reply: wire.ValueReply,
    run: async (ctx, { params }) => ({ customValue: wire.writeValue(await getLocationValue(ctx, params.id)) }),
  }),

  'update-custom-value': endpoint({
    method: 'PUT',
    path: '/locations/:locationId/customValues/:id',
    summary: 'Update a custom value',
    tag: 'Custom values',
    scope: 'locations/customValues.write',
    params: wire.WithId,
    body: wire.ValueBody,
    reply: wire.ValueReply,
    run: async (ctx, { params, body }) => ({
      customValue: wire.writeValue(await updateLocationValue(ctx, params.id, wire.readValue(body))),
    }),
  }),

  'delete-custom-value': endpoint({
    method: 'DELETE',
    path: '/locations/:locationId/customValues/:id',
    summary: 'Delete a custom value',
    tag: 'Custom values',
    scope: 'locations/customValues.write',
    params: wire.WithId,
    reply: contactWire.Succeeded,
    run: async (ctx, { params }) => contactWire.writeSucceeded(await deleteLocationValue(ctx, params.id)),
  }),

  'get-workflow': endpoint({
    method: 'GET',
    path: '/workflows/',
    summary: 'List the workflows of the location',
    tag: 'Workflows',
    scope: 'workflows.readonly',
    location: { in: 'query', name: 'locationId' },
    query: wire.OfLocation,
    reply: wire.WorkflowsReply,
    run: async (ctx) => ({ workflows: (await listWorkflows(ctx)).map(wire.writeWorkflow) }),
  }),

  'get-campaigns': endpoint({
    method: 'GET',
    path: '/campaigns/',
    summary: 'List the campaigns of the location',
    tag: 'Campaigns',
    scope: 'campaigns.readonly',
    location: { in: 'query', name: 'locationId' },
    query: wire.OfLocation,
    reply: wire.CampaignsReply,
    run: async () => ({ campaigns: [] }),
  }),
}
