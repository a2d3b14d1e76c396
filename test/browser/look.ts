import type { Page } from 'playwright-core'

/*
 * What a page can be looked at for as it stands. The functions that run in the page hold all that they need.
 */

interface Shift {
  value: number
  startTime: number
  hadRecentInput: boolean
  sources: { node: Node | null }[]
}

interface Watched {
  shifts: Shift[]
}

/** Keeps the layout shifts of every document of a page, from its first moment on. */
export const watchShifts = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const watched = window as unknown as Watched
    watched.shifts = []
    const keep = (list: PerformanceObserverEntryList) => {
      const shifts = list.getEntries() as unknown as Shift[]
      watched.shifts.push(...shifts.filter(({ hadRecentInput }) => !hadRecentInput))
    }
    new PerformanceObserver(keep).observe({ type: 'layout-shift', buffered: true })
  })

/** What moved under the reader's eyes, if the worst burst of shifts is above 0.1, as browsers count that. */
export const shiftsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { shifts } = window as unknown as Watched
    let worst = 0
    let burst = { first: 0, last: Number.NEGATIVE_INFINITY, value: 0 }
    for (const { startTime: last, value } of shifts) {
      const goesOn = last - burst.last < 1000 && last - burst.first < 5000
      burst = goesOn ? { ...burst, last, value: burst.value + value } : { first: last, last, value }
      worst = Math.max(worst, burst.value)
    }
    if (worst <= 0.1) return []
    const nameOf = (node: Node | null) => (node instanceof Element ? node.outerHTML.slice(0, 120) : node?.nodeName)
    const moved = shifts.map(({ value, sources }) => `${value}: ${sources.map(({ node }) => nameOf(node)).join(', ')}`)
    return [`shifted by ${worst}`, ...moved]
  })

/** Tells whether a page is still waiting for an answer; the stream of changes never ends and does not count. */
export function watchRequests(page: Page): () => boolean {
  const asked = new Set<object>()
  page.on('request', (request) => !request.url().endsWith('/console/stream') && asked.add(request))
  for (const end of ['requestfinished', 'requestfailed'] as const) {
    page.on(end as 'requestfinished', (request) => asked.delete(request))
  }
  return () => asked.size > 0
}

/** Waits until a page shows all of these texts and nothing of it is still on its way; says which it does not show. */
export async function settled(page: Page, texts: string[], isAsking: () => boolean): Promise<void> {
  do {
    await page
      .waitForFunction(
        (texts) => {
          const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')]
          const shown = [document.body.innerText, ...fields.map(({ value }) => value)].join('\n')
          const isBusy = document.querySelector('[aria-busy="true"], .skeleton') !== null
          return !isBusy && document.title !== '' && texts.every((text) => shown.includes(text))
        },
        texts,
        { timeout: 30_000 },
      )
      .catch(async (error) => {
        const shown = await page.evaluate(() => document.body.innerText)
        throw new Error(`Not shown: ${texts.filter((text) => !shown.includes(text)).join(' | ')}`, { cause: error })
      })
    await drawn(page)
  } while (isAsking())
}

/** Until what was changed has been drawn and nothing moves or changes its colour any more. */
export const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    await document.fonts.ready
    do await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    while (document.getAnimations().some(({ playState }) => playState === 'running'))
  })

/** Elements that can only have come of a name. */
export const elementsOfNames = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('img, b')].map(({ outerHTML }) => `markup became an element: ${outerHTML}`),
  )

/** What a finger cannot come to: beyond the edge, cut off, under something else, or (on touch) too small to be hit. */
export const outOfReach = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const said: string[] = []
    const isTouch = matchMedia('(pointer: coarse)').matches
    const tell = (what: string, { outerHTML }: Element) => said.push(`${what}: ${outerHTML.slice(0, 300)}`)

    const { scrollWidth } = document.documentElement
    if (scrollWidth > innerWidth) tell(`the page is ${scrollWidth} wide`, document.body)
    for (const element of document.querySelectorAll('body *')) {
      const { overflowX, textOverflow } = getComputedStyle(element)
      const isCut = ['hidden', 'clip'].includes(overflowX) && textOverflow !== 'ellipsis'
      if (isCut && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1) {
        tell(`cut off, ${element.scrollWidth} in ${element.clientWidth}`, element)
      }
    }

    const clickable = 'a[href], button, input, textarea, select, [role=tab], [role=option], [role=menuitem], [role=row]'
    const isUnseen = (element: Element | null): boolean =>
      element !== null && (getComputedStyle(element).clipPath !== 'none' || isUnseen(element.parentElement))
    for (const control of document.querySelectorAll(clickable)) {
      const target = (control.matches('input') && control.closest('label')) || control
      if (control.closest('[inert], [aria-hidden=true], .skip') || isUnseen(target)) continue
      if (!target.checkVisibility({ visibilityProperty: true })) continue
      target.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
      const { left, right, top, bottom, width, height } = target.getBoundingClientRect()
      if (left < -1 || right > innerWidth + 1) tell(`beyond the edge, ${left} to ${right}`, target)
      const hit = document.elementFromPoint((left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2)
      const isHit = hit && (target.contains(hit) || hit.contains(target))
      // A panel lies over its page, and goes when it is closed.
      const isBehind = hit?.closest('.panel') && !target.closest('.panel')
      if (!isHit && !isBehind) tell(`under ${hit?.outerHTML.slice(0, 80)}`, target)
      if (!isTouch || getComputedStyle(target).display === 'inline') continue
      // A name may be hit beside its letters, where its whole row leads to it.
      const hits = (x: number, y: number) => target.contains(document.elementFromPoint(x, y))
      const [x, y] = [(left + right) / 2, (top + bottom) / 2]
      if (width < 24 && !(hits(x - 11, y) && hits(x + 11, y))) tell(`only ${width} wide`, target)
      if (height < 24 && !(hits(x, y - 11) && hits(x, y + 11))) tell(`only ${height} high`, target)
    }
    return said
  })
