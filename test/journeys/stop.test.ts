import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Place } from '../support/postgres.ts'
import { lasting, type Running, serve } from '../support/program.ts'

describe.each(lasting)('a server that is asked to stop ($name)', ({ open: openPlace }) => {
  let place: Place
  let server: Running
  beforeEach(async () => {
    place = await openPlace()
    server = await serve(place.db)
  })
  afterEach(async () => {
    await server.kill()
    await place.discard()
  })

  test.each([
    ['never said anything', ''],
    ['began to say something', 'GET /healthz HT'],
    ['is in the middle of its body', 'POST /contacts/ HTTP/1.1\r\n$headers\r\nContent-Length: 100\r\n\r\n{'],
  ])('ends, whoever %s', async (_, said) => {
    const headers = `Host: x\r\nVersion: 2021-07-28\r\nAuthorization: Bearer ${server.token}`
    const socket = await open(server.url, said.replace('$headers', headers))

    expect(await server.stop()).toBe(0)
    socket.destroy()
  })
})

function open(url: string, said: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(said, () => resolve(socket)))
    socket.on('error', reject)
  })
}
