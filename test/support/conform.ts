import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import type { Endpoint } from '../../src/api/endpoint.ts'
import { v2 } from '../../src/api/v2/routes.ts'
import type { Reply } from '../harness.ts'

const ajv = new Ajv({ strict: false, allErrors: true })
;(addFormats as unknown as (ajv: Ajv) => void)(ajv)

const rows = Object.entries(v2)
  .map(([id, row]) => ({ id, row, pattern: patternOf(row.path), check: ajv.compile(row.reply) }))
  // What is written out comes before what a parameter would also match.
  .sort((a, b) => a.row.path.split(':').length - b.row.path.split(':').length)

/** Holds every success against what the operation documents, and every failure against the error's envelope. */
export function conform(method: string, path: string, reply: Reply): void {
  const known = find(method, path)
  if (!known || reply.body === undefined) return
  if (reply.status >= 400) conformError(method, path, reply)
  else conformSuccess(known, reply)
}

function conformSuccess({ id, row, check }: (typeof rows)[number], reply: Reply) {
  if (reply.status !== (row.status ?? 200)) throw new Error(`${id} answered ${reply.status}`)
  if (check(reply.body)) return
  throw new Error(`${id} answered what it does not document: ${ajv.errorsText(check.errors)}\n${reply.text}`)
}

function conformError(method: string, path: string, { status, body, text }: Reply) {
  // 503 is nobody's mistake: the data is away.
  if ((status < 500 || status === 503) && body.statusCode === status && body.message && body.traceId) return
  throw new Error(`${method} ${path} failed in its own way: ${status} ${text}`)
}

function find(method: string, path: string) {
  const [place = ''] = path.split('?')
  return rows.find(({ row, pattern }) => methods(row).includes(method) && pattern.test(place))
}

const methods = (row: Endpoint): string[] => [row.method].flat()

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\/$/, '').replace(/:\w+/g, '[^/]+')}/?$`)
}
