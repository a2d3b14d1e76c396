import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import { allow } from '../admit.ts'
import type { Credential } from '../authenticate.ts'
import { understandMessages } from '../body.ts'
import type { Dialect } from '../endpoint.ts'
import { writeError } from '../errors.ts'
import type { House } from '../house.ts'
import { tell } from '../tell.ts'
import { type Asking, kinds } from './call.ts'
import { isWelcome } from './origin.ts'
import { toolsOf } from './tools/tools.ts'

/** Messages in one body; more would be many requests in the guise of one. */
const mostMessages = 50

/**
 * `/mcp`: the Model Context Protocol over streamable HTTP, without sessions and with a JSON reply to each POST, so that
 * any process may answer any message. The token is looked at before anything else.
 */
export async function serveMcp(server: FastifyInstance, house: House, rows: Dialect): Promise<void> {
  const admitHere = (request: FastifyRequest) => admit(house, request)
  let tools: ReturnType<typeof toolsOf> | undefined
  await server.register(async (mcp) => {
    understandMessages(mcp)
    mcp.setErrorHandler((error, request, reply) => refuse(house, error, request, reply))
    mcp.post('/mcp', { config: { operation: 'mcp' }, onRequest: admitHere }, async (request, reply) => {
      tools ??= toolsOf(rows)
      const { status, text } = await answer(house, tools, request)
      return send(house, request, reply.code(status), text)
    })
    mcp.route({
      method: ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      url: '/mcp',
      config: { operation: 'mcp' },
      handler: async (request, reply) => send(house, request, reply.code(405).header('allow', 'POST'), noStream),
    })
  })
}

async function admit({ authenticator, publicUrl }: House, request: FastifyRequest): Promise<void> {
  if (!isWelcome(request.headers.origin, publicUrl))
    throw new DomainError('forbidden', 'This origin may not come here.')
  const credential = await authenticator.authenticate(request.headers.authorization)
  request.caller = allow({ scope: null }, kinds, credential)
  request.credential = credential
}

type Tools = ReturnType<typeof toolsOf>

/** One message, or the list of them that an older revision of the protocol allows. */
async function answer(house: House, tools: Tools, request: FastifyRequest) {
  // Read from disk when it is first asked for: no other request waits for it.
  const { converse } = await import('./converse.ts')
  const asking: Asking = {
    house,
    credential: request.credential as Credential,
    requestId: request.id,
    origin: () => house.publicUrl ?? `${request.protocol}://${request.host}`,
    counted: (left) => {
      request.left = left
    },
    failed: (error) => house.failed?.(error, request.id),
  }
  const version = request.headers['mcp-protocol-version'] as string | undefined
  if (!Array.isArray(request.body)) return converse(request.body, version, tools, asking)
  if (request.body.length === 0 || request.body.length > mostMessages) {
    throw new DomainError('invalid', `A list holds 1 to ${mostMessages} messages.`)
  }
  const replies: string[] = []
  for (const message of request.body) replies.push((await converse(message, version, tools, asking)).text)
  const written = replies.filter((text) => text !== '')
  return written.length > 0 ? { status: 200, text: `[${written.join(',')}]` } : { status: 202, text: '' }
}

/** Refused before a message was understood, so there is no id to answer to. */
function refuse(house: House, error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const { status, body } = writeError(error)
  if (status >= 500) house.failed?.(error, request.id)
  if (status === 503) reply.header('retry-after', 1)
  if (status === 401) reply.header('www-authenticate', request.headers.authorization ? wrongToken : noToken)
  const isUnread = status === 400
  const message = isUnread ? 'Parse error: the body is no JSON' : [body.message].flat().join('; ')
  const code = isUnread ? -32700 : status >= 500 ? -32603 : -32600
  return send(house, request, reply.code(status === 422 ? 400 : status), failure(code, message))
}

const noToken = 'Bearer realm="pipewright"'
const wrongToken = `${noToken}, error="invalid_token"`

const failure = (code: number, message: string) =>
  JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message } })
const noStream = failure(-32600, 'There is no stream and no session here: POST each message.')

function send(house: House, request: FastifyRequest, reply: FastifyReply, text: string) {
  tell(house, request, reply)
  house.replied?.(request, reply.statusCode, text)
  if (text === '') return reply.send()
  return reply.header('content-type', 'application/json; charset=utf-8').send(text)
}
