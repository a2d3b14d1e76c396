import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { House } from '../../house.ts'

const name = 'pipewright_authorize'

/** What ties the pages of an authorization to one browser; another site's form comes without it. */
export function cookieOf({ headers }: FastifyRequest): string | undefined {
  return new RegExp(`(?:^|;\\s*)${name}=([\\w-]{43})(?:;|$)`).exec(headers.cookie ?? '')?.[1]
}

/** The browser's own while it has one, so that two tabs do not end each other. */
export function keepCookie(request: FastifyRequest, reply: FastifyReply, { publicUrl }: House): string {
  const value = cookieOf(request) ?? randomBytes(32).toString('base64url')
  const isSecure = (publicUrl ?? `${request.protocol}:`).startsWith('https:')
  const parts = [
    `${name}=${value}`,
    'Path=/',
    'Max-Age=3600',
    'HttpOnly',
    'SameSite=Lax',
    ...(isSecure ? ['Secure'] : []),
  ]
  reply.header('set-cookie', parts.join('; '))
  return value
}
