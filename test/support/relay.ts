import { connect, createServer, type Socket } from 'node:net'

/** Stands between a client and a server, and cuts them off when told to. */
export interface Relay {
  /** The address, with our port in place of the server's. */
  url: string
  /** Cuts every connection at once. */
  cut: () => void
  /**
   * Cuts the next connection whose client says `text`: before the server hears it, or after, so that the client never
   * hears what came of it. Resolves when it was done.
   */
  cutAt: (text: string, when: 'before' | 'after') => Promise<void>
  close: () => Promise<void>
}

export async function startRelay(server: string): Promise<Relay> {
  const { hostname, port } = new URL(server)
  const sockets = new Set<Socket>()
  let trap: { text: string; when: 'before' | 'after'; sprung: () => void } | undefined

  const listener = createServer((client) => {
    const far = connect(Number(port), hostname)
    const both = [client, far]
    for (const socket of both) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        for (const other of both) other.destroy()
      })
    }
    let isDeaf = false
    client.on('data', (said) => {
      const caught = trap && said.includes(trap.text) ? trap : undefined
      if (!caught) return void far.write(said)
      trap = undefined
      if (caught.when === 'before') client.destroy()
      else {
        isDeaf = true
        far.write(said)
        // The server has answered, so it has done what it was told.
        far.once('data', () => client.destroy())
      }
      caught.sprung()
    })
    far.on('data', (said) => {
      if (!isDeaf) client.write(said)
    })
  })
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done))

  const url = new URL(server)
  url.hostname = '127.0.0.1'
  url.port = String((listener.address() as { port: number }).port)
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: url.href,
    cut,
    cutAt: (text, when) =>
      new Promise((sprung) => {
        trap = { text, when, sprung }
      }),
    async close() {
      cut()
      await new Promise((done) => listener.close(done))
    },
  }
}
