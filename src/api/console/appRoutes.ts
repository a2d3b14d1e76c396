import type { Context } from '../../domain/context.ts'
import {
  type App,
  createApp,
  deleteApp,
  getApp,
  listApps,
  rotateAppSecret,
  updateApp,
} from '../../domain/oauth/apps/apps.ts'
import { installsSeen, removeInstall } from '../../domain/oauth/apps/installs.ts'
import { type Dialect, endpoint } from '../endpoint.ts'
import * as wire from './appWire.ts'

const tag = 'OAuth apps'
const [see, change] = ['apps.readonly', 'apps.write'] as const

const show = async (ctx: Context, app: App) => wire.writeApp(app, await installsSeen(ctx, app.clientId))

export const appRoutes: Dialect = {
  'list-apps': endpoint({
    method: 'GET',
    path: '/console/apps',
    summary: 'List the OAuth apps, and what this location allowed them',
    tag,
    scope: see,
    reply: wire.AppsReply,
    run: async (ctx) => ({ apps: await Promise.all((await listApps(ctx.store)).map(({ app }) => show(ctx, app))) }),
  }),

  'create-app': endpoint({
    method: 'POST',
    path: '/console/apps',
    summary: 'Create an OAuth app; its client secret is shown this once',
    tag,
    scope: change,
    status: 201,
    body: wire.CreateBody,
    reply: wire.MadeReply,
    run: async (ctx, { body }) => {
      const { app, secret } = await createApp(ctx, wire.readNew(body))
      return { app: await show(ctx, app), clientSecret: secret }
    },
  }),

  'update-app': endpoint({
    method: 'PUT',
    path: '/console/apps/:clientId',
    summary: 'Change an OAuth app; what people allowed it already stays',
    tag,
    scope: change,
    params: wire.ClientId,
    body: wire.UpdateBody,
    reply: wire.AppReply,
    run: async (ctx, { params, body }) => ({
      app: await show(ctx, await updateApp(ctx, params.clientId, wire.readChange(body))),
    }),
  }),

  'rotate-app-secret': endpoint({
    method: 'POST',
    path: '/console/apps/:clientId/rotate-secret',
    summary: 'Give an OAuth app a new client secret; the old one ends at once',
    tag,
    scope: change,
    params: wire.ClientId,
    reply: wire.MadeReply,
    run: async (ctx, { params }) => {
      const { app, secret } = await rotateAppSecret(ctx, params.clientId)
      return { app: await show(ctx, app), clientSecret: secret }
    },
  }),

  'delete-app': endpoint({
    method: 'DELETE',
    path: '/console/apps/:clientId',
    summary: 'End an OAuth app and everything that people allowed it',
    tag,
    scope: change,
    params: wire.ClientId,
    reply: wire.DeletedReply,
    run: async (ctx, { params }) => ({ clientId: (await deleteApp(ctx, params.clientId)).clientId, deleted: true }),
  }),

  'remove-install': endpoint({
    method: 'DELETE',
    path: '/console/apps/:clientId/installs/:tokenId',
    summary: 'Take an OAuth app out of this location',
    tag,
    scope: change,
    params: wire.InstallId,
    reply: wire.AppReply,
    run: async (ctx, { params }) => {
      await removeInstall(ctx, params.clientId, params.tokenId)
      return { app: await show(ctx, await getApp(ctx.store, params.clientId)) }
    },
  }),
}
