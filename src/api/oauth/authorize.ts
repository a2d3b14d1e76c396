import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import { getAskingApp } from '../../domain/oauth/consent.ts'
import { keysOf } from '../../domain/oauth/keys.ts'
import type { House } from '../house.ts'
import { type Asked, backTo, readAsked } from './page/asked.ts'
import { cookieOf, keepCookie } from './page/cookie.ts'
import { problemPage, signInPage } from './page/page.ts'
import { send, show } from './page/replies.ts'
import { sentenceOf, steps } from './page/steps.ts'
import { open, seal } from './page/ticket.ts'

/** The page's addresses: the older one, the newer one, and the one that clients of RFC 6749 guess. */
const paths = ['/oauth/chooselocation', '/v2/oauth/chooselocation', '/oauth/authorize']

/**
 * Where people let apps in: sign in, see what is asked for, choose where. Plain forms without a script. Beside it stand
 * the keys by which others can verify access tokens.
 */
export function serveAuthorize(server: FastifyInstance, house: House) {
  const config = { operation: 'authorize' }
  for (const url of paths) {
    server.get(url, { config }, (request, reply) => begin(house, request, reply).catch(problem(house, request, reply)))
    server.post(url, { config }, (request, reply) => goOn(house, request, reply).catch(problem(house, request, reply)))
  }
  server.get('/oauth/jwks.json', { config: { operation: 'get-keys' } }, async (_request, reply) => {
    reply.header('cache-control', 'public, max-age=300')
    return { keys: [(await keysOf(house.store)).publicJwk] }
  })
}

/** An unknown app or address is told here, and never followed; all else that is wrong is the app's to hear. */
async function begin(house: House, request: FastifyRequest, reply: FastifyReply) {
  const asked = await readAsked(house.store, request.query as Record<string, unknown>)
  const { redirectUri, state } = asked
  try {
    const ticket = await seal(house.store, keepCookie(request, reply, house), ticketOf(asked), house.now())
    const html = signInPage({ app: asked.app.name, redirectUri, ticket })
    return show(house, request, reply, { html, redirectUri })
  } catch (error) {
    const error_description = sentenceOf(error)
    const name = (error as DomainError).details.name ?? 'invalid_request'
    return send(house, request, reply, backTo(redirectUri, { error: name, error_description, state }))
  }
}

const ticketOf = ({ read, state }: Asked) => ({ request: read(), state })

/** A form of one of the pages, by the button that was pressed. */
async function goOn(house: House, request: FastifyRequest, reply: FastifyReply) {
  const form = (request.body ?? {}) as Record<string, unknown>
  const field = (name: string) => (typeof form[name] === 'string' ? (form[name] as string) : '')
  const cookie = cookieOf(request) ?? ''
  const ticket = cookie && (await open(house.store, cookie, field('ticket'), house.now()))
  const step = steps.get(field('action'))
  if (!ticket || !step) throw new DomainError('forbidden', 'This page has ended, or was not opened here.')

  const { name } = await getAskingApp(house.store, ticket.request.clientId, ticket.request.redirectUri)
  return step({ house, request, reply, field, cookie, ticket, app: name })
}

/** A page without a way on: nobody knows where to send this person. */
const problem = (house: House, request: FastifyRequest, reply: FastifyReply) => (error: unknown) => {
  const isUnknown = error instanceof DomainError && error.code === 'not_found'
  const sentence = isUnknown ? 'No app is known by this client id.' : sentenceOf(error)
  const html = problemPage('This link does not work', `${sentence} Go back to the app and start again.`)
  return show(house, request, reply, { html, status: isUnknown ? 400 : 403 })
}
