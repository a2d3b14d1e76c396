import type { FastifyInstance, FastifyRequest } from 'fastify'
import { understandFiles, understandForms } from './body.ts'
import { importRoutes } from './console/importRoutes.ts'
import { serveLive } from './console/live.ts'
import { consoleInfo, consoleRoutes } from './console/routes.ts'
import type { Documented } from './docs.ts'
import type { Door } from './door.ts'
import type { Dialect } from './endpoint.ts'
import { writeError } from './errors.ts'
import { serveHooks } from './hooks.ts'
import type { House } from './house.ts'
import { serveMcp } from './mcp/serve.ts'
import { mount } from './mount.ts'
import { serveAuthorize } from './oauth/authorize.ts'
import { writeInstalledError, writeError as writeOAuthError } from './oauth/errors.ts'
import { oauthInstalledV3, oauthUnionV3, oauthV2, oauthV3 } from './oauth/routes.ts'
import { writeError as writeV1Error } from './v1/errors.ts'
import { v1, v1Info } from './v1/routes.ts'
import { type DialectOptions, withOptions } from './v2/options.ts'
import { v2, v2Info } from './v2/routes.ts'
import { checkVersion } from './v2/version.ts'
import { v3, v3Info } from './v3/routes.ts'

const shared = { kinds: new Set(['pit', 'oauth', 'agency'] as const), writeError, isTraced: true, checksLocation: true }

const doors = {
  v1: {
    name: 'v1',
    kinds: new Set(['v1']),
    writeError: writeV1Error,
    isTraced: false,
    // Its requests name none; what old clients send all the same is passed over (contract 4.1).
    checksLocation: false,
  },
  v2: { ...shared, name: 'v2', constraint: 'v2', checkVersion },
  v3: { ...shared, name: 'v3', constraint: 'v3', takesSessions: true },
  console: { ...shared, name: 'console', kinds: new Set(['pit', 'oauth']), takesSessions: true },
  // Needs no Version header; with `v3` it speaks camelCase (contract 1.2). What it answers is for one reader only.
  oauthV2: {
    ...shared,
    name: 'oauth',
    constraint: 'v2',
    writeError: writeOAuthError,
    headers: { 'cache-control': 'no-store' },
  },
} satisfies Record<string, Door>

const oauthV3Door: Door = { ...doors.oauthV2, constraint: 'v3' }

/** Every dialect behind its door, and the tools that are v3's rows; answers what there is to document. */
export async function mountDialects(server: FastifyInstance, house: House, options: DialectOptions) {
  const rows = { v2: withOptions(v2, options), v3: withOptions(v3, options) }
  mount(server, house, v1, doors.v1)
  mount(server, house, rows.v2, doors.v2)
  mount(server, house, rows.v3, doors.v3)
  mount(server, house, consoleRoutes, doors.console)
  serveLive(server, house, doors.console)
  await server.register(async (files) => {
    understandFiles(files)
    mount(files, house, importRoutes, doors.console)
  })
  keepFromV2(server, rows)
  await server.register(async (oauth) => {
    understandForms(oauth)
    mount(oauth, house, oauthV2, doors.oauthV2)
    mount(oauth, house, oauthUnionV3, oauthV3Door)
    mount(oauth, house, oauthInstalledV3, { ...oauthV3Door, writeError: writeInstalledError })
    serveAuthorize(oauth, house)
  })
  await serveMcp(server, house, rows.v3)
  await serveHooks(server, house)
  return [
    { name: 'v2', rows: { ...rows.v2, ...oauthV2 }, ...v2Info },
    { name: 'v3', rows: { ...rows.v3, ...oauthV3 }, ...v3Info },
    { name: 'v1', rows: v1, ...v1Info },
    { name: 'console', rows: { ...consoleRoutes, ...importRoutes }, ...consoleInfo },
  ] satisfies Documented[]
}

/** A path that only v3 has does not exist in v2, though one of v2's with a parameter would match it (contract 1.2). */
function keepFromV2(server: FastifyInstance, rows: { v2: Dialect; v3: Dialect }) {
  const known = new Set(Object.values(rows.v2).map(({ path }) => path))
  for (const { method, path: url } of Object.values(rows.v3).filter(({ path }) => !known.has(path))) {
    server.route({ method, url, constraints: { dialect: 'v2' }, handler: (_, reply) => reply.callNotFound() })
  }
}

/** By which door a request came; where it met no row, what its path says. */
export function doorOf({ routeOptions, url }: FastifyRequest): Door {
  if (routeOptions?.config.door) return routeOptions.config.door
  if (/^\/v1(\/|\?|$)/i.test(url)) return doors.v1
  return /^\/(v2\/)?oauth\//i.test(url) ? doors.oauthV2 : doors.v2
}
