import { DomainError } from '../../domain/errors.ts'
import { type WireError, writeError as writeShared } from '../errors.ts'

/**
 * Contract 8 and conflict 23: what RFC 6749 has and what HighLevel has, in one body. A refused bearer is worded as
 * everywhere (1.4).
 */
export function writeError(error: unknown): WireError {
  if (error instanceof DomainError && error.code === 'invalid') return writeInvalid(error)
  if (error instanceof DomainError && error.details.name === 'invalid_client')
    return union(401, 'invalid_client', error.message)
  const wire = writeShared(error)
  return wire.status === 400 ? union(400, 'invalid_request', 'Invalid request: the body cannot be read') : wire
}

/** A wrong field is told by name, one at a time: what is missing reads as HighLevel has it. */
function writeInvalid({ message, details: { issues, name } }: DomainError): WireError {
  if (!issues) return union(400, name ?? 'invalid_request', message)
  const [first = ''] = issues
  const missing = /^(\S+) should not be empty$/.exec(first)?.[1]
  return union(400, 'invalid_request', missing ? `Missing parameter: ${missing}` : `Invalid parameter: ${first}`)
}

const union = (statusCode: number, error: string, message: string): WireError => ({
  status: statusCode,
  body: { statusCode, error, error_description: message, message },
})

/** v3's envelope for where an app is installed; `statusCode` and `message` are there for who reads those of all others. */
export function writeInstalledError(error: unknown): WireError {
  const { status, body } = writeError(error)
  const message = String(body.message)
  const code = codes[status] ?? 'INTERNAL_SERVER_ERROR'
  const resolution = resolutions[status] ?? 'Try again later.'
  return { status, body: { statusCode: status, message, error: { code, message, details: null, resolution } } }
}

const codes: Record<number, string> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  429: 'TOO_MANY_REQUESTS',
  503: 'SERVICE_UNAVAILABLE',
}

const resolutions: Record<number, string> = {
  400: 'Correct the parameter that the message names.',
  401: "Send the access token of an agency's grant with the scope oauth.readonly.",
  403: 'Ask for the company and the app that the token belongs to.',
  404: 'Look the path up in the reference.',
}
