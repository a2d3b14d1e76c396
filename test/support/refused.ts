import { expect } from 'vitest'
import { bare, type Reply } from '../harness.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Contract 2: on every reply, with the values of HighLevel where nobody set others. */
export const rateLimitHeaders = [
  'x-ratelimit-limit-daily',
  'x-ratelimit-daily-remaining',
  'x-ratelimit-interval-milliseconds',
  'x-ratelimit-max',
  'x-ratelimit-remaining',
  'x-ratelimit-daily-reset',
]

/** A refusal as status and body, whole but for its trace id; what every refusal carries is held against the contract. */
export function refused(reply: Reply): [number, unknown] {
  expect(reply.status).toBeGreaterThanOrEqual(400)
  expect(reply.body.traceId).toMatch(uuid)
  expect(reply.headers.get('x-trace-id')).toBe(reply.body.traceId)
  expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8')
  for (const name of rateLimitHeaders) expect(reply.headers.get(name), name).toMatch(/^\d+$/)
  return [reply.status, bare(reply)]
}

/** Contract 1.4, rows 20, 21 and 23. */
export const unprocessable = (...message: string[]) => [
  422,
  { statusCode: 422, message, error: 'Unprocessable Entity' },
]

/** Rows 12 to 14: `Opportunity` is "Opportunity not found", OPPORTUNITY_NOT_FOUND. */
export const missing = (noun: string) => [
  404,
  {
    statusCode: 404,
    error: 'Not Found',
    message: `${noun} not found`,
    code: `${noun.toUpperCase().replaceAll(' ', '_')}_NOT_FOUND`,
  },
]

/** Row 8. */
export const foreign = [403, { statusCode: 403, message: 'The token does not have access to this location.' }]

/** Rows 1, 3 to 7 and, with `error`, row 2. */
export const unauthorized = (message: string, error?: string) => [
  401,
  { statusCode: 401, message, ...(error && { error }) },
]
