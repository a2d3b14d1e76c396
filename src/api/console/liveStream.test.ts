import { once } from 'node:events'
import { createServer, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import type { Kept } from '../../domain/history/table.ts'
import { openStore } from '../../store/open.ts'
import { createStream } from './liveStream.ts'

const scopes = new Set(['locations/tags.readonly'])
const caller = { locationId: 'l', kind: 'token', id: 't', scopes } as const

const event = (seq: number): Kept => ({
  ...{ locationId: 'l', seq, types: ['TagCreate'], record: 'tag', recordId: `${seq}`, contactId: null },
  ...{ before: null, after: {}, callerKind: 'token', callerId: 't', at: 0 },
})

/** A reply that a client waits for and does not read. */
async function unread() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' })
  client.on('error', () => {})
  client.end()
  const [, reply] = (await once(server, 'request')) as [unknown, ServerResponse]
  client.on('response', (response) => response.pause())
  return { reply, close: () => server.close() && server.closeAllConnections() }
}

test('a client that does not read is cut off before much has gathered', async () => {
  const store = await openStore(':memory:')
  const { reply, close } = await unread()
  const stream = createStream(store, reply, caller)
  stream.begin(undefined, 0)
  let most = 0

  for (let seq = 0; !reply.destroyed && seq < 500_000; seq += 1000) {
    stream.tell(
      Array.from({ length: 1000 }, (_, at) => event(seq + at)),
      seq,
    )
    await new Promise(setImmediate)
    most = Math.max(most, reply.writableLength)
  }

  expect(reply.destroyed).toBe(true)
  expect(most).toBeLessThan(4 * 1024 * 1024)
  close()
  await store.close()
})
