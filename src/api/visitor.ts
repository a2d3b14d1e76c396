import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import type { Visitor } from './endpoint.ts'
import type { House } from './house.ts'
import { keepSession, sessionOf } from './sessions.ts'

/** The browser behind a request, as the rows see it by which people come and go. */
export function visitorOf(house: House, request: FastifyRequest, reply: FastifyReply): Visitor {
  const { throttles, now } = house
  return {
    session() {
      if (request.session === undefined) throw new DomainError('unauthorized', 'Sign in first: there is no session.')
      return request.session
    },
    kept: () => sessionOf(request),
    keep: (secret) => keepSession(house, request, reply, secret),
    countTry(email) {
      if (throttles.admits(request.ip, email, now())) return
      reply.header('retry-after', throttles.interval / 1000)
      throw new DomainError('rate_limited', 'Too many tries. Wait a quarter of an hour, then try again.')
    },
    forgetTries: (email) => throttles.gotIn(request.ip, email),
  }
}
