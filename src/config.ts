import ipaddr from 'ipaddr.js'
import { type Environment, flag, oneOf, readOptions, text, WrongUsage, whole } from './config/options.ts'
import { highLevelLimits, type RateLimits } from './limits.ts'

/** How the server runs: read once, frozen, handed down. */
export interface Config {
  readonly host: string
  readonly port: number
  /** Where the data is: a file, `:memory:` or a PostgreSQL URL, which holds a password. */
  readonly db: string
  /** Where clients reach the server when that is not where it listens: behind a proxy. */
  readonly publicUrl: string | null
  /** Null where requests are not limited. */
  readonly rateLimit: RateLimits | null
  /** How many opportunities to make up while the location has none. */
  readonly demo: number
  readonly json: boolean
  readonly logLevel: LogLevel
  /** Refuse a create without `pipelineStageId` (contract, conflict 3). */
  readonly requireStage: boolean
  /** Take both spellings of search parameters and pass over unknown ones (contract, conflict 7). */
  readonly relaxedSearch: boolean
  /** Networks of the server's own that webhooks may lead into, such as `10.0.0.0/8`; all of them with `all`. */
  readonly allowPrivateWebhooks: 'all' | readonly string[]
  /** For how many days the log of webhook deliveries goes back. */
  readonly keepDeliveries: number
}

const logLevels = ['silent', 'error', 'warn', 'info', 'debug', 'trace'] as const
export type LogLevel = (typeof logLevels)[number]

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** The environment; read here and nowhere else. */
export const environment: Environment = process.env

/** What a refused address may have wrong. */
export const address =
  'postgres://user:password@host:5432/database, where signs such as @ : / ? # in a password are written with %'

/** Of a file's path or a whole address, the place; what looks like half an address is no file, for files are told by name. */
export function placeOf(given: string): string | undefined {
  const place = given.trim().replace(/^postgres(ql)?:/i, (scheme) => scheme.toLowerCase())
  if (place && !addressLike.test(place)) return place
  const isWhole = /^postgres(ql)?:\/\//.test(place) && URL.canParse(place) && /^\/[^/@]+$/.test(new URL(place).pathname)
  return isWhole ? place : undefined
}

/** A scheme, `postgres` with a colon or slashes, a named password, or `user:password@`. */
const addressLike = /:\/\/|^\W*postgres(ql)?(:|\W*\/\/)|\bpassword\s*=|^\W*[^/\\:]+:[^/\\]+@/i

/** The option that every verb has. */
export const db = {
  value: 'FILE|URL',
  help: 'Where the data is: a file, postgres://USER:PASSWORD@HOST/DATABASE, or :memory: to forget it at the end',
  env: 'PIPEWRIGHT_DB',
  read: readDb,
  fallback: 'pipewright.db',
}

export const serveOptions = {
  port: {
    value: 'PORT',
    help: 'Port to listen on; 0 picks a free one',
    env: 'PIPEWRIGHT_PORT',
    read: whole(0, 65_535),
    fallback: 4400,
  },
  host: {
    value: 'HOST',
    help: 'Address to listen on; 0.0.0.0 for every network',
    env: 'PIPEWRIGHT_HOST',
    read: text,
    fallback: '127.0.0.1',
  },
  db,
  publicUrl: {
    value: 'URL',
    help: 'Where clients reach it, for the links in replies; as they called it unless given',
    env: 'PIPEWRIGHT_PUBLIC_URL',
    read: readPublicUrl,
    fallback: null,
  },
  rateLimit: {
    value: 'LIMITS',
    help: 'Requests each token may make, or off; 100/10s,200000/day unless given',
    env: 'PIPEWRIGHT_RATE_LIMIT',
    read: readRateLimit,
    fallback: highLevelLimits,
  },
  demo: {
    value: 'N',
    help: 'Make up N opportunities, once, while there are none',
    env: 'PIPEWRIGHT_DEMO',
    read: whole(0, 1_000_000),
    fallback: 0,
  },
  requireStage: {
    help: 'Refuse a new opportunity without pipelineStageId (422)',
    env: 'PIPEWRIGHT_REQUIRE_STAGE',
    read: flag,
    fallback: false,
  },
  relaxedSearch: {
    help: 'Take search parameters in both spellings, ignore unknown ones',
    env: 'PIPEWRIGHT_RELAXED_SEARCH',
    read: flag,
    fallback: false,
  },
  allowPrivateWebhooks: {
    value: 'NETWORKS',
    help: "Let webhooks lead into the server's own networks: 10.0.0.0/8,127.0.0.1/32 or all; none unless given",
    env: 'PIPEWRIGHT_ALLOW_PRIVATE_WEBHOOKS',
    read: readNetworks,
    fallback: [] as 'all' | readonly string[],
  },
  keepDeliveries: {
    value: 'DAYS',
    help: 'How long to keep what was delivered to webhooks, with its log',
    env: 'PIPEWRIGHT_KEEP_DELIVERIES',
    read: whole(1, 3650),
    fallback: 30,
  },
  json: {
    help: 'Print one line of JSON when listening, and nothing else',
    env: 'PIPEWRIGHT_JSON',
    read: flag,
    fallback: false,
  },
  logLevel: {
    value: 'LEVEL',
    help: `How much to log, on standard error: ${logLevels.join(', ')}`,
    env: 'PIPEWRIGHT_LOG_LEVEL',
    read: oneOf(logLevels),
    fallback: 'warn' as LogLevel,
  },
}

/** The server's settings, or `WrongUsage` saying what is wrong with one. */
export function readConfig(argv: string[], env: Environment = environment): Config {
  const { values, words } = readOptions(serveOptions, argv, env)
  if (words.length > 0) throw new WrongUsage(`"${words[0]}" is one word too many. See --help.`)
  return Object.freeze(values)
}

/** Each part stands alone: what is not named keeps HighLevel's number. */
function readRateLimit(given: string): RateLimits | null {
  if (given === 'off') return null
  return Object.freeze(given.split(',').reduce(addLimit, highLevelLimits))
}

function addLimit(limit: RateLimits, part: string): RateLimits {
  const [, count, time, unit] = /^\s*([1-9]\d{0,14})\/(?:([1-9]\d{0,5})(ms|s|m|h)|day)\s*$/.exec(part) ?? []
  if (!count) throw new WrongUsage(`must look like 100/10s,200000/day or be off, not "${part.trim()}"`)
  if (!unit) return { ...limit, daily: Number(count) }
  return { ...limit, burst: Number(count), intervalMs: Number(time) * units[unit as keyof typeof units] }
}

/** What it is not is never told: it may hold a password. */
function readDb(given: string): string {
  const place = placeOf(given)
  if (place) return place
  throw new WrongUsage(`must be a file, :memory:, or a URL such as ${address}`)
}

function readPublicUrl(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined
  const address = url && `${url.origin}${url.pathname}`
  if (url && /^https?:$/.test(url.protocol) && url.href === address) return address.replace(/\/+$/, '')
  throw new WrongUsage(`must be an address such as https://crm.example.com, not "${given}"`)
}

function readNetworks(given: string): 'all' | readonly string[] {
  if (given.trim() === 'all') return 'all'
  const networks = given.split(',').map((one) => one.trim())
  const wrong = networks.find((one) => !ipaddr.isValidCIDR(one))
  if (wrong === undefined) return Object.freeze(networks)
  throw new WrongUsage(`must be networks such as 10.0.0.0/8,fd00::/8, or all, not "${wrong}"`)
}
