import type { FastifyReply, FastifyRequest } from 'fastify'
import type { House } from './house.ts'
import { fullAllowance, rateLimitHeaders } from './rateLimit.ts'

/** What stands above every reply: its trace, and what is left of the limits; all of it where nobody was counted. */
export function tell({ limits, now }: House, request: FastifyRequest, reply: FastifyReply) {
  const isCounted = request.session === undefined
  if (isCounted) reply.headers(rateLimitHeaders(limits, request.left ?? fullAllowance(limits, now())))
  reply.header('x-trace-id', request.id)
}
