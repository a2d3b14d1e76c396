import { onlineManager } from '@tanstack/react-query'
import { lazy } from 'react'
import { untilOnline } from '../api/waiting.ts'
import { tell } from '../ui/feedback/toast.ts'
import { ui } from '../words/ui.ts'

/** Before it is tried again where the server is thought to be there: meanwhile it is noticed if it is not (live.ts). */
const waits = [1_000, 2_000, 4_000]

/**
 * A component that is fetched when it is first shown, as by React's `lazy`. One that cannot be fetched is not given up:
 * it is said that it is missing, what stands in its place stays, and it opens once the server is there again.
 */
export const later: typeof lazy = (load) => lazy(() => untilFetched(() => withStyles(load()), sayAway))

const sayAway = () => tell(ui.partAway, { detail: ui.partOpens })

/** Before it is wanted. What does not come now is asked for again when it is. */
export function fetchEarly(load: () => Promise<unknown>): void {
  if (onlineManager.isOnline()) load().catch(() => {})
}

let isAllHere = false

/** The browser has the files of every part: they are there without a server too. */
export function noteAllHere(): void {
  isAllHere = true
}

/**
 * What `load` answers, however long there is no server to answer; `say` is called when that is waited for. Rejects where
 * the server is there and it fails time and again: then another version of the app was installed. Browsers before
 * Chromium 156 and Firefox 154 never fetch again a script that failed once: so nothing is tried that must fail, and what
 * did before it was known that the server is away rejects there as well.
 */
export async function untilFetched<T>(load: () => Promise<T>, say?: () => void): Promise<T> {
  let failures = 0
  for (;;) {
    if (onlineManager.isOnline() || (isAllHere && failures === 0)) {
      try {
        return await load()
      } catch (error) {
        const wait = onlineManager.isOnline() ? waits[failures] : 0
        if (wait === undefined) throw error
        failures += 1
        await pass(wait)
      }
    } else {
      say?.()
      await untilOnline()
      failures = 0
    }
  }
}

const pass = (time: number) => new Promise<void>((resolve) => setTimeout(resolve, time))

/** Stylesheets that could not be fetched. Vite's loader asks for each but once, and would open a part without it. */
const missing = new Set<HTMLLinkElement>()

async function withStyles<T>(part: Promise<T>): Promise<T> {
  addEventListener('error', noteMissing, true)
  const loaded = await part
  await Promise.all([...missing].map(fetchAgain))
  if (missing.size > 0) throw new Error('A stylesheet could not be fetched')
  return loaded
}

function noteMissing({ target }: Event): void {
  if (!(target instanceof HTMLLinkElement) || target.rel !== 'stylesheet') return
  target.remove()
  missing.add(target)
}

function fetchAgain(link: HTMLLinkElement): Promise<void> {
  missing.delete(link)
  const again = link.cloneNode() as HTMLLinkElement
  document.head.append(again)
  return new Promise((resolve) => {
    again.onload = again.onerror = () => resolve()
  })
}
