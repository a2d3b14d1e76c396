import { createLocationToken, searchInstalled } from '../../domain/oauth/agency.ts'
import { giveTokens } from '../../domain/oauth/exchange.ts'
import { revoke } from '../../domain/oauth/revoke.ts'
import { type Dialect, endpoint } from '../endpoint.ts'
import * as asking from './askingWire.ts'
import * as wire from './wire.ts'

const tag = 'OAuth 2.0'
const agency = { tag, callers: 'agency' } as const

/** Needs no Version header; a dated one changes nothing. */
export const oauthV2: Dialect = {
  'get-access-token': endpoint({
    tag,
    method: 'POST',
    path: '/oauth/token',
    summary: 'Get an access token for a code or a refresh token',
    body: asking.TokenBody,
    reply: wire.TokenReply,
    run: async (ctx, { body, headers }) =>
      wire.writeToken(await giveTokens(ctx, asking.readAsking(body, headers, 'snake'))),
  }),

  'revoke-token': endpoint({
    tag,
    method: 'POST',
    path: '/oauth/revoke',
    summary: 'Take back what an access or refresh token belongs to',
    body: asking.RevokeBody,
    reply: wire.Done,
    async run(ctx, { body, headers }) {
      await revoke(ctx, asking.readRevocation(body, headers))
      return {}
    },
  }),

  'get-location-access-token': endpoint({
    ...agency,
    method: 'POST',
    path: '/oauth/locationToken',
    summary: "Get a location's access token for an agency's",
    scope: 'oauth.write',
    body: wire.LocationTokenBody,
    reply: wire.LocationTokenReply,
    run: async (ctx, { body }) => wire.writeLocationToken(await createLocationToken(ctx, body)),
  }),

  'get-installed-location': endpoint({
    ...agency,
    method: 'GET',
    path: '/oauth/installedLocations',
    summary: 'Search the locations where the app is installed',
    scope: 'oauth.readonly',
    query: wire.InstalledQuery,
    reply: wire.InstalledReply,
    async run(ctx, { query }) {
      const by = wire.readInstalled(query)
      return wire.writeInstalled(await searchInstalled(ctx, by), by)
    },
  }),
}

/** With `Version: v3`: camelCase in and out, and paths of its own beside the old ones, which keep answering. */
export const oauthUnionV3: Dialect = {
  ...oauthV2,

  'get-access-token': endpoint({
    tag,
    method: 'POST',
    path: '/oauth/token',
    summary: 'Get an access token for a code or a refresh token',
    body: asking.TokenBodyV3,
    reply: wire.TokenReplyOfEither,
    async run(ctx, { body, headers }) {
      const spelling = asking.spellingOf(body)
      const given = await giveTokens(ctx, asking.readAsking(body, headers, spelling))
      return spelling === 'camel' ? wire.writeTokenV3(given) : wire.writeToken(given)
    },
  }),

  'get-location-access-token-v3': endpoint({
    ...agency,
    method: 'POST',
    path: '/oauth/location-token',
    summary: "Get a location's access token for an agency's",
    scope: 'oauth.write',
    body: wire.LocationTokenBody,
    reply: wire.LocationTokenReplyV3,
    run: async (ctx, { body }) => wire.writeLocationTokenV3(await createLocationToken(ctx, body)),
  }),
}

/** The one whose failures have an envelope of their own, not the union of the others. */
export const oauthInstalledV3: Dialect = {
  'get-installed-location-v3': endpoint({
    ...agency,
    method: 'GET',
    path: '/oauth/installed-locations',
    summary: 'Search the locations where the app is installed',
    scope: 'oauth.readonly',
    query: wire.InstalledQueryV3,
    reply: wire.InstalledReplyV3,
    async run(ctx, { query }) {
      const by = wire.readInstalledV3(query)
      return wire.writeInstalledV3(await searchInstalled(ctx, by), by)
    },
  }),
}

export const oauthV3: Dialect = { ...oauthUnionV3, ...oauthInstalledV3 }
