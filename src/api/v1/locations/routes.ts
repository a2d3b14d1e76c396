import { Type } from '@sinclair/typebox'
import { timezones } from '../../../domain/accounts/location.ts'
import { listUsers } from '../../../domain/accounts/users.ts'
import { listTags } from '../../../domain/contacts/tags.ts'
import { getCustomField, listCustomFields } from '../../../domain/customFields/queries.ts'
import { type Dialect, endpoint } from '../../endpoint.ts'
import { FieldsReply, writeFields } from '../../v2/locations/customFieldWire.ts'
import { TagsReply, TimezonesReply, writeTag } from '../../v2/locations/wire.ts'
import { UsersReply, writeUsers } from '../../v2/users/wire.ts'

const read = { scope: null, method: 'GET' } as const

export const locationRoutes: Dialect = {
  'get-custom-fields': endpoint({
    ...read,
    tag: 'Custom fields',
    path: '/v1/custom-fields',
    summary: 'List the custom fields of contacts',
    reply: FieldsReply,
    run: async (ctx) => writeFields(await listCustomFields(ctx, 'contact')),
  }),

  'get-custom-field': endpoint({
    ...read,
    tag: 'Custom fields',
    path: '/v1/custom-fields/:id',
    summary: 'Get a custom field, as a list of one',
    params: Type.Object({ id: Type.String() }),
    reply: FieldsReply,
    run: async (ctx, { params }) => writeFields([await getCustomField(ctx, params.id)]),
  }),

  'get-tags': endpoint({
    ...read,
    tag: 'Tags',
    path: '/v1/tags',
    summary: 'List the tags of the location',
    reply: TagsReply,
    run: async (ctx) => ({ tags: (await listTags(ctx)).map(writeTag) }),
  }),

  'get-users': endpoint({
    ...read,
    tag: 'Users',
    path: '/v1/users',
    summary: 'List the users of the location',
    reply: UsersReply,
    run: async (ctx) => writeUsers(await listUsers(ctx)),
  }),

  'get-timezones': endpoint({
    ...read,
    tag: 'Locations',
    path: '/v1/timezones',
    summary: 'List all time zones',
    reply: TimezonesReply,
    run: async () => ({ timezones: timezones() }),
  }),
}
