import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'

/** The protocol's official client, over HTTP, as an assistant would connect. */
export const connectMcp = (url: string, token: string) =>
  connectOver(
    new StreamableHTTPClientTransport(new URL(`${url}/mcp`), {
      requestInit: { headers: { authorization: `Bearer ${token}` } },
    }),
  )

export async function connectOver(transport: Transport) {
  const client = new Client({ name: 'a test', version: '1.0.0' })
  await client.connect(transport as Transport)
  return client
}

export type McpClient = Awaited<ReturnType<typeof connectOver>>

export interface Outcome {
  isError: boolean
  /** Of a refusal, what a model reads. */
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever a tool answers
  body: any
}

/** Calls a tool; the client itself holds what comes against the tool's own output schema. */
export async function callTool(client: McpClient, name: string, args: object = {}): Promise<Outcome> {
  const result = (await client.callTool({ name, arguments: args as Record<string, unknown> })) as CallToolResult
  const [first] = result.content
  const text = first?.type === 'text' ? first.text : ''
  return { isError: Boolean(result.isError), text, body: result.structuredContent }
}
