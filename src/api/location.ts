import { DomainError } from '../domain/errors.ts'
import type { LocationParameter } from './endpoint.ts'

interface Parts {
  headers: Record<string, unknown>
  params: Record<string, unknown>
  query: Record<string, unknown>
  body: Record<string, unknown>
}

const headerNames = ['location-id', 'locationid', 'x-location-id']

/**
 * Contract 1.3: the token's own location is authoritative; every location that a request names must be that one.
 * Where the row documents the parameter as required it is filled in from a header, and missed when nothing names it.
 * Answers whether the request named its location.
 */
export function checkLocation(own: string, required: LocationParameter | undefined, parts: Parts): boolean {
  let isNamed = false
  const meet = (value: unknown) => {
    if (typeof value !== 'string' || value === '') return
    if (value !== own) throw new DomainError('forbidden', 'The token does not have access to this location.')
    isNamed = true
  }
  const { headers, query, body, params } = parts
  meet(headers['location-id'])
  meet(headers.locationid)
  meet(headers['x-location-id'])
  for (const asked of [query.locationId, query.location_id]) {
    if (Array.isArray(asked))
      asked.forEach(meet) // it was sent twice
    else meet(asked)
  }
  meet(body.locationId)
  meet(body.location_id)
  meet(params.locationId)
  if (!required || parts[required.in][required.name] !== undefined) return isNamed

  // A page's cursor was made for this very location (contract 9.17).
  const followsUp = Boolean(parts.query.startAfter && parts.query.startAfterId)
  const elsewhere = headerNames.some((name) => parts.headers[name]) || (required.in === 'body' && isNamed)
  if (elsewhere || (followsUp && !isNamed)) {
    parts[required.in][required.name] = own
    return isNamed
  }
  // Refused by name, as an unknown property, where the row's schema comes to it.
  if (required.misspelt && parts[required.in][required.misspelt] !== undefined) return isNamed
  throw new DomainError('invalid', `${required.name} can't be undefined`, { name: 'COMMON_LOCATION_ID_UNDEFINED' })
}
