import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { invalid } from '../../errors.ts'
import { isOfKeepers, readScopes, type Scope, usualScopes } from '../../tokens/scopes.ts'

/** Where an app can be installed: in a location, in a whole company, or as its installer likes. */
export const distributions = ['location', 'company', 'both'] as const
export type Distribution = (typeof distributions)[number]

/** A program of somebody else's that people let into their locations. Its secret is shown once and kept as a hash. */
export interface App {
  clientId: string
  name: string
  /** Where people are sent back to; compared letter by letter. */
  redirectUris: string[]
  /** The most that it may be allowed. */
  scopes: Scope[]
  distribution: Distribution
  createdAt: number
  rotatedAt: number | null
}

export interface NewApp {
  name: string
  redirectUris: readonly string[]
  scopes?: readonly string[] | undefined
  distribution?: Distribution | undefined
}

/** What can change without a new secret; what was allowed already stays as it was allowed. */
export type AppChange = Partial<NewApp>

/** A new app's record; it may ask for the usual scopes unless some are named. */
export function draft(wanted: NewApp, clientId: string, now: number): App {
  const blank = { clientId, name: '', redirectUris: [], scopes: usualScopes, createdAt: now, rotatedAt: null }
  return change({ ...blank, distribution: 'both' }, wanted)
}

export function change(before: App, wanted: AppChange): App {
  return {
    ...before,
    name: wanted.name === undefined ? before.name : readName(wanted.name),
    redirectUris: wanted.redirectUris === undefined ? before.redirectUris : readRedirectUris(wanted.redirectUris),
    scopes: wanted.scopes === undefined ? before.scopes : readAppScopes(wanted.scopes),
    distribution: wanted.distribution ?? before.distribution,
  }
}

function readName(given: string): string {
  const name = given.trim()
  if (!name) throw invalid('name should not be empty')
  if (name.length > 255) throw invalid('name must be shorter than or equal to 255 characters')
  return name
}

function readRedirectUris(given: readonly string[]): string[] {
  if (given.length === 0) throw invalid('redirectUris should not be empty')
  return [...new Set(given.map(readRedirectUri))]
}

/** An app that could make itself tokens would outlive being taken out. */
function readAppScopes(wanted: readonly string[]): Scope[] {
  const scopes = readScopes(wanted)
  const refused = scopes.filter(isOfKeepers)
  if (refused.length === 0) return scopes
  throw invalid(...refused.map((scope) => `scopes must not contain ${scope}, which no app may have`))
}

/** As it was written, for it is compared as it was written; refuses what would send a code where others can read it. */
export function readRedirectUri(given: string): string {
  const url = /^[!-[\]-~]{1,2000}$/.test(given) && URL.canParse(given) ? new URL(given) : undefined
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname))
  if (!url || !isSafe || given.includes('#') || url.username || url.password)
    throw invalid(`redirectUris must each be ${redirectUriRule}, not ${given}`)
  return given
}

export const redirectUriRule = 'an https address, or an http one of this machine, without # and password'

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** What the original calls the app's id: the client id up to the dash. */
export const appIdOf = (clientId: string): string => clientId.split('-', 1)[0] as string

/** Whether it could be a client id at all; whatever else is shown for one need not be looked up, nor could it always be. */
export const isClientId = (text: string): boolean => /^[0-9a-f]{24}-[0-9a-z]{8}$/.test(text)

/** The shape of HighLevel's client ids, `68474924a586bce22a6e64f7-mbpkmyu4`. */
export const newClientId = (): string =>
  `${randomBytes(12).toString('hex')}-${randomInt(36 ** 7, 36 ** 8).toString(36)}`

/** A UUID, the shape of HighLevel's client secrets; 122 bits, not guessable. */
export const newClientSecret = (): string => randomUUID()
