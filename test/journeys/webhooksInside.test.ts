import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createOutbound } from '../../src/automation/outbound/outbound.ts'
import { newResolve } from '../../src/automation/outbound/resolve.ts'
import { onEveryStore } from '../harness.ts'
import { startNames } from '../support/names.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { startSecure } from '../support/secure.ts'

const machine = 'this machine'
const network = 'a private network'
const reserved = 'a reserved network'

/** Ways to write where nobody outside should get, what the network sees, and what it is. */
const inside: [url: string, address: string, kind: string][] = [
  ['http://127.0.0.1/', '127.0.0.1', machine],
  ['http://127.8.9.10/', '127.8.9.10', machine],
  ['https://127.0.0.1/', '127.0.0.1', machine],
  ['http://2130706433/', '127.0.0.1', machine],
  ['http://0x7f000001/', '127.0.0.1', machine],
  ['http://0x7f.1/', '127.0.0.1', machine],
  ['http://0177.0.0.01/', '127.0.0.1', machine],
  ['http://017700000001/', '127.0.0.1', machine],
  ['http://127.1/', '127.0.0.1', machine],
  ['http://127.0.0.1./', '127.0.0.1', machine],
  ['http://１２７.０.０.１/', '127.0.0.1', machine],
  ['http://0/', '0.0.0.0', machine],
  ['http://0.1.2.3/', '0.1.2.3', machine],
  ['http://10.0.0.1/', '10.0.0.1', network],
  ['http://10.255.255.255:8080/', '10.255.255.255', network],
  ['http://167772161/', '10.0.0.1', network],
  ['http://172.16.0.1/', '172.16.0.1', network],
  ['http://172.31.255.254/', '172.31.255.254', network],
  ['http://192.168.1.1/', '192.168.1.1', network],
  ['http://0300.0250.1.1/', '192.168.1.1', network],
  ['http://0xc0a80101/', '192.168.1.1', network],
  ['http://169.254.169.254/latest/meta-data/', '169.254.169.254', 'the link itself'],
  ['http://0xa9fea9fe/', '169.254.169.254', 'the link itself'],
  ['http://100.64.0.1/', '100.64.0.1', "a provider's own network"],
  ['http://100.127.255.254/', '100.127.255.254', "a provider's own network"],
  ['http://192.0.0.1/', '192.0.0.1', reserved],
  ['http://192.0.2.1/', '192.0.2.1', reserved],
  ['http://192.88.99.1/', '192.88.99.1', reserved],
  ['http://198.18.0.1/', '198.18.0.1', reserved],
  ['http://198.51.100.7/', '198.51.100.7', reserved],
  ['http://203.0.113.9/', '203.0.113.9', reserved],
  ['http://224.0.0.1/', '224.0.0.1', 'many at once'],
  ['http://239.255.255.250:1900/', '239.255.255.250', 'many at once'],
  ['http://240.0.0.1/', '240.0.0.1', reserved],
  ['http://255.255.255.255/', '255.255.255.255', 'many at once'],
  ['http://[::1]/', '::1', machine],
  ['http://[0:0:0:0:0:0:0:1]/', '::1', machine],
  ['http://[::]/', '::', machine],
  ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1', machine],
  ['http://[::ffff:a00:1]/', '::ffff:a00:1', network],
  ['http://[::ffff:169.254.169.254]/', '::ffff:a9fe:a9fe', 'the link itself'],
  ['http://[::127.0.0.1]/', '::7f00:1', reserved],
  ['http://[fe80::1]/', 'fe80::1', 'the link itself'],
  ['http://[fec0::1]/', 'fec0::1', reserved],
  ['http://[fc00::1]/', 'fc00::1', network],
  ['http://[fd12:3456::1]/', 'fd12:3456::1', network],
  ['http://[ff02::1]/', 'ff02::1', 'many at once'],
  ['http://[64:ff9b::7f00:1]/', '64:ff9b::7f00:1', reserved],
  ['http://[64:ff9b:1::a00:1]/', '64:ff9b:1::a00:1', reserved],
  ['http://[2002:7f00:1::]/', '2002:7f00:1::', reserved],
  ['http://[2001:0:4136:e378::1]/', '2001:0:4136:e378::1', reserved],
  ['http://[2001:db8::1]/', '2001:db8::1', reserved],
  ['http://[100::1]/', '100::1', reserved],
  ['http://[3fff::1]/', '3fff::1', reserved],
]

