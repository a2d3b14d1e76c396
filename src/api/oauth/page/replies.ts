import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { House } from '../../house.ts'
import { style } from './style.ts'

/** A page, and where its form may lead in the end. */
export interface Shown {
  html: string
  redirectUri?: string
  status?: number
}

/** A page goes out: never kept, never framed, with nothing from elsewhere in it. */
export function show(house: House, request: FastifyRequest, reply: FastifyReply, shown: Shown) {
  const { html, redirectUri, status = 200 } = shown
  house.replied?.(request, status)
  return reply
    .code(status)
    .headers({ ...headers, 'content-security-policy': policyFor(redirectUri) })
    .type('text/html; charset=utf-8')
    .send(html)
}

/** With GET, whatever came: nobody else is to get the form's password. */
export function send(house: House, request: FastifyRequest, reply: FastifyReply, location: string) {
  house.replied?.(request, 303)
  return reply
    .code(303)
    .headers({ ...headers, location })
    .send('')
}

// Without an opener policy: apps open this in a window of their own and wait in the one that opened it.
const headers = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

const styleHash = createHash('sha256').update(style).digest('base64')

/** Browsers hold the address that a form is redirected to against `form-action` too. */
function policyFor(redirectUri: string | undefined): string {
  const back = redirectUri ? ` ${sourceOf(new URL(redirectUri))}` : ''
  const policy = [`style-src 'sha256-${styleHash}'`, 'img-src data:', `form-action 'self'${back}`]
  return ["default-src 'none'", ...policy, "frame-ancestors 'none'", "base-uri 'none'"].join('; ')
}

/** A policy has no way to write an address of IPv6, so the scheme must do: `[::1]` is this machine's own. */
const sourceOf = ({ hostname, protocol, origin }: URL) => (hostname.startsWith('[') ? protocol : origin)
