import type { FastifyInstance, FastifyRequest } from 'fastify'
import { receive } from '../automation/workflows/inbound/receive.ts'
import { bodyLimit, parse } from './body.ts'
import type { House } from './house.ts'
import { tell } from './tell.ts'

/**
 * `POST /hooks/:secret`: what other people's servers send to a workflow. Whoever knows the address may send; the body is
 * kept to the byte, for what is signed is bytes.
 */
export async function serveHooks(server: FastifyInstance, house: House): Promise<void> {
  await server.register(async (hooks) => {
    hooks.removeAllContentTypeParsers()
    hooks.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body))
    hooks.post('/hooks/:secret', async (request, reply) => {
      const { secret } = request.params as { secret: string }
      const received = await receive(house, secret, arrived(request))
      tell(house, request, reply)
      house.replied?.(request, 200)
      return { received: true, duplicate: received.isDuplicate, outcome: received.outcome, traceId: request.id }
    })
  })
}

function arrived({ headers, body }: FastifyRequest) {
  const raw = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
  return { headers, raw, payload: (parse(raw.toString('utf8')) ?? {}) as Record<string, unknown> }
}
