import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js'
import { Failure } from '../failure.ts'
import { note } from '../output/print.ts'

/** Hands on one message to where `/mcp` is, and what it answered. */
export type Post = (message: unknown, headers?: Record<string, string>) => Promise<{ status: number; text: string }>

/** Until the input ends and all that it asked has been answered. */
export async function bridge(post: Post): Promise<void> {
  await requireWelcome(post)
  const underWay = new Set<Promise<void>>()
  const transport = new StdioServerTransport()
  const forward = forwarderOf(post, (message) => transport.send(message))
  transport.onmessage = (message) => {
    const forwarded = forward(message).finally(() => underWay.delete(forwarded))
    underWay.add(forwarded)
  }
  transport.onerror = () => note('A line of the input is no message of the protocol.')
  const ended = new Promise<void>((resolve) => {
    transport.onclose = resolve
    process.stdin.once('end', resolve)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve)
  })
  await transport.start()
  await ended
  await Promise.all(underWay)
  await transport.close()
}

/** Asked first, so that a wrong token is told to whoever starts the program, and not to the model. */
async function requireWelcome(post: Post): Promise<void> {
  const { status, text } = await post({ jsonrpc: '2.0', id: 0, method: 'ping' })
  if (status === 200) return
  const reason = readJson(text)?.error?.message
  if (status === 401) throw new Failure(`The token is refused: ${reason ?? 'no reason was given'}.`)
  throw new Failure(`The server does not speak the protocol: it answered ${status}${reason ? `, ${reason}` : ''}.`)
}

type Send = (message: JSONRPCMessage) => Promise<void>

function forwarderOf(post: Post, send: Send) {
  let version: string | undefined
  return async (message: JSONRPCMessage): Promise<void> => {
    const headers = version ? { 'mcp-protocol-version': version } : undefined
    const reply = await post(message, headers).then(
      ({ status, text }) => replyTo(message, status, text),
      failed(message),
    )
    if (!reply) return
    if ('method' in message && message.method === 'initialize') version = reply.result?.protocolVersion
    await send(reply as unknown as JSONRPCMessage)
  }
}

interface Reply {
  id?: unknown
  result?: { protocolVersion?: string }
  error?: { code: number; message: string }
}

/** What was refused before it was understood has no id: it is the message's own, which the client waits for. */
function replyTo(message: JSONRPCMessage, status: number, text: string): Reply | undefined {
  if (!('id' in message) || !('method' in message)) return undefined
  const reply = readJson(text)
  if (reply && reply.id !== null) return reply
  return failure(message, reply?.error?.message ?? `The server answered ${status}`)
}

const failed = (message: JSONRPCMessage) => (error: Error) => {
  note(error.message)
  return 'id' in message ? failure(message, error.message) : undefined
}

const failure = (message: { id?: unknown }, reason: string): Reply & { jsonrpc: '2.0' } => ({
  jsonrpc: '2.0',
  id: message.id,
  error: { code: -32603, message: reason },
})

function readJson(text: string): Reply | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
