import type { FastifyInstance, FastifyRequest } from 'fastify'
import { receive } from '../automation/workflows/inbound/receive.ts'
import { bodyLimit, parseObject } from './body.ts'
import type { House } from './house.ts'
import { tell } from './tell.ts'

/** s: nobody knows when somebody who paused a workflow resumes it. */
const later = 300

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
      const { isDuplicate, outcome, isPutOff } = await receive(house, secret, arrived(request))
      tell(house, request, reply)
      const status = isPutOff ? 503 : 200
      reply.code(status)
      if (isPutOff) reply.header('retry-after', later)
      house.replied?.(request, status)
      return { received: !isPutOff, duplicate: isDuplicate, outcome, traceId: request.id }
    })
  })
}

function arrived({ headers, body }: FastifyRequest) {
  const raw = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
  return { headers, raw, payload: payloadOf(raw.toString('utf8')) }
}

/**
 * Nobody here can have the sender mend what he sends. So what could not be kept is left out, U+0000 that is, and whole
 * numbers that are longer than JavaScript counts stay as they were written, as texts: one may be the id of an event.
 */
function payloadOf(text: string): Record<string, unknown> {
  const payload = parseObject(text) ?? {}
  // Looked through only once it is known to be JSON: only then does each text in it end.
  const whole = /\d{16}/.test(text) ? parseObject(text.replace(textsAndNumbers, exact)) : payload
  return (text.includes('\\u0000') ? withoutNull(whole) : whole) as Record<string, unknown>
}

const textsAndNumbers = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g

const exact = (one: string) => (/^-?\d+$/.test(one) && !Number.isSafeInteger(Number(one)) ? `"${one}"` : one)

function withoutNull(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '')
  if (Array.isArray(value)) return value.map(withoutNull)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name.replaceAll('\0', ''), withoutNull(inner)]),
  )
}
