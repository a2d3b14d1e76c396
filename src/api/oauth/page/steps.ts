import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../../domain/context.ts'
import { DomainError } from '../../../domain/errors.ts'
import { allow, choicesOf, getAskingApp } from '../../../domain/oauth/consent.ts'
import { findSession, signIn as openSession } from '../../../domain/oauth/signIn.ts'
import type { House } from '../../house.ts'
import { backTo } from './asked.ts'
import { consentPage, signInPage } from './page.ts'
import { send, show } from './replies.ts'
import { seal, type Ticket } from './ticket.ts'

/** A form that somebody sent: what they wrote into it, and the ticket that came with it. */
export interface Step {
  house: House
  request: FastifyRequest
  reply: FastifyReply
  /** '' where there is none. */
  field: (name: string) => string
  cookie: string
  ticket: Ticket
  /** The app's name. */
  app: string
}

/** Looks at e-mail address and password, then shows what there is to choose. */
async function signIn(step: Step) {
  const { house, request, field } = step
  const { throttles } = house
  const email = field('email').trim().toLowerCase()
  if (!throttles.admits(request.ip, email, house.now())) return wait(step)
  const session = await openSession(contextOf(step), email, field('password'))
  if (!session) return again(step, 401, 'The e-mail address or the password is wrong.')
  throttles.gotIn(request.ip, email)
  return choose({ ...step, ticket: { ...step.ticket, session } })
}

/** The choice, or why there is none; `error` is what was wrong with the one before. */
async function choose(step: Step, error?: string) {
  const { house, request, reply, cookie, ticket, app } = step
  const { clientId, redirectUri, scopes } = ticket.request
  const signedIn = await whoOf(step)
  if (!signedIn) return again(step, 401)
  try {
    const asking = await getAskingApp(house.store, clientId, redirectUri)
    const choices = await choicesOf(house.store, asking, signedIn)
    const fresh = await seal(house.store, cookie, ticket, house.now())
    const html = consentPage({ app, redirectUri, ticket: fresh }, choices, scopes, error)
    return show(house, request, reply, { html, redirectUri, status: error === undefined ? 200 : 400 })
  } catch (refusal) {
    return again(step, 403, sentenceOf(refusal))
  }
}

/** Sends the app its code. */
async function agree(step: Step) {
  const { house, request, reply, field, ticket } = step
  const signedIn = await whoOf(step)
  if (!signedIn) return again(step, 401)
  if (!field('location')) return choose(step, 'Choose where to let the app in.')
  try {
    const code = await allow(contextOf(step), ticket.request, signedIn, field('location'))
    return send(house, request, reply, backTo(ticket.request.redirectUri, { code, state: ticket.state }))
  } catch (refusal) {
    return choose(step, sentenceOf(refusal))
  }
}

async function cancel({ house, request, reply, ticket }: Step) {
  const said = { error: 'access_denied', error_description: 'The app was not let in.', state: ticket.state }
  return send(house, request, reply, backTo(ticket.request.redirectUri, said))
}

function wait(step: Step) {
  step.reply.header('retry-after', step.house.throttles.interval / 1000)
  return again(step, 429, 'Too many tries. Wait a quarter of an hour, then try again.')
}

/** The first page once more, for whoever is not signed in or cannot go on. */
async function again(step: Step, status: number, error?: string) {
  const { house, request, reply, field, cookie, ticket, app } = step
  const { redirectUri } = ticket.request
  const fresh = await seal(house.store, cookie, { request: ticket.request, state: ticket.state }, house.now())
  const html = signInPage({ app, redirectUri, ticket: fresh }, error, field('email'))
  return show(house, request, reply, { html, redirectUri, status })
}

/** Nobody asks yet: who does is what the form is about. */
const contextOf = ({ house: { store, now, wake }, request }: Step) =>
  ({ store, now, wake, requestId: request.id }) as Context

const whoOf = async ({ house, ticket: { session } }: Step) =>
  session === undefined ? undefined : findSession(house.store, session, house.now())

/** By the button that was pressed. */
export const steps = new Map<string, (step: Step) => unknown>([
  ['sign-in', signIn],
  ['allow', agree],
  ['cancel', cancel],
  ['other', (step) => again(step, 200)],
])

/** What is somebody else's doing, in words for a person; a fault of ours comes out where all of them do. */
export function sentenceOf(error: unknown): string {
  if (error instanceof DomainError) return error.message
  throw error
}
