import { type Static, Type } from '@sinclair/typebox'
import { invalid } from '../../domain/errors.ts'
import { hideInBody, hideInUrl } from '../hidden.ts'
import type { Logged } from '../requestLog.ts'
import { iso, nullable, strict, Timestamp } from '../schemas.ts'

export const TraceId = Type.Object({ traceId: Type.String() })

const limit = { default: 50, most: 200 }

export const RequestsQuery = Type.Object({
  status: Type.Optional(Type.String({ description: 'Exactly, or of a kind: `404`, `4xx`' })),
  method: Type.Optional(Type.String({ maxLength: 10 })),
  path: Type.Optional(Type.String({ maxLength: 255, description: 'A part of the path' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limit.most })),
  cursor: Type.Optional(Type.String({ description: '`nextCursor` of the page before' })),
  locationId: Type.Optional(Type.String()),
})
type RequestsQuery = Static<typeof RequestsQuery>

const outcomes = ['allowed', 'refused', 'limited', 'open'] as const

const listed = {
  traceId: Type.String(),
  at: Timestamp,
  ms: Type.Number({ description: 'Until the reply' }),
  method: Type.String(),
  path: Type.String(),
  query: Type.String({ description: 'Secrets in it hidden' }),
  status: Type.Integer(),
  row: nullable(
    Type.Object(
      { operation: Type.String({ examples: ['get-opportunity'] }), dialect: nullable(Type.String()) },
      { ...strict, description: 'What the router found; null: nothing' },
    ),
  ),
  auth: Type.Object(
    {
      outcome: Type.Union(outcomes.map((one) => Type.Literal(one))),
      token: nullable(
        Type.Object({ id: Type.String(), name: Type.String(), kind: Type.String(), hint: Type.String() }, strict),
      ),
      scope: nullable(Type.String({ description: 'What the row asks for' })),
      hasScope: nullable(Type.Boolean({ description: 'Whether the token has it' })),
      reason: nullable(Type.String({ description: 'Why it was refused' })),
    },
    strict,
  ),
}
const Body = nullable(Type.String({ description: 'At most 4,096 characters, secrets hidden; null: none, or not kept' }))

const WireRequest = Type.Object(listed, strict)
const WholeRequest = Type.Object({ ...listed, requestBody: Body, responseBody: Body }, strict)

export const RequestsReply = Type.Object({
  requests: Type.Array(WireRequest, { description: 'Of this process, newest first' }),
  nextCursor: nullable(Type.String()),
})
export const RequestReply = Type.Object({ request: WholeRequest })

/** The page that was asked for, of what the caller may see, newest first. */
export function writePage(all: Logged[], query: RequestsQuery): Static<typeof RequestsReply> {
  const before = readCursor(query.cursor)
  const found = all.filter((one) => one.number < before && matches(one, query))
  const page = found.slice(0, query.limit ?? limit.default)
  const last = page.at(-1)
  return {
    requests: page.map(writeListed),
    nextCursor: last && found.length > page.length ? String(last.number) : null,
  }
}

function readCursor(cursor: string | undefined): number {
  if (cursor === undefined) return Number.POSITIVE_INFINITY
  if (!/^\d{1,15}$/.test(cursor)) throw invalid('cursor must be the nextCursor of a page before')
  return Number(cursor)
}

function matches(logged: Logged, { status, method, path = '' }: RequestsQuery): boolean {
  if (status !== undefined && !isOf(status, logged.status)) return false
  if (method !== undefined && method.toUpperCase() !== logged.method) return false
  return pathOf(logged).toLowerCase().includes(path.toLowerCase())
}

function isOf(wanted: string, status: number): boolean {
  if (!/^[1-5](\d\d|xx)$/i.test(wanted)) throw invalid('status must be a status such as 404, or a kind such as 4xx')
  return wanted.length === 3 && /xx$/i.test(wanted) ? wanted[0] === String(status)[0] : Number(wanted) === status
}

const pathOf = ({ url }: Logged) => hideInUrl(url).split('?')[0] as string

function writeListed(logged: Logged): Static<typeof WireRequest> {
  const { traceId, at, ms, method, url, status, route } = logged
  const { operation, door } = route
  return {
    traceId,
    at: iso(Math.round(at)),
    ms: Math.round(ms * 100) / 100,
    method,
    path: pathOf(logged),
    query: hideInUrl(url).split('?').slice(1).join('?'),
    status,
    row: operation ? { operation, dialect: door?.name ?? null } : null,
    auth: writeAuth(logged),
  }
}

function writeAuth(logged: Logged): Static<typeof WireRequest>['auth'] {
  const { credential, route, status } = logged
  const token = credential?.token
  const { scope = null } = route
  const outcome = outcomeOf(logged)
  return {
    outcome,
    token: token ? { id: token.id, name: token.name, kind: token.kind, hint: token.hint } : null,
    scope,
    hasScope: credential && scope !== null ? credential.caller.scopes.has(scope) : null,
    reason: outcome === 'refused' || outcome === 'limited' ? reasonOf(logged, status) : null,
  }
}

function outcomeOf({ route, status }: Logged): (typeof outcomes)[number] {
  if (status === 429) return 'limited'
  if (status === 401 || status === 403) return 'refused'
  return route.scope === undefined ? 'open' : 'allowed'
}

/** The sentence that it was answered with. */
function reasonOf({ answered = '' }: Logged, status: number): string {
  const [, sentence] = /"(?:message|msg|error_description)"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(answered) ?? []
  return sentence ? (JSON.parse(sentence) as string) : String(status)
}

export const writeWhole = (logged: Logged): Static<typeof WholeRequest> => ({
  ...writeListed(logged),
  requestBody: logged.sent === undefined ? null : hideInBody(logged.sent),
  responseBody: logged.answered === undefined ? null : hideInBody(logged.answered),
})
