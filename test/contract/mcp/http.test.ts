import { type IncomingMessage, request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { createToken } from '../../../src/domain/tokens/tokens.ts'
import { onEveryStore, startCrm } from '../../harness.ts'
import { codeFor, exchange, givenApp } from '../../support/oauth.ts'
import { rateLimitHeaders } from '../../support/refused.ts'

interface Sent {
  token?: string
  headers?: Record<string, string>
  method?: string
}

const ping = { jsonrpc: '2.0', id: 1, method: 'ping' }
const call = (id: unknown, params: object) => ({ jsonrpc: '2.0', id, method: 'tools/call', params })
const failure = (code: number, message: string) => ({ jsonrpc: '2.0', id: null, error: { code, message } })

onEveryStore('/mcp over HTTP', (crm) => {
  /** A message as any program may send it; what each reply carries is held against the rest of the server. */
  async function send(message: unknown, { token = crm.token, headers = {}, method = 'POST' }: Sent = {}) {
    const response = await fetch(`${crm.url}/mcp`, {
      method,
      headers: { ...(token && { authorization: `Bearer ${token}` }), 'content-type': 'application/json', ...headers },
      ...(message !== undefined && { body: typeof message === 'string' ? message : JSON.stringify(message) }),
    })
    const text = await response.text()
    expect(response.status).toBeLessThan(500)
    expect(response.headers.get('x-trace-id')).toMatch(/^[0-9a-f-]{36}$/)
    for (const name of rateLimitHeaders) expect(response.headers.get(name), name).toMatch(/^\d+$/)
    if (text) expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined }
  }

  describe('lets in', () => {
    test('a token that it knows, and names none that it keeps', async () => {
      const { status, headers, body } = await send(ping)

      expect([status, body]).toEqual([200, { jsonrpc: '2.0', id: 1, result: {} }])
      expect(headers.get('mcp-session-id')).toBeNull()
    })

    test.each([
      ['no token', '', 'Bearer realm="pipewright"', 'Unauthorized'],
      [
        'an unknown one',
        'pit-x',
        'Bearer realm="pipewright", error="invalid_token"',
        'Invalid Private Integration token',
      ],
      ['nonsense', 'xyz', 'Bearer realm="pipewright", error="invalid_token"', 'Invalid JWT'],
    ])('nobody with %s', async (_, token, challenge, message) => {
      for (const text of [ping, 'no JSON at all']) {
        const { status, headers, body } = await send(text, { token })

        expect([status, body]).toEqual([401, failure(-32600, message)])
        expect(headers.get('www-authenticate')).toBe(challenge)
      }
    })

    test('no API key of v1', async () => {
      const { status, body } = await send(ping, { token: crm.first.apiKey })

      expect([status, body]).toEqual([401, failure(-32600, 'Invalid token: access token is invalid')])
    })

    test('an app, by the access token of a location and with the scopes it was granted, and no agency', async () => {
      const app = await givenApp(crm, { scopes: ['opportunities.readonly', 'oauth.write'] })
      const location = (await exchange(crm, app, await codeFor(crm, app))).body.access_token
      const agency = (await exchange(crm, app, await codeFor(crm, app, { location: 'all' }))).body.access_token

      const listed = await send({ jsonrpc: '2.0', id: 1, method: 'tools/list' }, { token: location })
      const called = await send(call(1, { name: 'ghl_list_pipelines' }), { token: location })
      const refused = await send(ping, { token: agency })

      const names = listed.body.result.tools.map(({ name }: { name: string }) => name)
      expect(names).toContain('ghl_list_pipelines')
      expect(names).not.toContain('ghl_create_opportunity')
      expect(called.body.result.structuredContent.pipelines).toHaveLength(1)
      expect([refused.status, refused.body]).toEqual([
        401,
        failure(-32600, "This token's user type is not yet supported!"),
      ])
    })

    test('no token that has been revoked or has ended', async () => {
      const ctx = crm.as(crm.locationId)
      const { secret } = await createToken(ctx, { name: 'Ends', expiresAt: Date.now() + 60_000 })
      expect((await send(ping, { token: secret })).status).toBe(200)

      crm.advance(61_000)

      expect((await send(ping, { token: secret })).status).toBe(401)
    })

    test('no page of another site, whoever its visitor is', async () => {
      const at = async (origin: string) => (await send(ping, { headers: { origin } })).status

      for (const origin of [
        'http://evil.example',
        'null',
        'http://127.0.0.1.evil.example',
        'http://localhost.evil.example',
      ]) {
        expect(await at(origin), origin).toBe(403)
      }
      for (const origin of ['http://localhost:5173', 'http://127.0.0.1', 'https://[::1]:8080']) {
        expect(await at(origin), origin).toBe(200)
      }
    })
  })

  test('answers any message by itself: a call without a greeting, whatever came before', async () => {
    const { status, body } = await send(call('a', { name: 'ghl_list_pipelines', arguments: {} }))

    expect(status).toBe(200)
    expect(body).toMatchObject({ id: 'a', result: { structuredContent: { pipelines: [{ id: crm.pipeline.id }] } } })
  })

  test.each(['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'])(
    'speaks revision %s of the protocol',
    async (revision) => {
      const params = { protocolVersion: revision, capabilities: {}, clientInfo: { name: 'a test', version: '1' } }

      const { body } = await send({ jsonrpc: '2.0', id: 1, method: 'initialize', params })

      expect(body.result).toMatchObject({
        protocolVersion: revision,
        capabilities: { tools: {} },
        serverInfo: { name: 'pipewright', title: 'Pipewright' },
      })
      expect((await send(ping, { headers: { 'mcp-protocol-version': revision } })).status).toBe(200)
    },
  )

  test('offers the newest revision it knows to a client from the future', async () => {
    const params = { protocolVersion: '2099-01-01', capabilities: {}, clientInfo: { name: 'a test', version: '1' } }

    const { body } = await send({ jsonrpc: '2.0', id: 1, method: 'initialize', params })

    expect(body.result.protocolVersion).toBe('2025-11-25')
    expect((await send(ping, { headers: { 'mcp-protocol-version': '2099-01-01' } })).status).toBe(400)
  })

  test('takes messages that want no answer', async () => {
    for (const message of [
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      { jsonrpc: '2.0', id: 1, result: {} },
    ]) {
      const { status, body } = await send(message)

      expect([status, body]).toEqual([202, undefined])
    }
  })

  test('has neither streams nor sessions to open or close', async () => {
    for (const method of ['GET', 'DELETE', 'PUT', 'PATCH', 'OPTIONS']) {
      const { status, headers, body } = await send(undefined, { method })

      expect([method, status, headers.get('allow')]).toEqual([method, 405, 'POST'])
      expect(body).toEqual(failure(-32600, 'There is no stream and no session here: POST each message.'))
    }
  })

  describe('refuses', () => {
    test.each([
      ['{', 400, -32700, 'Parse error: the body is no JSON'],
      ['', 400, -32700, 'Parse error: Invalid JSON'],
      ['5', 400, -32700, 'Parse error: Invalid JSON-RPC message'],
      ['{"hello":1}', 400, -32700, 'Parse error: Invalid JSON-RPC message'],
      ['[]', 400, -32600, 'A list holds 1 to 50 messages.'],
      [`[${'{},'.repeat(50)}{}]`, 400, -32600, 'A list holds 1 to 50 messages.'],
      [`${'['.repeat(100)}${']'.repeat(100)}`, 400, -32600, 'body must not be nested deeper than 64 levels'],
      [`"${'x'.repeat(1_100_000)}"`, 413, -32600, 'Payload Too Large'],
    ])('what is no message: %#', async (text, status, code, message) => {
      expect(await send(text)).toMatchObject({ status, body: failure(code, message) })
    })

    test.each([
      [{ ...ping, method: 'nope' }, -32601, 'Method not found'],
      [{ ...ping, method: 'resources/list' }, -32601, 'Method not found'],
      [{ ...ping, method: 'toString' }, -32601, 'Method not found'],
      [JSON.parse('{"jsonrpc":"2.0","id":1,"method":"__proto__"}'), -32601, 'Method not found'],
      [call(1, {}), -32602, 'Invalid request: params.name: Invalid input: expected string, received undefined'],
      [call(1, { name: 5 }), -32602, 'Invalid request: params.name: Invalid input: expected string, received number'],
      [
        call(1, { name: 'ghl_list_tags', arguments: [] }),
        -32602,
        'Invalid request: params.arguments: Invalid input: expected record, received array',
      ],
      [call(1, { name: 'nope' }), -32602, 'MCP error -32602: Unknown tool: nope. tools/list has all there are.'],
      [
        call(1, { name: 'constructor' }),
        -32602,
        'MCP error -32602: Unknown tool: constructor. tools/list has all there are.',
      ],
    ])('what it does not know: %#', async (message, code, words) => {
      expect(await send(message)).toMatchObject({
        status: 200,
        body: { jsonrpc: '2.0', id: 1, error: { code, message: words } },
      })
    })
  })

  test('answers a list of messages in order, and one that is cancelled in the same breath too', async () => {
    const cancelled = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } }
    const made = call(1, { name: 'ghl_create_tag', arguments: { name: 'listed' } })

    const { status, body } = await send([made, cancelled, { ...ping, id: 2 }])

    expect(status).toBe(200)
    expect(body.map(({ id }: { id: number }) => id)).toEqual([1, 2])
    expect(body[0].result.structuredContent.tag.name).toBe('listed')
    expect((await send([cancelled])).status).toBe(202)
  })

  test('does not mind by which name it was called', async () => {
    for (const host of ['[', 'no host', 'a/b?c#d', 'x'.repeat(300)]) {
      const { port } = new URL(crm.url)
      const headers = { host, authorization: `Bearer ${crm.token}`, 'content-type': 'application/json' }
      const reply = await new Promise<IncomingMessage>((resolve) => {
        request({ port, method: 'POST', path: '/mcp', headers }, resolve).end(JSON.stringify(ping))
      })
      reply.resume()

      expect([host, reply.statusCode]).toEqual([host, 200])
    }
  })

  test('is measured and logged as an operation of its own', async () => {
    await send(ping)

    const metrics = await (await fetch(`${crm.url}/metrics`)).text()
    expect(metrics).toMatch(/pipewright_request_duration_seconds_count\{operation="mcp",status="200"\} \d+/)
  })
})

test('pages of the public address may call /mcp', async () => {
  const crm = await startCrm({ publicUrl: 'https://crm.example.com/sales' })
  const at = (origin: string) =>
    fetch(`${crm.url}/mcp`, {
      method: 'POST',
      headers: { authorization: `Bearer ${crm.token}`, 'content-type': 'application/json', origin },
      body: JSON.stringify(ping),
    }).then(({ status }) => status)

  expect([await at('https://crm.example.com'), await at('https://example.com')]).toEqual([200, 403])
  await crm.stop()
})

test('what is our own fault is told by its trace alone', async () => {
  const crm = await startCrm({ logLevel: 'silent' })
  const post = async (message: object) => {
    const response = await fetch(`${crm.url}/mcp`, {
      method: 'POST',
      headers: { authorization: `Bearer ${crm.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(message),
    })
    return { trace: response.headers.get('x-trace-id'), body: (await response.json()) as { result: object } }
  }
  await post(ping)
  await crm.app.store.close()

  const { trace, body } = await post(call(1, { name: 'ghl_list_tags' }))

  const text = `Internal server error; in the server's log as ${trace}.`
  expect(body.result).toEqual({ isError: true, content: [{ type: 'text', text }] })
  await crm.app.server.close()
})
