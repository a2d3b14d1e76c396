import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { consoleRoutes } from '../../src/api/console/routes.ts'
import type { Dialect, Endpoint } from '../../src/api/endpoint.ts'
import { oauthV2, oauthV3 } from '../../src/api/oauth/routes.ts'
import { v1 } from '../../src/api/v1/routes.ts'
import { v2 } from '../../src/api/v2/routes.ts'
import { v3 } from '../../src/api/v3/routes.ts'
import type { Reply } from '../harness.ts'

const ajv = new Ajv({ strict: false, allErrors: true })
;(addFormats as unknown as (ajv: Ajv) => void)(ajv)

const dialects = {
  v1: known(v1),
  v2: known({ ...v2, ...oauthV2 }),
  v3: known({ ...v3, ...oauthV3 }),
}
const ofConsole = known(consoleRoutes)
type Known = ReturnType<typeof known>[number]

function known(dialect: Dialect) {
  return (
    Object.entries(dialect)
      .map(([id, row]) => ({ id, row, pattern: patternOf(row.path), check: once(() => ajv.compile(row.reply)) }))
      // What is written out comes before what a parameter would also match.
      .sort((a, b) => a.row.path.split(':').length - b.row.path.split(':').length)
  )
}

/** Holds every success against what the operation documents, and every failure against the error's envelope. */
export function conform(method: string, path: string, reply: Reply, version?: string): void {
  const dialect = /^\/v1\//.test(path) ? 'v1' : version?.trim().toLowerCase() === 'v3' ? 'v3' : 'v2'
  const known = find(dialects[dialect], method, path) ?? find(ofConsole, method, path)
  if (!known || reply.body === undefined) return
  if (reply.status >= 400) conformError(method, path, reply)
  else conformSuccess(known, reply)
}

function conformSuccess({ id, row, check }: Known, reply: Reply) {
  if (reply.status !== (row.status ?? 200)) throw new Error(`${id} answered ${reply.status}`)
  const validate = check()
  if (validate(reply.body)) return
  throw new Error(`${id} answered what it does not document: ${ajv.errorsText(validate.errors)}\n${reply.text}`)
}

function conformError(method: string, path: string, { status, body, text }: Reply) {
  // 503 is nobody's mistake: the data is away.
  const isOurs = status < 500 || status === 503
  if (isOurs && (body.error?.message || (body.statusCode === status && body.message)) && body.traceId) return
  throw new Error(`${method} ${path} failed in its own way: ${status} ${text}`)
}

function find(rows: Known[], method: string, path: string) {
  const [place = ''] = path.split('?')
  return rows.find(({ row, pattern }) => methods(row).includes(method) && pattern.test(place))
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

const methods = (row: Endpoint): string[] => [row.method].flat()

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\/$/, '').replace(/:\w+/g, '[^/]+')}/?$`)
}
