import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import type { Context } from '../../domain/context.ts'
import { invalid } from '../../domain/errors.ts'
import { allow, count } from '../admit.ts'
import type { Credential } from '../authenticate.ts'
import { parse } from '../body.ts'
import type { Sent } from '../call.ts'
import type { House } from '../house.ts'
import { type Allowance, retryAfter } from '../rateLimit.ts'
import { rehearse } from '../rehearse.ts'
import { explain } from './explain.ts'
import type { Tool } from './tools/tool.ts'

export type Arguments = Record<string, unknown>

/** Who calls, by which request, and who hears of it. */
export interface Asking {
  house: House
  credential: Credential
  requestId: string
  origin: () => string
  /** Told what is left of the limits after each call. */
  counted: (left: Allowance) => void
  /** Told of what is our own fault, which the caller only hears the trace of. */
  failed: (error: unknown) => void
}

/** Whose tokens may come at all; an agency's is refused by name. */
export const kinds = new Set(['pit', 'oauth', 'agency'] as const)

/**
 * Calls a tool as its row would be called: scope, limit, location, parameters, then the row's one command or query.
 * Whatever goes wrong comes back as a result that a model can read and mend, never as an error of the protocol.
 */
export async function callTool(tool: Tool, given: Arguments, asking: Asking): Promise<CallToolResult> {
  const { house, credential, requestId } = asking
  const { store, now, wake } = house
  const ctx: Context = { store, now, wake, caller: credential.caller, requestId }
  try {
    allow(tool.row, kinds, credential)
    const left = await count(house, credential)
    asking.counted(left)
    if (!left.allowed) return refusal(`Too many requests. Try again in ${retryAfter(left)} seconds.`)
    return written(await run(tool, given, ctx, asking.origin))
  } catch (error) {
    const explained = await explain(error, { tool, args: given, ctx })
    if (explained) return refusal(explained)
    asking.failed(error)
    return refusal(`Internal server error; in the server's log as ${requestId}.`)
  }
}

async function run(tool: Tool, given: Arguments, ctx: Context, origin: () => string): Promise<object> {
  // As any body is read: no null characters, no halves of characters, nothing nested without end.
  const args = parse(JSON.stringify(given)) as Arguments
  refuseUnknown(tool, args)
  const { dryRun = false, ...rest } = args
  if (typeof dryRun !== 'boolean') throw invalid('dryRun must be a boolean value')

  const perform = async (ctx: Context) => unwrapped(await tool.call(ctx, sentOf(tool, rest, ctx, origin), ''))
  return dryRun ? { dryRun: true, ...(await rehearse(ctx, perform)) } : perform(ctx)
}

/** Before the row looks: what has no place on the wire would not reach it. */
function refuseUnknown(tool: Tool, args: Arguments) {
  const known = tool.listed.inputSchema.properties
  const unknown = Object.keys(args).filter((name) => !Object.hasOwn(known, name))
  if (unknown.length > 0) throw invalid(...unknown.map((name) => `property ${name} should not exist`))
}

/** The arguments in their places on the wire; the location is the token's own wherever it is asked for. */
function sentOf(
  { slots, row }: Tool,
  args: Arguments,
  { caller: { locationId } }: Context,
  origin: () => string,
): Sent {
  const own = row.params?.properties.locationId ? { locationId } : {}
  const sent: Sent = { headers: { 'location-id': locationId }, params: { ...own }, query: {}, body: {}, origin }
  for (const [argument, value] of Object.entries(args)) {
    const slot = slots.get(argument)
    // Models send null for what they leave out; where null means something, it is in a body.
    if (slot && !(slot.place === 'query' && value === null)) sent[slot.place][slot.name] = value
  }
  return sent
}

const unwrapped = (result: object | string): object =>
  JSON.parse(typeof result === 'string' ? result : JSON.stringify(result))

const written = (result: object): CallToolResult => ({
  content: [{ type: 'text', text: JSON.stringify(result) }],
  structuredContent: result as Record<string, unknown>,
})

const refusal = (text: string): CallToolResult => ({ isError: true, content: [{ type: 'text', text }] })
