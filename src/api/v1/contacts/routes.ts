import { updateContact, upsertContact } from '../../../domain/contacts/commands.ts'
import { findDuplicate, getContact, searchContacts } from '../../../domain/contacts/queries.ts'
import { addTags, removeTags } from '../../../domain/contacts/tags.ts'
import { deleteContact } from '../../../domain/opportunities/deleteContact.ts'
import { type Dialect, endpoint } from '../../endpoint.ts'
import * as v2 from '../../v2/contacts/wire.ts'
import { Nothing, writeNothing } from '../nothing.ts'
import { remember, resume } from '../resume.ts'
import { besideRoutes } from './besideRoutes.ts'
import * as wire from './contactWire.ts'

const shared = { tag: 'Contacts', scope: null }

export const contactRoutes: Dialect = {
  'get-contacts': endpoint({
    ...shared,
    method: 'GET',
    path: '/v1/contacts',
    summary: 'List the contacts, newest first',
    query: wire.ListQuery,
    reply: wire.List,
    run: async (ctx, { query: asked, origin }) => {
      const query = await resume(ctx, asked)
      const list = wire.writeList(await searchContacts(ctx, wire.readList(query)), query, origin())
      remember(ctx, list.meta, query)
      return list
    },
  }),

  'lookup-contact': endpoint({
    ...shared,
    method: 'GET',
    path: '/v1/contacts/lookup',
    summary: 'Find the contact that an e-mail address, or else a phone number, belongs to',
    query: wire.LookupQuery,
    reply: wire.LookupReply,
    run: async (ctx, { query }) => wire.writeLookup(await findDuplicate(ctx, wire.readLookup(query))),
  }),

  'create-contact': endpoint({
    ...shared,
    method: 'POST',
    path: '/v1/contacts',
    summary: 'Create a contact, or update the one with this e-mail address or phone number; tags are added',
    body: wire.ContactBody,
    reply: wire.ContactReply,
    run: async (ctx, { body }) =>
      wire.writeOne((await upsertContact(ctx, wire.readNew(body), { addTags: true })).contact),
  }),

  'get-contact': endpoint({
    ...shared,
    method: 'GET',
    path: '/v1/contacts/:contactId',
    summary: 'Get a contact',
    params: v2.InContact,
    reply: wire.ContactReply,
    run: async (ctx, { params }) => wire.writeOne(await getContact(ctx, params.contactId)),
  }),

  'update-contact': endpoint({
    ...shared,
    method: 'PUT',
    path: '/v1/contacts/:contactId',
    summary: 'Update a contact; tags are replaced as a whole',
    params: v2.InContact,
    body: wire.ContactBody,
    reply: wire.ContactReply,
    run: async (ctx, { params, body }) =>
      wire.writeOne(await updateContact(ctx, params.contactId, wire.readContact(body))),
  }),

  'delete-contact': endpoint({
    ...shared,
    method: 'DELETE',
    path: '/v1/contacts/:contactId',
    summary: 'Delete a contact and its opportunities',
    params: v2.InContact,
    reply: Nothing,
    run: async (ctx, { params }) => writeNothing(await deleteContact(ctx, params.contactId)),
  }),

  'add-tags': endpoint({
    ...shared,
    method: 'POST',
    path: '/v1/contacts/:contactId/tags',
    summary: 'Add tags to a contact',
    params: v2.InContact,
    body: v2.TagsBody,
    reply: v2.TagsAdded,
    run: async (ctx, { params, body }) => v2.writeTagsAdded(await addTags(ctx, params.contactId, body.tags)),
  }),

  'remove-tags': endpoint({
    ...shared,
    method: 'DELETE',
    path: '/v1/contacts/:contactId/tags',
    summary: 'Remove tags from a contact',
    params: v2.InContact,
    body: v2.TagsBody,
    reply: v2.TagsRemoved,
    run: async (ctx, { params, body }) => v2.writeTagsRemoved(await removeTags(ctx, params.contactId, body.tags)),
  }),

  ...besideRoutes,
}
