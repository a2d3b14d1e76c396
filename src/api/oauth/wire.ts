import { type Static, Type } from '@sinclair/typebox'
import { accessLife } from '../../domain/oauth/accessToken.ts'
import type { Installed, InstallSearch } from '../../domain/oauth/agency.ts'
import { appIdOf } from '../../domain/oauth/apps/apps.ts'
import type { Given } from '../../domain/oauth/exchange.ts'
import type { AppGrant } from '../../domain/tokens/tokens.ts'
import { iso } from '../schemas.ts'

const text = Type.String()
const nothing = Type.Null({ description: 'Plans belong to HighLevel’s market place; there are none here' })
const texts = Type.Array(text)

// A token for a code or a refresh token

const common = {
  scope: Type.String({ examples: ['contacts.readonly opportunities.write'] }),
  userType: Type.String({ enum: ['Location', 'Company'] }),
  locationId: Type.Optional(Type.String({ description: 'Absent where the whole company let the app in' })),
  companyId: text,
  approvedLocations: texts,
  userId: Type.String({ description: 'Who let the app in' }),
  planId: nothing,
  isBulkInstallation: Type.Boolean(),
  installToFutureLocations: Type.Boolean(),
  approveAllLocations: Type.Boolean(),
}

const life = Type.Integer({ examples: [accessLife] })

export const TokenReply = Type.Object(
  { access_token: text, token_type: text, expires_in: life, refresh_token: text, ...common },
  { title: 'OAuthToken' },
)

export const TokenReplyV3 = Type.Object(
  { accessToken: text, tokenType: text, expiresIn: life, refreshToken: text, ...common },
  { title: 'OAuthTokenV3' },
)

/** In the spelling of the request. */
export const TokenReplyOfEither = Type.Union([TokenReplyV3, TokenReply])

const secrets = ({ access, refresh }: Given) => ({
  access_token: access,
  token_type: 'Bearer',
  expires_in: accessLife,
  refresh_token: refresh,
})

const secretsV3 = ({ access, refresh }: Given) => ({
  accessToken: access,
  tokenType: 'Bearer',
  expiresIn: accessLife,
  refreshToken: refresh,
})

type Approved = Given & { approvedLocations: string[] }

export const writeToken = (given: Approved): Static<typeof TokenReply> => ({ ...secrets(given), ...commonOf(given) })

export const writeTokenV3 = (given: Approved): Static<typeof TokenReplyV3> => ({
  ...secretsV3(given),
  ...commonOf(given),
})

function commonOf({ grant, approvedLocations }: Approved) {
  const { companyId, userId } = grant.app as AppGrant
  const isAgency = grant.kind === 'agency'
  return {
    scope: grant.scopes.join(' '),
    userType: isAgency ? 'Company' : 'Location',
    ...(!isAgency && { locationId: grant.locationId }),
    companyId,
    approvedLocations,
    userId,
    planId: null,
    isBulkInstallation: isAgency,
    installToFutureLocations: isAgency,
    approveAllLocations: isAgency,
  }
}

// A location's token for an agency's

const required = Type.String({ minLength: 1 })

export const LocationTokenBody = Type.Object({ companyId: required, locationId: required })

const placed = {
  scope: text,
  locationId: text,
  planId: nothing,
  userId: text,
  appId: text,
  versionId: text,
}

export const LocationTokenReply = Type.Object(
  { access_token: text, token_type: text, expires_in: life, refresh_token: text, ...placed },
  { title: 'LocationToken' },
)

export const LocationTokenReplyV3 = Type.Object(
  { accessToken: text, tokenType: text, expiresIn: life, refreshToken: text, ...placed },
  { title: 'LocationTokenV3' },
)

export const writeLocationToken = (given: Given): Static<typeof LocationTokenReply> => ({
  ...secrets(given),
  ...placedOf(given),
})

export const writeLocationTokenV3 = (given: Given): Static<typeof LocationTokenReplyV3> => ({
  ...secretsV3(given),
  ...placedOf(given),
})

function placedOf({ grant }: Given) {
  const { clientId, userId } = grant.app as AppGrant
  const appId = appIdOf(clientId)
  const { locationId, scopes } = grant
  return { scope: scopes.join(' '), locationId, planId: null, userId, appId, versionId: appId }
}

