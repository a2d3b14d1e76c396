import { DomainError, Unavailable } from '../domain/errors.ts'

export interface WireError {
  status: number
  body: Record<string, unknown>
}

/** Contract 1.4: the envelopes that all dialects share. `message` is a list only where fields were checked. */
export function writeError(error: unknown): WireError {
  if (error instanceof DomainError) return writers[error.code](error)
  if (error instanceof Unavailable) return plain(503, error.message, 'Service Unavailable')
  if (isTooLarge(error)) return plain(413, 'Payload Too Large', 'Payload Too Large')
  if (isClientFault(error)) return plain(400, 'Bad Request', 'Bad Request')
  return plain(500, 'Internal server error')
}

/** Row 11. */
export const unknownRoute = (method: string, url: string) => new DomainError('not_found', `Cannot ${method} ${url}`)

const writers: Record<DomainError['code'], (error: DomainError) => WireError> = {
  invalid({ message, details: { issues, name } }) {
    // Row 22 is a sentence with a code of its own; rows 20, 21 and 23 are a list.
    if (!issues) return { status: 422, body: { statusCode: 422, message, ...code(name) } }
    return { status: 422, body: { statusCode: 422, message: issues, error: 'Unprocessable Entity' } }
  },
  mismatch: ({ message, details }) => ({
    status: 400,
    body: { statusCode: 400, error: 'Bad Request', message, ...code(details.name) },
  }),
  not_found: ({ message, details }) => ({
    status: 404,
    body: { statusCode: 404, error: 'Not Found', message, ...code(details.name) },
  }),
  // sic: only a refused OAuth token (row 2) names the error beside the message.
  unauthorized: ({ message, details }) =>
    details.name === 'INVALID_ACCESS_TOKEN' ? plain(401, message, 'Unauthorized') : plain(401, message),
  forbidden: ({ message }) => plain(403, message),
  // sic: a duplicate opportunity (row 17) carries a code and the error's name, a duplicate contact (row 18) neither.
  conflict: ({ message, details: { name, meta } }) => ({
    status: 400,
    body: { statusCode: 400, message, ...code(name), ...(meta && { meta }), ...(name && { error: 'Bad Request' }) },
  }),
  in_use: ({ message }) => plain(409, message, 'Conflict'),
  outdated: ({ message, details: { name } }) => ({
    status: 409,
    body: { statusCode: 409, error: 'Conflict', message, ...code(name) },
  }),
  rate_limited: ({ message }) => plain(429, message, message),
}

const code = (name: string | undefined) => (name ? { code: name } : {})

function plain(statusCode: number, message: string, error?: string): WireError {
  return { status: statusCode, body: { statusCode, message, ...(error && { error }) } }
}

const statusOf = (error: unknown) => (error as { statusCode?: number } | null)?.statusCode ?? 500
const isTooLarge = (error: unknown) => statusOf(error) === 413
const isClientFault = (error: unknown) => statusOf(error) >= 400 && statusOf(error) < 500
