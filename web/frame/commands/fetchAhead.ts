type WithSaving = Navigator & { connection?: { saveData?: boolean } }
/** Of later.ts, handed in: what this file imported would be split off from what every page loads at first. */
interface Later {
  untilFetched: <T>(load: () => Promise<T>) => Promise<T>
  noteAllHere: () => void
}

/**
 * Brings the files of every part of the app into the browser's cache, one after the other while nothing else is to be
 * done, so that each opens at once, and without a network too. Nothing of them runs. Whoever saves data is spared it.
 */
export async function fetchAhead({ untilFetched, noteAllHere }: Later): Promise<void> {
  if ((navigator as WithSaving).connection?.saveData) return
  const names: string[] = JSON.parse(await untilFetched(() => textOf('/app/parts.json')))
  for (const name of names) {
    await beIdle()
    await untilFetched(() => textOf(`/app/${name}`))
  }
  noteAllHere()
}

/** To its end, for only then is it kept. */
async function textOf(path: string): Promise<string> {
  const reply = await fetch(path, { priority: 'low' })
  if (!reply.ok) throw new Error(`${path}: ${reply.status}`)
  return reply.text()
}

/** Not every browser tells. */
const beIdle = () =>
  new Promise<void>((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve())
    else setTimeout(resolve, 50)
  })
