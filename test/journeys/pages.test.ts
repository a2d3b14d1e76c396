import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { base, type Crm, startCrm } from '../harness.ts'
import { createDatabase, type Place } from '../support/postgres.ts'

const stores: [name: string, open: () => Promise<Place>][] = [
  [
    'SQLite in a file',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'pipewright-'))
      return { db: join(folder, 'test.db'), discard: async () => rmSync(folder, { recursive: true }) }
    },
  ],
  ['PostgreSQL', createDatabase],
]

describe.each(stores)('a second page by its cursor alone (%s)', (_, open) => {
  let place: Place
  let crm: Crm
  let other: App
  let url: string

  beforeAll(async () => {
    place = await open()
    crm = await startCrm({ db: place.db })
    for (let at = 0; at < 6; at++) await crm.given.opportunity({ status: at % 2 === 0 ? 'won' : 'open' })
    other = await createApp({ ...base, db: place.db })
    url = await other.listen()
  })
  afterAll(async () => {
    await other?.close()
    await crm?.stop()
    await place?.discard()
  })

  const elsewhere = async (path: string, headers: Record<string, string>) =>
    (await fetch(url + path, { headers })).json() as Promise<{ meta: { total: number }; opportunities: object[] }>

  test('has the filters of the first one in another process too', async () => {
    const { meta } = (await crm.v2.get(`/opportunities/search?location_id=${crm.locationId}&status=won&limit=2`)).body
    const next = `/opportunities/search?startAfter=${meta.startAfter}&startAfterId=${meta.startAfterId}`
    const headers = { authorization: `Bearer ${crm.token}`, version: '2021-07-28' }

    await expect.poll(() => elsewhere(next, headers)).toMatchObject({ meta: { total: 3 } })
    expect((await elsewhere(next, headers)).opportunities).toMatchObject([{ status: 'won' }])
  })

  test('has them in v1 also beside a limit', async () => {
    const path = `/v1/pipelines/${crm.pipeline.id}/opportunities`
    const { meta } = (await crm.v1.get(`${path}?status=won&limit=1`)).body
    const next = `${path}?startAfter=${meta.startAfter}&startAfterId=${meta.startAfterId}&limit=1`

    await expect
      .poll(() => elsewhere(next, { authorization: `Bearer ${crm.first.apiKey}` }))
      .toMatchObject({ meta: { total: 3 }, opportunities: [{ status: 'won' }] })
  })
})
