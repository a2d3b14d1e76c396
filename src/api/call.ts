import type { Context } from '../domain/context.ts'
import { invalid } from '../domain/errors.ts'
import type { Endpoint, Visitor } from './endpoint.ts'
import { checkLocation } from './location.ts'
import { type Check, coercingly, strictly } from './validate.ts'

type Record_ = Record<string, unknown>

/** What a request brought, not checked yet. */
export interface Sent {
  headers: Record_
  params: Record_
  query: Record_
  body: Record_
  /** `http://host:port`; what links begin with. */
  origin: () => string
  /** Absent where no browser can have asked. */
  visitor?: () => Visitor
}

export type Call = (ctx: Context, sent: Sent, url: string) => Promise<object | string>

/**
 * A row as whoever has been admitted calls it: location and parameters are checked, then its one command or query runs.
 * Schemas are compiled when they are first needed: compiling all of them at once would be most of the start.
 */
export function callOf(row: Endpoint, { checksLocation }: { checksLocation: boolean }): Call {
  let checks: ReturnType<typeof compile> | undefined
  return async (ctx, sent, url) => {
    checks ??= compile(row)
    row.prepare?.(sent.query)
    const { caller } = ctx
    const checksIt = checksLocation && caller !== undefined && !caller.isAgency
    const locationNamed = checksIt && checkLocation(caller.locationId, row.location, sent)
    if (url.includes('%00')) refuseNull({ ...sent.params, ...sent.query })
    verify(checks.params, sent.params)
    verify(checks.query, sent.query)
    verify(checks.body, sent.body)
    return row.run(ctx, { ...sent, locationNamed } as never)
  }
}

const compile = (row: Endpoint) => ({
  params: row.params && coercingly(row.params),
  query: row.query && coercingly(row.query),
  body: row.body && strictly(row.body),
})

const verify = (check: Check | undefined, value: unknown) => check?.(value)

/** No text of ours holds U+0000: not every store could keep it. */
export function refuseNull(value: unknown, path: string[] = []): void {
  if (typeof value === 'string' && value.includes('\0')) {
    throw invalid(`${path.join('.') || 'body'} must not contain null characters`)
  }
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (key.includes('\0')) throw invalid('property names must not contain null characters')
    refuseNull(inner, [...path, key])
  }
}
