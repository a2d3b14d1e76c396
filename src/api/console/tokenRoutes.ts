import { getKey, listKeys } from '../../domain/tokens/keys.ts'
import { createToken, revokeToken, rotateToken, updateToken } from '../../domain/tokens/tokens.ts'
import { type Dialect, endpoint } from '../endpoint.ts'
import * as wire from './tokenWire.ts'

const tag = 'Private integrations'
const [see, change] = ['tokens.readonly', 'tokens.write'] as const

export const tokenRoutes: Dialect = {
  'list-tokens': endpoint({
    method: 'GET',
    path: '/console/tokens',
    summary: 'List the private integrations and API keys of the location',
    tag,
    scope: see,
    reply: wire.TokensReply,
    run: async (ctx) => ({ tokens: (await listKeys(ctx)).map(wire.writeToken) }),
  }),

  'create-token': endpoint({
    method: 'POST',
    path: '/console/tokens',
    summary: 'Create a private integration or an API key; the secret is shown this once',
    tag,
    scope: change,
    status: 201,
    body: wire.CreateBody,
    reply: wire.IssuedReply,
    run: async (ctx, { body }) => {
      const { token, secret } = await createToken(ctx, wire.readNew(body))
      return { token: wire.writeToken(await getKey(ctx, token.id)), secret }
    },
  }),

  'update-token': endpoint({
    method: 'PUT',
    path: '/console/tokens/:tokenId',
    summary: 'Change name, description or scopes; the secret stays',
    tag,
    scope: change,
    params: wire.TokenId,
    body: wire.UpdateBody,
    reply: wire.TokenReply,
    run: async (ctx, { params, body }) => {
      await getKey(ctx, params.tokenId)
      await updateToken(ctx, params.tokenId, wire.readChange(body))
      return { token: wire.writeToken(await getKey(ctx, params.tokenId)) }
    },
  }),

  'rotate-token': endpoint({
    method: 'POST',
    path: '/console/tokens/:tokenId/rotate',
    summary: 'Give a token a new secret; the old one works beside it for seven days',
    tag,
    scope: change,
    params: wire.TokenId,
    body: wire.RotateBody,
    reply: wire.IssuedReply,
    run: async (ctx, { params, body }) => {
      await getKey(ctx, params.tokenId)
      const { secret } = await rotateToken(ctx, params.tokenId, { now: body.now ?? false })
      return { token: wire.writeToken(await getKey(ctx, params.tokenId)), secret }
    },
  }),

  'revoke-token': endpoint({
    method: 'DELETE',
    path: '/console/tokens/:tokenId',
    summary: 'End a token and all its secrets at once, for good',
    tag,
    scope: change,
    params: wire.TokenId,
    reply: wire.DeletedReply,
    run: async (ctx, { params }) => {
      await getKey(ctx, params.tokenId)
      return { id: (await revokeToken(ctx, params.tokenId)).id, deleted: true }
    },
  }),

  'list-scopes': endpoint({
    method: 'GET',
    path: '/console/scopes',
    summary: 'List what can be allowed, in words',
    tag,
    scope: null,
    reply: wire.ScopesReply,
    run: async (ctx) => wire.writeScopes(ctx.caller.scopes),
  }),
}
