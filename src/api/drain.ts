import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** How long requests under way may take once the server is to stop, ms. */
const patience = 9000

/**
 * Lets a stop end: connections that never carried a request are closed at once, and whatever is left after a while with them.
 * Node itself waits for a connection that never sent anything, such as a health check's or a proxy's spare one.
 */
export function drainOnClose(server: FastifyInstance): void {
  const unused = new Set<Socket>()
  server.server.on('connection', (socket) => {
    unused.add(socket)
    socket.on('close', () => unused.delete(socket))
  })
  server.server.on('request', ({ socket }) => void unused.delete(socket))
  server.addHook('preClose', (done) => {
    for (const socket of unused) socket.destroy()
    setTimeout(() => server.server.closeAllConnections(), patience).unref()
    done()
  })
}
