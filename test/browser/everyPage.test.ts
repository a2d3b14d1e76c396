import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openings } from '../support/everyDialog.ts'
import { type Ids, type Place, pathOf, places } from '../support/everyPage.ts'
import { narrow, onApp, takesKeys, wide } from '../support/pages.ts'
import { password } from '../support/people.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { makeStrange, readable } from '../support/strange.ts'
import { drawn, elementsOfNames, outOfReach, settled, shiftsOf, watchRequests, watchShifts } from './look.ts'

const well = { faults: [], light: [], dark: [] }
const pages = places.map((place) => ({ ...place, openings: openings.filter(({ at }) => at === place.name) }))

onApp('every page', (app) => {
  let receiver: Receiver
  let ids: Ids & { invitation: string }
  beforeAll(async () => {
    receiver = await startReceiver()
    ids = await makeStrange(app.crm, receiver)
  })
  afterAll(() => receiver.close())

  describe.each([
    { size: wide, hasTouch: false },
    { size: narrow, hasTouch: true },
  ])('at $size.width px', ({ size, hasTouch }) => {
    const options = { viewport: size, hasTouch, reducedMotion: 'reduce' } as const
    let visit: Visit
    beforeAll(async () => {
      visit = await visitOn(await app.page({ ...options, as: { email: 'strange@example.com', password } }))
    })

    test.each(pages)('$name shows names as text, keeps still, is in reach and can be read', async (place) => {
      await open(place)
      expect(await look()).toEqual(well)
    })

    test.each(pages.filter(({ openings }) => openings.length > 0))('so does what opens from $name', async (place) => {
      await open(place)
      for (const { press, shows = [] } of place.openings) {
        await opened(visit.page, press)
        await settled(visit.page, shows.map(readable), visit.isAsking)
        expect([press, await look()]).toEqual([press, well])
        await closeAll(visit.page)
      }
    })

    test('so does the question to sign in again', async () => {
      const { page } = visit
      await open({ name: 'ended', path: '/settings/lost-reasons', shows: ['reason'] })
      const held = await page.context().cookies()
      await page.context().clearCookies()
      await page.getByLabel('New reason').fill('Signed out')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor()
      expect(await look()).toEqual(well)
      await page.context().addCookies(held)
    })

    test('so do the pages before the app', async () => {
      const stranger = await visitOn(await app.page({ ...options, as: null }))
      for (const [path, says] of [
        ['/app', 'Forgotten your password?'],
        [ids.invitation, readable('first name')],
        ['/app/join#nonesuch', 'This invitation does not work any more'],
      ] as const) {
        await stranger.page.goto(path)
        await stranger.page.reload()
        await settled(stranger.page, [says], stranger.isAsking)
        expect([path, await look(stranger)]).toEqual([path, well])
      }
    })

    async function open(place: Place) {
      const path = pathOf(place, ids)
      if (!path) throw new Error(`There is nothing to show at ${place.path}`)
      await visit.page.goto(`/app${path}`)
      const shows = [...(place.shows ?? []), ...(size === wide ? (place.wide ?? []) : [])]
      const texts = [...shows.map(readable), ...(place.says ?? [])]
      await settled(visit.page, texts, visit.isAsking)
    }

    /** Everything that is wrong with what stands there; in the dark too where it is wide, for no colour goes by the width. */
    async function look({ page, alerts } = visit) {
      const moved = await shiftsOf(page)
      const light = await app.axe(page)
      const dark = size === wide ? await lookInTheDark(page) : []
      const faults = [...moved, ...(await elementsOfNames(page)), ...alerts.splice(0), ...(await outOfReach(page))]
      return { faults, light, dark }
    }

    async function lookInTheDark(page: Page) {
      await page.emulateMedia({ colorScheme: 'dark' })
      await drawn(page)
      const found = await app.axe(page)
      await page.emulateMedia({ colorScheme: 'light' })
      return found
    }
  })
})

interface Visit {
  page: Page
  isAsking: () => boolean
  /** What scripts in names said. */
  alerts: string[]
}

async function visitOn(page: Page): Promise<Visit> {
  const alerts: string[] = []
  page.on('dialog', (dialog) => {
    alerts.push(`alert: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.setDefaultTimeout(30_000)
  await page.emulateMedia({ colorScheme: 'light' })
  await watchShifts(page)
  return { page, alerts, isAsking: watchRequests(page) }
}

async function opened(page: Page, [button, ...choices]: readonly [string, ...string[]]) {
  const ofPage = page.locator(':not(.rail *)')
  const named = page.getByRole('button', { name: new RegExp(`^${button}`) })
  await named.and(ofPage).first().click()
  for (const name of choices) await page.getByRole('menuitem', { name, exact: true }).click()
  // The menu that something was chosen from may still be on its way out, and the dialog on its way here.
  if (choices.length > 0) await takesKeys(page.locator('.dialog').last())
  else await page.locator(over).last().waitFor()
}

/** A dialog over another goes first: each needs Escape once, wherever the focus is. */
async function closeAll(page: Page) {
  for (let left = await page.locator(over).count(); left > 0; left--) {
    await page.keyboard.press('Escape')
    const isLess = ([name, left]: [string, number]) => document.querySelectorAll(name).length < left
    await page.waitForFunction(isLess, [over, left] as [string, number])
  }
  await page.waitForFunction(() => !document.querySelector('[inert]') || document.querySelector('[role=dialog]'))
  await drawn(page)
}

const over = '.dialog, .popover'
