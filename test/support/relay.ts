import { connect, createServer, type Socket } from 'node:net'

/** Stands between a client and a server, and cuts them off when told to. */
export interface Relay {
  /** The address, with our port in place of the server's. */
  url: string
  /** Cuts every connection at once. */
  cut: () => void
  /**
   * Cuts the next connection whose client says `text`: before the server hears it, or after, so that the client never
   * hears what came of it; `unnoticed` cuts off the client alone. Resolves when it was done.
   */
  cutAt: (text: string, when: When) => Promise<void>
  /** Cuts every connection, and those that come, until it is told otherwise. */
  refuse: (isRefusing: boolean) => void
  close: () => Promise<void>
}

type When = 'before' | 'after' | 'unnoticed'

export async function startRelay(server: string): Promise<Relay> {
  const { hostname, port } = new URL(server)
  const sockets = new Set<Socket>()
  let trap: { text: string; when: When; sprung: () => void } | undefined
  let isRefusing = false

  const listener = createServer((client) => {
    if (isRefusing) return void client.destroy()
    const far = connect(Number(port), hostname)
    const both = [client, far]
    for (const socket of both) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        if (socket === far || !isUnnoticed) for (const other of both) other.destroy()
      })
    }
    let isDeaf = false
    let isUnnoticed = false
    client.on('data', (said) => {
      const caught = trap && said.includes(trap.text) ? trap : undefined
      if (!caught) return void far.write(said)
      trap = undefined
      if (caught.when === 'before') {
        client.destroy()
        caught.sprung()
      } else {
        isDeaf = true
        isUnnoticed = caught.when === 'unnoticed'
        far.write(said)
        // The server has answered, so it has done what it was told.
        far.once('data', () => {
          client.destroy()
          caught.sprung()
        })
      }
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
    refuse(wanted) {
      isRefusing = wanted
      if (wanted) cut()
    },
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
