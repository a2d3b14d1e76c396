import type { FastifyInstance } from 'fastify'

/** How long requests under way may take once the server is to stop, ms. */
const patience = 8000

/**
 * Lets a stop end: connections that carry no request are closed at once, and whatever is left after a while with them.
 * Node itself waits for a connection that never sent anything, such as a health check's or a proxy's spare one.
 */
export function drainOnClose(server: FastifyInstance): void {
  const requests = new Map<object, number>()
  const change = (socket: object, by: number) => requests.set(socket, (requests.get(socket) ?? 0) + by)

  server.server.on('connection', (socket) => {
    requests.set(socket, 0)
    socket.on('close', () => requests.delete(socket))
  })
  server.server.on('request', ({ socket }, response) => {
    change(socket, 1)
    response.on('close', () => requests.has(socket) && change(socket, -1))
  })
  server.addHook('preClose', (done) => {
    for (const [socket, underWay] of requests) if (underWay === 0) (socket as { destroy(): void }).destroy()
    setTimeout(() => server.server.closeAllConnections(), patience).unref()
    done()
  })
}
