import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onEveryStore } from '../harness.ts'
import { callTool, connectMcp, connectOver, type McpClient } from '../support/mcp.ts'
import { lasting, program, type Running, serve } from '../support/program.ts'

/** A deal from its first question to its end, as an assistant goes about it; answers the deal. */
async function sell(client: McpClient): Promise<string> {
  const { pipelines } = (await callTool(client, 'ghl_list_pipelines')).body
  const [pipeline] = pipelines
  const [first, , third] = pipeline.stages
  const { contact } = (await callTool(client, 'ghl_upsert_contact', { firstName: 'Ada', email: 'ada@example.com' }))
    .body
  const wanted = { name: 'Engine', pipelineId: pipeline.id, contactId: contact.id, status: 'open', monetaryValue: 1200 }
  const { opportunity } = (await callTool(client, 'ghl_create_opportunity', wanted)).body
  expect(opportunity).toMatchObject({ pipelineStageId: first.id, status: 'open' })
  const deal = { opportunityId: opportunity.id }

  const moved = await callTool(client, 'ghl_update_opportunity_stage', { ...deal, pipelineStageId: third.id })
  expect(moved.body.opportunity).toMatchObject({ pipelineStageId: third.id, status: 'open', name: 'Engine' })
  const won = await callTool(client, 'ghl_update_opportunity_status', { ...deal, status: 'won' })
  expect(won.body).toMatchObject({ success: true, status: 'won', pipelineStageId: third.id })

  const by = { pipelineId: pipeline.id, status: 'won', q: 'engine' }
  const found = (await callTool(client, 'ghl_search_opportunities', by)).body
  expect(found).toMatchObject({ meta: { total: 1 }, opportunities: [{ id: opportunity.id, status: 'won' }] })
  return opportunity.id
}

onEveryStore('an assistant by HTTP', (crm) => {
  test('lists pipelines, creates a deal, moves it, wins it and finds it again', async () => {
    const client = await connectMcp(crm.url, crm.token)

    const id = await sell(client)

    const told = await crm.events(id)
    expect(told.map(({ types }) => types)).toEqual([
      ['OpportunityCreate', 'OpportunityUpdate'],
      ['OpportunityUpdate', 'OpportunityStageUpdate'],
      ['OpportunityUpdate', 'OpportunityStatusUpdate'],
    ])
    expect(new Set(told.map(({ callerId }) => callerId)).size).toBe(1)
    const { body } = await crm.v3.get(`/opportunities/${id}`)
    expect(body.opportunity).toMatchObject({ status: 'won', pipelineStageId: crm.stages[2]?.id, monetaryValue: 1200 })
  })

  test('loses a page of deals to nobody: it reads on where a page ended', async () => {
    const client = await connectMcp(crm.url, crm.token)
    const pipeline = await crm.given.pipeline('Long')
    const made = []
    for (let deals = 0; deals < 5; deals++) made.push((await crm.given.opportunity({ pipelineId: pipeline.id })).id)

    const seen: string[] = []
    for (let cursor = {}, more = true; more; ) {
      const by = { pipelineId: pipeline.id, limit: 2, ...cursor }
      const { opportunities, meta } = (await callTool(client, 'ghl_search_opportunities', by)).body
      seen.push(...opportunities.map(({ id }: { id: string }) => id))
      cursor = { startAfter: meta.startAfter, startAfterId: meta.startAfterId }
      more = meta.nextPage !== null
    }

    expect(seen).toEqual(made.reverse())
  })

  test('writes to a pipeline of another location only by the token of that location', async () => {
    const theirs = await crm.given.location()
    const client = await connectMcp(crm.url, theirs.token)
    const { id } = await crm.given.opportunity()

    const { pipelines } = (await callTool(client, 'ghl_list_pipelines')).body

    expect(pipelines.map(({ name }: { name: string }) => name)).toEqual(['Theirs'])
    expect((await callTool(client, 'ghl_delete_opportunity', { opportunityId: id })).isError).toBe(true)
    expect((await crm.v3.get(`/opportunities/${id}`)).status).toBe(200)
  })
})

const root = fileURLToPath(new URL('../..', import.meta.url))

