import type { OutgoingHttpHeader } from 'node:http'
import { gzip } from 'node:zlib'
import type { FastifyReply } from 'fastify'
import { accepts } from './accepts.ts'
import type { Door } from './door.ts'
import type { House } from './house.ts'
import { rateLimitHeaders } from './rateLimit.ts'
import type { FastifyRequest } from './request.ts'

/** Characters from which on a reply is worth packing: a page of cards, not one deal. */
const large = 16_384

/**
 * Answers past Fastify, which would look at each header and at the body once more before it hands them to Node; we have
 * no hooks that wait for a reply. What Node was told before, such as that the connection is to close, stays.
 *
 * People get large replies packed where their browser takes that: they sit far away more often than programs do, which
 * would pay for it with time of the processor.
 */
export function write(
  { limits }: House,
  door: Door,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  json: string,
): void {
  reply.hijack()
  const headers: OutgoingHttpHeader[] = []
  const left = request.left ? rateLimitHeaders(limits, request.left) : {}
  for (const name in left) headers.push(name, left[name] as number)
  if (request.session !== undefined) headers.push('cache-control', 'no-store', 'vary', 'accept-encoding')
  for (const name in door.headers) headers.push(name, door.headers[name] as string)
  headers.push('content-type', 'application/json; charset=utf-8', 'x-trace-id', request.id)

  function end(body: string | Buffer) {
    headers.push('content-length', Buffer.byteLength(body))
    reply.raw.writeHead(status, headers)
    reply.raw.end(body)
  }
  const isPacked = request.session !== undefined && json.length >= large && accepts(request, 'gzip')
  if (isPacked) {
    gzip(json, (error, bytes) => {
      if (!error) headers.push('content-encoding', 'gzip')
      end(error ? json : bytes)
    })
  } else end(json)
}
