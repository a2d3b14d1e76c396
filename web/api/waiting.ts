import { onlineManager } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { isRefusal } from './errors.ts'

/** What a gateway says where it meets nobody behind it. */
const ofGateway = [502, 504]
/** The last is tried after a quarter of a minute: by then it is known whether the server is away (live.ts). */
const mostTries = 5

let waiting = 0
const watchers = new Set<() => void>()

/** How many requests have met nobody and will be sent again. */
export const useWaiting = () => useSyncExternalStore(watch, () => waiting)

/**
 * For a request that may be sent twice without harm: sent before anybody knew that the server is away, it waits like
 * what is changed later. One that meets nobody time and again, though the server is there, is given up.
 */
export async function untilMet(send: (isAgain: boolean) => Promise<Response>): Promise<Response> {
  for (let tries = 1; ; tries++) {
    try {
      const reply = await send(tries > 1)
      if (!ofGateway.includes(reply.status) || tries === mostTries) return reply
    } catch (error) {
      if (!isRefusal(error, 0) || tries === mostTries) throw error
    }
    count(1)
    await pass(1_000 * 2 ** (tries - 1))
    await untilOnline()
    count(-1)
  }
}

const pass = (time: number) => new Promise<void>((resolve) => setTimeout(resolve, time))

/** Until the server is thought to be there. */
export function untilOnline(): Promise<void> {
  if (onlineManager.isOnline()) return Promise.resolve()
  return new Promise((resolve) => {
    const stop = onlineManager.subscribe((isOnline) => {
      if (!isOnline) return
      stop()
      resolve()
    })
  })
}

function count(more: number): void {
  waiting += more
  for (const watcher of watchers) watcher()
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => {
    watchers.delete(watcher)
  }
}
