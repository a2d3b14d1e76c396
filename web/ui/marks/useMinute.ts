import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

/** The time, told anew each minute: one clock for all that shows an age. */
export const useMinute = () => useSyncExternalStore(listen, () => now)

function listen(listener: () => void): () => void {
  if (listeners.size === 0) start()
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

function start(): void {
  now = Date.now()
  timer = setInterval(() => {
    now = Date.now()
    for (const listener of listeners) listener()
  }, 60_000)
}
