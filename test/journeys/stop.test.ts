import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Running, serve } from '../support/program.ts'

describe('a server that is asked to stop', () => {
  let folder: string
  let server: Running
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pipewright-'))
    server = await serve(join(folder, 'test.db'))
  })
  afterEach(async () => {
    await server.kill()
    rmSync(folder, { recursive: true })
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
