import {
  addFollowers,
  createContact,
  removeFollowers,
  updateContact,
  upsertContact,
} from '../../../domain/contacts/commands.ts'
import { findDuplicate, getContact, searchContacts } from '../../../domain/contacts/queries.ts'
import { addTags, removeTags, updateTagsOfMany } from '../../../domain/contacts/tags.ts'
import { deleteContact } from '../../../domain/opportunities/deleteContact.ts'
import { type Dialect, endpoint } from '../../endpoint.ts'
import { recall, remember } from '../opportunities/cursors.ts'
import * as contactWire from './contactWire.ts'
import { enrolmentRoutes } from './enrolmentRoutes.ts'
import * as inputWire from './inputWire.ts'
import { noteRoutes } from './noteRoutes.ts'
import * as searchWire from './searchWire.ts'
import { taskRoutes } from './taskRoutes.ts'
import * as wire from './wire.ts'

const read = { tag: 'Contacts', scope: 'contacts.readonly' } as const
const write = { tag: 'Contacts', scope: 'contacts.write' } as const

/** The rows of contacts, for a dialect that writes them so. */
export const contactRoutesIn = (show: contactWire.WriteContact): Dialect => ({
  'get-contacts': endpoint({
    ...read,
    method: 'GET',
    path: '/contacts/',
    summary: 'List the contacts, newest first',
    location: { in: 'query', name: 'locationId' },
    query: searchWire.ListQuery,
    reply: searchWire.ListReply,
    run: async (ctx, { query: asked, origin, locationNamed }) => {
      const query = locationNamed ? asked : await recall(ctx, asked)
      const list = searchWire.writeList(await searchContacts(ctx, searchWire.readList(query)), query, origin(), show)
      remember(ctx, list.meta, query)
      return list
    },
  }),

  'create-contact': endpoint({
    ...write,
    method: 'POST',
    path: '/contacts/',
    summary: 'Create a contact',
    location: { in: 'body', name: 'locationId' },
    body: inputWire.CreateBody,
    reply: contactWire.CreatedReply,
    status: 201,
    run: async (ctx, { body }) => contactWire.writeCreated(await createContact(ctx, inputWire.readContact(body)), show),
  }),

  'upsert-contact': endpoint({
    ...write,
    method: 'POST',
    path: '/contacts/upsert',
    summary: 'Update the contact with this e-mail address or phone number, or create it',
    location: { in: 'body', name: 'locationId' },
    body: inputWire.UpsertBody,
    reply: contactWire.UpsertReply,
    run: async (ctx, { body }) =>
      contactWire.writeUpserted(await upsertContact(ctx, inputWire.readContact(body), body), show),
  }),

  'search-contacts-advanced': endpoint({
    ...read,
    method: 'POST',
    path: '/contacts/search',
    summary: 'Search contacts by text, filters and groups of filters',
    location: { in: 'body', name: 'locationId' },
    body: searchWire.SearchBody,
    reply: searchWire.SearchReply,
    run: async (ctx, { body }) => searchWire.writeSearch(await searchContacts(ctx, searchWire.readSearch(body)), show),
  }),

  'get-duplicate-contact': endpoint({
    ...read,
    method: 'GET',
    path: '/contacts/search/duplicate',
    summary: 'Find the contact that an e-mail address or a phone number belongs to',
    location: { in: 'query', name: 'locationId' },
    query: searchWire.DuplicateQuery,
    reply: searchWire.DuplicateReply,
    run: async (ctx, { query }) => searchWire.writeDuplicate(await findDuplicate(ctx, query), show),
  }),

  'get-contact': endpoint({
    ...read,
    method: 'GET',
    path: '/contacts/:contactId',
    summary: 'Get a contact',
    params: wire.InContact,
    reply: contactWire.ContactReply,
    run: async (ctx, { params }) => ({ contact: show(await getContact(ctx, params.contactId)) }),
  }),

  'update-contact': endpoint({
    ...write,
    method: 'PUT',
    path: '/contacts/:contactId',
    summary: 'Update a contact; tags are replaced as a whole',
    params: wire.InContact,
    body: inputWire.UpdateBody,
    reply: contactWire.UpdatedReply,
    run: async (ctx, { params, body }) =>
      contactWire.writeUpdated(await updateContact(ctx, params.contactId, inputWire.readContact(body)), show),
  }),

  'delete-contact': endpoint({
    ...write,
    method: 'DELETE',
    path: '/contacts/:contactId',
    summary: 'Delete a contact and its opportunities',
    params: wire.InContact,
    reply: wire.Succeeded,
    run: async (ctx, { params }) => wire.writeSucceeded(await deleteContact(ctx, params.contactId)),
  }),

  'add-tags': endpoint({
    ...write,
    method: 'POST',
    path: '/contacts/:contactId/tags',
    summary: 'Add tags to a contact',
    params: wire.InContact,
    body: wire.TagsBody,
    reply: wire.TagsAdded,
    status: 201,
    run: async (ctx, { params, body }) => wire.writeTagsAdded(await addTags(ctx, params.contactId, body.tags)),
  }),

  'remove-tags': endpoint({
    ...write,
    method: 'DELETE',
    path: '/contacts/:contactId/tags',
    summary: 'Remove tags from a contact',
    params: wire.InContact,
    body: wire.TagsBody,
    reply: wire.TagsRemoved,
    run: async (ctx, { params, body }) => wire.writeTagsRemoved(await removeTags(ctx, params.contactId, body.tags)),
  }),

  'create-association': endpoint({
    ...write,
    method: 'POST',
    path: '/contacts/bulk/tags/update/:type',
    summary: 'Add or remove tags of many contacts',
    location: { in: 'body', name: 'locationId' },
    params: wire.BulkTags,
    body: wire.BulkTagsBody,
    reply: wire.BulkTagsReply,
    status: 201,
    run: async (ctx, { params, body }) =>
      wire.writeBulkTags(await updateTagsOfMany(ctx, body.contacts, wire.readBulkTags(params.type, body))),
  }),

  'add-followers-contact': endpoint({
    ...write,
    method: 'POST',
    path: '/contacts/:contactId/followers',
    summary: 'Add followers to a contact',
    params: wire.InContact,
    body: wire.FollowBody,
    reply: wire.FollowersAdded,
    status: 201,
    run: async (ctx, { params, body }) =>
      wire.writeFollowersAdded(await addFollowers(ctx, params.contactId, body.followers)),
  }),

  'remove-followers-contact': endpoint({
    ...write,
    method: 'DELETE',
    path: '/contacts/:contactId/followers',
    summary: 'Remove followers from a contact',
    params: wire.InContact,
    query: wire.UnfollowQuery,
    body: wire.UnfollowBody,
    reply: wire.FollowersRemoved,
    run: async (ctx, { params, query, body }) =>
      wire.writeFollowersRemoved(await removeFollowers(ctx, params.contactId, wire.readUnfollow(body, query))),
  }),

  ...noteRoutes,
  ...taskRoutes,
  ...enrolmentRoutes,
})

export const contactRoutes = contactRoutesIn(contactWire.writeContact)
