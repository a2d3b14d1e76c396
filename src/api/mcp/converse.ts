import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import {
  CallToolRequestSchema,
  ErrorCode,
  InitializeRequestSchema,
  isJSONRPCRequest,
  ListToolsRequestSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js'
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv'
import { version } from '../../version.ts'
import { type Asking, callTool } from './call.ts'
import type { Tool } from './tools/tool.ts'
import { isAllowed } from './tools/tools.ts'

type Tools = ReadonlyMap<string, Tool>

/** Never asked, since nothing is elicited; one for all, because each makes a compiler of its own. */
const jsonSchemaValidator = new AjvJsonSchemaValidator()

/**
 * Answers one message of a client. No session is kept, so that each message may reach another process: the protocol's
 * own machine is made anew for it, which takes a fraction of a millisecond.
 */
export async function converse(message: unknown, protocolVersion: string | undefined, tools: Tools, asking: Asking) {
  const misshapen = complaintAbout(message)
  if (misshapen) return { status: 200, text: misshapen }
  const server = serverFor(tools, asking)
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
  await server.connect(transport)
  try {
    const headers = {
      // We answer JSON alone, so a client that takes nothing else is welcome too.
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      ...(protocolVersion && { 'mcp-protocol-version': protocolVersion }),
    }
    const request = new Request('http://localhost/mcp', { method: 'POST', headers })
    const response = await transport.handleRequest(request, { parsedBody: message })
    return { status: response.status, text: await response.text() }
  } finally {
    await server.close()
  }
}

interface Shape {
  safeParse: (value: unknown) => { success: boolean; error?: { issues: { path: PropertyKey[]; message: string }[] } }
}

const shapes = new Map<string, Shape>([
  ['initialize', InitializeRequestSchema],
  ['tools/list', ListToolsRequestSchema],
  ['tools/call', CallToolRequestSchema],
])

/** What is wrong with a request's parameters; the protocol's machine would call it an error of its own. */
function complaintAbout(message: unknown): string | undefined {
  if (!isJSONRPCRequest(message)) return undefined
  const checked = shapes.get(message.method)?.safeParse(message)
  if (!checked?.error) return undefined
  const wrong = checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
  const error = { code: ErrorCode.InvalidParams, message: `Invalid request: ${wrong}` }
  return JSON.stringify({ jsonrpc: '2.0', id: message.id, error })
}

function serverFor(tools: Tools, asking: Asking): Server {
  const { caller } = asking.credential
  const allowed = [...tools.values()].filter((tool) => isAllowed(tool, caller))
  const server = new Server(
    { name: 'pipewright', title: 'Pipewright', version },
    { capabilities: { tools: {} }, instructions: instructionsFor(tools, allowed), jsonSchemaValidator },
  )
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: allowed.map(({ listed }) => listed) }))
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => {
    const tool = tools.get(params.name)
    if (!tool)
      throw new McpError(ErrorCode.InvalidParams, `Unknown tool: ${params.name}. tools/list has all there are.`)
    return callTool(tool, params.arguments ?? {}, asking)
  })
  return server
}

/** What a model is told before it begins. */
function instructionsFor(tools: Tools, allowed: Tool[]): string {
  const missing = [...tools.values()].filter((tool) => !allowed.includes(tool)).map(({ row }) => row.scope)
  const more = `Further tools need scopes that this token does not have: ${[...new Set(missing)].join(', ')}.`
  return `${guidance}${missing.length > 0 ? ` ${more}` : ''}`
}

const guidance =
  'A sales pipeline: opportunities (deals) of contacts move through the stages of pipelines and are won, lost or abandoned. ' +
  'Look ids up instead of guessing them: ghl_list_pipelines for pipelines and stages, ghl_search_opportunities, ' +
  'ghl_list_contacts, ghl_list_users. Stage and status are independent. Times are ISO 8601 in UTC. ' +
  'With dryRun a write checks everything and changes nothing.'