// Where an app is installed

const filters = {
  companyId: required,
  appId: Type.String({ minLength: 1, description: 'The client id up to its dash, or the whole of it' }),
  locationId: Type.Optional(text),
  query: Type.Optional(Type.String({ description: 'Part of a location’s name' })),
  isInstalled: Type.Optional(Type.Boolean()),
  versionId: Type.Optional(text),
  onTrial: Type.Optional(Type.Boolean({ description: 'Nobody is on trial here: true finds nothing' })),
  planId: Type.Optional(Type.String({ description: 'There are no plans here: any finds nothing' })),
}

export const InstalledQuery = Type.Object({
  ...filters,
  skip: Type.Optional(Type.Integer({ minimum: 0, maximum: 1e9 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
})

export const InstalledQueryV3 = Type.Object({
  ...filters,
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  pageToken: Type.Optional(Type.String({ pattern: '^[0-9]{1,9}$', description: 'From `pagination` of another page' })),
})

const usual = 20

type Filters = Omit<Static<typeof InstalledQuery>, 'skip' | 'limit'>

export const readInstalled = ({ skip = 0, limit = usual, ...query }: Static<typeof InstalledQuery>): InstallSearch =>
  readSearch(query, skip, limit)

export const readInstalledV3 = ({ pageToken = '0', pageSize = usual, ...query }: Static<typeof InstalledQueryV3>) =>
  readSearch(query, Number(pageToken), pageSize)

/** What no app here has matches nothing: a version of another name. */
function readSearch({ onTrial, planId, versionId, ...rest }: Filters, skip: number, limit: number): InstallSearch {
  const isNobody = onTrial === true || planId !== undefined
  return { ...rest, versionId: isNobody ? '' : versionId, skip, limit }
}

const InstalledLocation = Type.Object({
  _id: text,
  name: text,
  address: text,
  isInstalled: Type.Boolean(),
  versionId: Type.Optional(text),
  installedAt: Type.Optional(text),
})

export const InstalledReply = Type.Object({
  locations: Type.Array(InstalledLocation),
  count: Type.Integer({ description: 'Of all that match, on this page or not' }),
  installToFutureLocations: Type.Boolean(),
})

const Page = Type.Union([Type.String(), Type.Null()])

export const InstalledReplyV3 = Type.Object({
  items: Type.Array(InstalledLocation),
  pagination: Type.Object({
    hasNextPage: Type.Boolean(),
    hasPrevPage: Type.Boolean(),
    nextPageToken: Page,
    prevPageToken: Page,
    currentPageSize: Type.Integer(),
    totalRecords: Type.Integer(),
  }),
  metadata: Type.Object({ installToFutureLocations: Type.Boolean() }),
})

interface Found {
  found: Installed[]
  count: number
}

/** Whoever asks has the agency's grant, so the app comes to new locations by itself. */
export const writeInstalled = ({ found, count }: Found, { appId }: InstallSearch): Static<typeof InstalledReply> => ({
  locations: found.map((one) => writeOne(one, appId)),
  count,
  installToFutureLocations: true,
})

export function writeInstalledV3({ found, count }: Found, { skip, limit, appId }: InstallSearch) {
  const hasNextPage = skip + found.length < count
  const hasPrevPage = skip > 0
  return {
    items: found.map((one) => writeOne(one, appId)),
    pagination: {
      hasNextPage,
      hasPrevPage,
      nextPageToken: hasNextPage ? String(skip + limit) : null,
      prevPageToken: hasPrevPage ? String(Math.max(0, skip - limit)) : null,
      currentPageSize: found.length,
      totalRecords: count,
    },
    metadata: { installToFutureLocations: true },
  }
}

function writeOne({ location, installedAt }: Installed, appId: string): Static<typeof InstalledLocation> {
  const { id, name, profile } = location
  const isInstalled = installedAt !== null
  const since = isInstalled && { versionId: appIdOf(appId), installedAt: iso(installedAt) }
  return { _id: id, name, address: profile.address, isInstalled, ...since }
}

export const Done = Type.Object({})