/** An address of this machine that the whole world could see. */
const own = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address

onEveryStore(
  'webhooks that lead into the server’s own network',
  (crm) => {
    let receiver: Receiver
    beforeAll(async () => {
      receiver = await startReceiver()
    })
    afterAll(() => receiver.close())

    /** What the log says of the first try, webhook by webhook. */
    async function errorsOf(urls: string[]): Promise<string[]> {
      const ids: string[] = []
      for (const url of urls) {
        const reply = await crm.v2.post('/console/webhooks', { url, types: ['OpportunityCreate'] })
        ids.push(reply.body.webhook.id)
      }
      await crm.given.opportunity()
      await crm.settle()
      return Promise.all(ids.map(firstError))
    }
    async function firstError(id: string): Promise<string> {
      const path = `/console/webhooks/${id}`
      const [delivery] = (await crm.v2.get(`${path}/deliveries`)).body.deliveries
      const [{ status, error }] = (await crm.v2.get(`${path}/deliveries/${delivery.id}`)).body.delivery.attemptLog
      await crm.v2.delete(path)
      return status === null ? error : `It answered ${status}`
    }

    test('are refused however the address is written, and the log says why', { timeout: 30_000 }, async () => {
      const errors = await errorsOf(inside.map(([url]) => url))

      expect(inside.length).toBeGreaterThan(30)
      expect(errors).toEqual(
        inside.map(
          ([, address, kind]) => `Refused: the address ${address} leads into ${kind}; see --allow-private-webhooks`,
        ),
      )
    })

    test('are refused under a name that stands for an address inside', async () => {
      const [error] = await errorsOf(['http://localhost:1/'])

      expect(error).toMatch(
        /^Refused: the address (127\.0\.0\.1|::1), which localhost stands for, leads into this machine;/,
      )
    })

    test('are refused at an address of the machine’s own, though it were a public one', async () => {
      const errors = await errorsOf(own ? [`http://${own}/`] : [])

      expect(errors.filter((error) => !error.startsWith('Refused: '))).toEqual([])
    })

    test('reach nobody who listens there', async () => {
      const [error] = await errorsOf([receiver.url])

      expect(error).toMatch(/^Refused: /)
      expect(receiver.received).toEqual([])
    })
  },
  { allowPrivateWebhooks: [] },
)

