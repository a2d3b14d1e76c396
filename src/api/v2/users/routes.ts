import { createUser, deleteUser, getUser, listUsers, searchUsers, updateUser } from '../../../domain/accounts/users.ts'
import { type Dialect, endpoint } from '../../endpoint.ts'
import * as wire from './wire.ts'

export const userRoutes: Dialect = {
  'get-user-by-location': endpoint({
    method: 'GET',
    path: '/users/',
    summary: 'List the users of the location',
    tag: 'Users',
    scope: 'users.readonly',
    location: { in: 'query', name: 'locationId' },
    query: wire.OfLocation,
    reply: wire.UsersReply,
    run: async (ctx) => wire.writeUsers(await listUsers(ctx)),
  }),

  'search-users': endpoint({
    method: 'GET',
    path: '/users/search',
    summary: 'Search the users by name, e-mail or phone',
    tag: 'Users',
    scope: 'users.readonly',
    query: wire.SearchQuery,
    reply: wire.SearchReply,
    run: async (ctx, { query }) => wire.writeSearch(await searchUsers(ctx, wire.readSearch(query))),
  }),

  'filter-users-by-email': endpoint({
    method: 'POST',
    path: '/users/search/filter-by-email',
    summary: 'Find users by their e-mail addresses',
    tag: 'Users',
    scope: 'users.readonly',
    body: wire.EmailsBody,
    reply: wire.SearchReply,
    run: async (ctx, { body }) => wire.writeSearch(await searchUsers(ctx, wire.readEmails(body))),
  }),

  'get-user': endpoint({
    method: 'GET',
    path: '/users/:userId',
    summary: 'Get a user',
    tag: 'Users',
    scope: 'users.readonly',
    params: wire.UserId,
    reply: wire.UserReply,
    run: async (ctx, { params }) => wire.writeUser(await getUser(ctx, params.userId)),
  }),

  'create-user': endpoint({
    method: 'POST',
    path: '/users/',
    summary: 'Create a user of the location',
    tag: 'Users',
    scope: 'users.write',
    status: 201,
    body: wire.CreateBody,
    reply: wire.UserReply,
    run: async (ctx, { body }) => wire.writeUser(await createUser(ctx, wire.readNew(body))),
  }),

  'update-user': endpoint({
    method: 'PUT',
    path: '/users/:userId',
    summary: 'Update a user',
    tag: 'Users',
    scope: 'users.write',
    params: wire.UserId,
    body: wire.UpdateBody,
    reply: wire.UserReply,
    run: async (ctx, { params, body }) => wire.writeUser(await updateUser(ctx, params.userId, wire.readChange(body))),
  }),

  'delete-user': endpoint({
    method: 'DELETE',
    path: '/users/:userId',
    summary: 'Delete a user; records keep the name',
    tag: 'Users',
    scope: 'users.write',
    params: wire.UserId,
    reply: wire.DeletedReply,
    run: async (ctx, { params }) => wire.writeDeleted(await deleteUser(ctx, params.userId)),
  }),
}
