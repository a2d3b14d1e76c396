import type { Change } from '../../src/api/console/liveWire.ts'

/** A client of the stream of changes, as a browser's: it keeps the last id, and comes again with it. */
export async function listen(url: string, headers: Record<string, string>, lastEventId?: string) {
  const ending = new AbortController()
  const response = await fetch(`${url}/console/stream`, {
    headers: { ...headers, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) },
    signal: ending.signal,
  })
  const changes: Change[] = []
  const waiting = new Set<() => void>()
  const client = {
    status: response.status,
    headers: response.headers,
    changes,
    resets: 0,
    lastEventId: lastEventId ?? '',
    isOver: false,
    /** Waits until something holds of what was heard. */
    async until(holds: () => boolean, ms = 5000): Promise<void> {
      const end = performance.now() + ms
      while (!holds()) {
        const left = end - performance.now()
        if (left <= 0)
          throw new Error(
            `Waited ${ms} ms in vain, ${client.isOver ? 'cut off' : 'listening'}; heard ${JSON.stringify(changes)}`,
          )
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left)
          waiting.add(() => {
            clearTimeout(timer)
            resolve()
          })
        })
      }
    },
    /** Waits for so many changes, and answers them. */
    async hear(count: number, ms?: number): Promise<Change[]> {
      await client.until(() => changes.length >= count, ms)
      return changes
    },
    leave: () => ending.abort(),
  }

  function take(block: string) {
    const fields = block
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)])
    const field = (name: string) => fields.find(([key]) => key === name)?.[1]
    client.lastEventId = field('id') ?? client.lastEventId
    if (field('event') === 'change') changes.push(JSON.parse(field('data') ?? ''))
    if (field('event') === 'reset') client.resets++
  }

  async function read() {
    let text = ''
    const decoder = new TextDecoder()
    for await (const part of response.body ?? []) {
      text += decoder.decode(part, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      blocks.forEach(take)
      wake()
    }
  }
  function wake() {
    for (const go of waiting) go()
    waiting.clear()
  }
  void read()
    .catch(() => {})
    .finally(() => {
      client.isOver = true
      wake()
    })
  return client
}

export type Live = Awaited<ReturnType<typeof listen>>
