import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

const statuses: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }

/**
 * Answers what is no HTTP, or too much of it: an address of a hundred thousand characters, a request that never ends.
 * There is neither request nor reply then, so the envelope is written by hand.
 */
export function answerGarbage(headers: () => Record<string, number>) {
  return (error: Error & { code?: string }, socket: Socket) => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return
    if (socket.writable && socket.bytesWritten === 0) socket.write(reply(statuses[error.code ?? ''] ?? 400, headers()))
    socket.destroy(error)
  }
}

function reply(statusCode: number, headers: Record<string, number>): string {
  const traceId = randomUUID()
  const reason = STATUS_CODES[statusCode] as string
  const body = JSON.stringify({ statusCode, message: reason, error: reason, traceId })
  const all = {
    ...headers,
    'x-trace-id': traceId,
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    connection: 'close',
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${statusCode} ${reason}\r\n${lines.join('')}\r\n${body}`
}
