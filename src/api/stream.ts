import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyReply } from 'fastify'
import type { House } from './house.ts'
import { rateLimitHeaders } from './rateLimit.ts'
import type { FastifyRequest } from './request.ts'

/** A reply that is sent piece by piece: what it is, and the name under which a browser keeps it. */
export interface Streamed {
  type: string
  file?: string
}

/**
 * Sends the pieces as the reader takes them. What fails on the way cuts the reply off, so that nobody takes a part for
 * the whole; whoever stops reading ends the work behind it.
 */
export async function sendStream(
  house: House,
  request: FastifyRequest,
  reply: FastifyReply,
  { type, file }: Streamed,
  pieces: AsyncIterable<string>,
): Promise<void> {
  house.replied?.(request, 200)
  reply.hijack()
  reply.raw.writeHead(200, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-trace-id': request.id,
    ...(request.left && rateLimitHeaders(house.limits, request.left)),
    ...(file && { 'content-disposition': `attachment; filename="${file}"` }),
  })
  try {
    await pipeline(Readable.from(pieces), reply.raw)
  } catch (error) {
    if (!hasGone(error)) house.failed?.(error, request.id)
  }
}

const hasGone = (error: unknown) => (error as { code?: string }).code === 'ERR_STREAM_PREMATURE_CLOSE'