describe.each(lasting)('an assistant by standard input ($name)', ({ open }) => {
  let place: Awaited<ReturnType<typeof open>>
  let server: Running
  beforeAll(async () => {
    place = await open()
    server = await serve(place.db)
  }, 60_000)
  afterAll(async () => {
    await server?.stop()
    await place.discard()
  })

  const started = (...options: string[]) => {
    const env = { PATH: process.env.PATH ?? '', PIPEWRIGHT_TOKEN: server.token }
    const args = [...program, 'mcp', ...options]
    return new StdioClientTransport({ command: process.execPath, args, env, cwd: root, stderr: 'pipe' })
  }

  /** The program to its end, with what it was told and what it said. */
  async function run(options: string[], input: string, token = server.token) {
    const env = { PATH: process.env.PATH ?? '', ...(token && { PIPEWRIGHT_TOKEN: token }) }
    const child = spawn(process.execPath, [...program, 'mcp', ...options], { cwd: root, env })
    const said = { out: '', err: '' }
    child.stdout.on('data', (part) => {
      said.out += part
    })
    child.stderr.on('data', (part) => {
      said.err += part
    })
    child.stdin.end(input)
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
    return { code, ...said }
  }

  test('works on the data itself while a server does, and ends with its input', async () => {
    const transport = started('--db', place.db)
    const client = await connectOver(transport)
    const complaints: string[] = []
    transport.stderr?.on('data', (part) => complaints.push(String(part)))

    const id = await sell(client)

    const read = await fetch(`${server.url}/opportunities/${id}`, {
      headers: { authorization: `Bearer ${server.token}`, version: 'v3' },
    })
    expect(await read.json()).toMatchObject({ opportunity: { id, status: 'won' } })
    const wrong = await callTool(client, 'ghl_get_opportunity', { opportunityId: 'x' })
    expect(wrong).toMatchObject({ isError: true, text: expect.stringContaining('There is no opportunity "x"') })
    await client.close()
    expect(complaints.join('')).toBe('')
  })

  test('works through a running server', async () => {
    const client = await connectOver(started('--url', server.url))

    expect((await client.listTools()).tools.length).toBeGreaterThan(50)
    const dry = await callTool(client, 'ghl_create_lost_reason', { name: 'Price', dryRun: true })
    const { total } = (await callTool(client, 'ghl_list_lost_reasons')).body

    expect(dry.body).toMatchObject({ dryRun: true, lostReason: { name: 'Price' } })
    expect(total).toBe(0)
    await client.close()
  })

  test('answers all that was asked before the input ended, and says nothing else', async () => {
    const ask = (id: number, method: string, params: object = {}) =>
      JSON.stringify({ jsonrpc: '2.0', id, method, params })
    const greeting = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'a test', version: '1' } }
    const lines = [
      ask(1, 'initialize', greeting),
      '{"jsonrpc":"2.0","method":"notifications/initialized"}',
      'this is no message',
      ask(2, 'tools/call', { name: 'ghl_list_pipelines' }),
      ask(3, 'nope'),
    ]

    for (const options of [
      ['--db', place.db],
      ['--url', `${server.url}/mcp/`],
    ]) {
      const { code, out, err } = await run(options, `${lines.join('\n')}\n`)

      const replies = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(replies.map(({ id }) => id).sort()).toEqual([1, 2, 3])
      expect(replies.find(({ id }) => id === 3).error).toMatchObject({ code: -32601 })
      expect([code, err]).toEqual([0, 'A line of the input is no message of the protocol.\n'])
    }
  })

  test.each([
    [[], '', 2, /^mcp needs a token: --token TOKEN\. Make one with .* token create\n$/],
    [[], 'pit-wrong', 1, /^The token is refused: Invalid Private Integration token\.\n$/],
    [['--token', 'two words'], 'pit-wrong', 2, /^--token must be a token such as pit-…, in one word\n$/],
    [['--url', 'elsewhere'], 'pit-wrong', 2, /^--url must be an address such as .*, not "elsewhere"\n$/],
    [
      ['--url', 'http://127.0.0.1:1'],
      'pit-wrong',
      1,
      /^Nothing answers at http:\/\/127\.0\.0\.1:1\/mcp\. Is the server running\?\n$/,
    ],
  ])('is one line and an end where it cannot begin: %#', async (options, token, code, line) => {
    const ended = await run(['--db', place.db, ...options], '', token)

    expect(ended).toMatchObject({ code, out: '' })
    expect(ended.err).toMatch(line)
  })

  test('is one line where the server is none, or speaks something else', async () => {
    const ended = await run(['--url', `${server.url}/docs`], '')

    expect(ended).toMatchObject({ code: 1, out: '' })
    expect(ended.err).toMatch(/^The server does not speak the protocol: it answered 404/)
  })
})