describe('the way out', () => {
  let receiver: Receiver
  let names: Awaited<ReturnType<typeof startNames>>
  let turn = 0
  const known: Record<string, () => string> = {
    'good.example': () => '127.0.0.1',
    'inside.example': () => '10.1.2.3',
    'sixth.example': () => 'fd00::7',
    'turning.example': () => (turn++ === 0 ? '127.0.0.1' : '169.254.169.254'),
  }
  beforeAll(async () => {
    receiver = await startReceiver()
    names = await startNames(known)
  })
  afterAll(async () => {
    await receiver.close()
    await names.close()
  })

  /** As a webhook is sent, where only the receiver's own address is allowed. */
  async function post(url: string, ownHeaders = {}) {
    const outbound = createOutbound({ allow: ['127.0.0.1/32'], resolve: newResolve([names.server]) })
    const { signal } = new AbortController()
    const answer = await outbound.post({ url, headers: { 'x-ours': 'us' }, ownHeaders, body: '{"a":1}', signal })
    await outbound.close()
    return answer
  }
  const port = () => new URL(receiver.url).port
  /** Leads from `/1` to the address, where that is not the receiver itself. */
  const redirect = (status: number, location: string) =>
    receiver.answer(({ path }, response) => {
      if (path === '/1') response.writeHead(status, { location }).end()
      else response.writeHead(200).end('arrived')
    })

  test('is open to what is allowed, by address and by name', async () => {
    expect(await post(receiver.url)).toMatchObject({ status: 200, error: null, response: '{"ok":true}' })
    expect(await post(`http://good.example:${port()}/`)).toMatchObject({ status: 200, error: null })
  })

  test.each([
    ['inside.example', '10.1.2.3', network],
    ['sixth.example', 'fd00::7', network],
  ])('is shut for %s, which stands for %s', async (name, address, kind) => {
    expect(await post(`http://${name}/`)).toMatchObject({
      status: null,
      error: `Refused: the address ${address}, which ${name} stands for, leads into ${kind}; see --allow-private-webhooks`,
    })
  })

  test('is looked at again for each connection: a name may stand for something else by then', async () => {
    const url = `http://turning.example:${port()}/`

    expect(await post(url)).toMatchObject({ status: 200 })
    expect((await post(url)).error).toMatch(/^Refused: the address 169\.254\.169\.254, which turning\.example/)
  })

  test.each([
    'http://10.0.0.1/',
    'http://127.0.0.2/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://0xa9fea9fe/latest',
    'http://inside.example/',
  ])('is shut where a redirect leads to %s', async (place) => {
    redirect(307, place)

    expect(await post(`${receiver.url}/1`)).toMatchObject({ status: null, error: expect.stringMatching(/^Refused: /) })
  })

  test.each([301, 302, 307, 308])('follows a redirect with %i, the body unchanged', async (status) => {
    redirect(status, '/2')

    expect(await post(`${receiver.url}/1`)).toMatchObject({ status: 200, response: 'arrived' })
    expect(receiver.received.slice(-2).map(({ raw }) => raw.toString())).toEqual(['{"a":1}', '{"a":1}'])
  })

  test('does not lead from https to http', async () => {
    const { url, close } = await startSecure((_request, response) => {
      response.writeHead(307, { location: receiver.url }).end()
    })
    const before = receiver.received.length
    const untrusted = await post(url)
    // For one request anybody's certificate counts.
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    const answer = await post(url).finally(() => {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
      return close()
    })

    expect(untrusted.error).toBe('Its certificate is signed by itself')
    expect(answer).toMatchObject({
      status: 307,
      error: `It redirects to ${receiver.url}, which is not encrypted`,
      response: null,
    })
    expect(receiver.received).toHaveLength(before)
  })

  test('tells headers of one’s own to nobody that a redirect leads to', async () => {
    redirect(307, `http://good.example:${port()}/2`)

    await post(`${receiver.url}/1`, { authorization: 'Bearer theirs' })

    const [first, second] = receiver.received.slice(-2).map(({ headers }) => headers)
    expect([first?.authorization, first?.['x-ours']]).toEqual(['Bearer theirs', 'us'])
    expect([second?.authorization, second?.['x-ours']]).toEqual([undefined, 'us'])
  })

  test('ends after three redirects, and at what is no place to post to', async () => {
    redirect(307, '/1')
    expect(await post(`${receiver.url}/1`)).toMatchObject({ status: 307, error: 'It redirects more than 3 times' })
    redirect(303, '/2')
    expect(await post(`${receiver.url}/1`)).toMatchObject({ status: 303, error: 'It answered 303' })
    redirect(307, 'file:///etc/passwd')
    expect(await post(`${receiver.url}/1`)).toMatchObject({ status: 307, error: 'It redirects to file:' })
  })

  test('reads and keeps no more of an answer than is good for it', async () => {
    receiver.answer((_one, response) => {
      response.writeHead(500)
      const more = () => response.write('x'.repeat(16_384), () => !response.destroyed && setImmediate(more))
      more()
    })

    const { status, response, ms } = await post(receiver.url)

    expect([status, response?.length]).toEqual([500, 1024])
    expect(ms).toBeLessThan(5000)
  })

  test('says that a name does not exist', async () => {
    expect((await post('http://nobody.example/')).error).toMatch(
      /^(There is no host of this name|No name server answered)$/,
    )
  })
})
