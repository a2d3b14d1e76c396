import { useEffect, useRef, useSyncExternalStore } from 'react'
import { setReachable } from '../queries.ts'
import { signInAgain } from '../session.tsx'
import { askAnew } from './askAnew.ts'
import { type Change, follow } from './stream.ts'

export type { Change }

/**
 * `live`: every change is heard. `deaf`: the server answers, but its stream does not come through, so that what is
 * shown is asked anew now and then. `offline`: nothing answers, and changes wait to be sent.
 */
export type Connection = 'connecting' | 'live' | 'deaf' | 'offline'

type Heard = (changes: Change[]) => void
interface Listener {
  about: string
  heard: Heard
  reset: () => void
}

const listeners = new Set<Listener>()
const watchers = new Set<() => void>()
let connection: Connection = 'connecting'

/** For the quiet bar. */
export const useConnection = () => useSyncExternalStore(watch, () => connection)

/**
 * Calls with what has changed about one kind of record (`opportunity`, `contact`, …; `*` for all): the first at once,
 * what follows within a tenth of a second together. After a `reset` every query is asked anew; `reset` here is for what
 * a page keeps beside its queries.
 */
export function useLive(about: string, heard: Heard, reset: () => void = nothing): void {
  const latest = useRef({ heard, reset })
  latest.current = { heard, reset }
  useEffect(() => {
    const listener: Listener = {
      about,
      heard: (changes) => latest.current.heard(changes),
      reset: () => latest.current.reset(),
    }
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }, [about])
}

/** The usual case: what was asked under these keys is asked anew when such a record changes. */
export function useRefetch(about: string, ...keys: unknown[][]): void {
  useLive(about, () => {
    for (const queryKey of keys) void askAnew({ queryKey })
  })
}

/** Called by the frame while somebody is signed in; answers how to end it. */
export function startLive(): () => void {
  const stream = follow({ change: gather, reset, open: () => connect('live'), broken, refused: signInAgain })
  const away = () => {
    stream.pause()
    connect('offline')
  }
  const stopWatching = pauseWhileHidden(stream)
  addEventListener('online', stream.resume)
  addEventListener('offline', away)
  return () => {
    stream.pause()
    stopWatching()
    removeEventListener('online', stream.resume)
    removeEventListener('offline', away)
  }
}

/** A browser grants few connections to one server: a tab that nobody has looked at for a minute gives up its own. */
function pauseWhileHidden(stream: { pause: () => void; resume: () => void }): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isPaused = false
  const look = () => {
    clearTimeout(timer)
    if (!document.hidden && isPaused) stream.resume()
    isPaused = false
    if (document.hidden) timer = setTimeout(pause, 60_000)
  }
  const pause = () => {
    isPaused = true
    stream.pause()
  }
  document.addEventListener('visibilitychange', look)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', look)
  }
}

/** One break is a hiccup. After that it is asked whether the server answers at all. */
async function broken(failures: number): Promise<void> {
  if (!navigator.onLine) return connect('offline')
  if (failures === 1) return
  const answers = await fetch('/healthz', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
  connect(answers ? 'deaf' : 'offline')
  if (answers) reset()
}

function connect(next: Connection): void {
  if (next === connection) return
  connection = next
  setReachable(next !== 'offline')
  for (const watcher of watchers) watcher()
}

function reset(): void {
  for (const listener of listeners) listener.reset()
  void askAnew({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
}

let gathered: Change[] = []
let timer: ReturnType<typeof setTimeout> | undefined

function gather(change: Change): void {
  gathered.push(change)
  if (timer === undefined) deliver()
}

function deliver(): void {
  timer = undefined
  if (gathered.length === 0) return
  const changes = gathered
  gathered = []
  timer = setTimeout(deliver, 100)
  for (const { about, heard } of listeners) {
    const told = about === '*' ? changes : changes.filter(({ record }) => record === about)
    if (told.length) heard(told)
  }
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => {
    watchers.delete(watcher)
  }
}

const nothing = () => {}
