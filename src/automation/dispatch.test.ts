import pino from 'pino'
import sql from 'sql-template-tag'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../store/database.ts'
import { openStore } from '../store/open.ts'
import type { Automation } from './context.ts'
import { dispatchLane, type Listener } from './dispatch.ts'

describe('dispatch', () => {
  let store: Store
  beforeEach(async () => {
    store = await openStore(':memory:')
  })
  afterEach(() => store.close())

  const laneOf = (listener: Listener) => {
    const logger = pino({ level: 'silent' })
    return dispatchLane({ store, now: () => 0, logger, wake: () => {} } as unknown as Automation, [listener])
  }
  const happen = (locationId: string, recordId: string) =>
    store.transaction((tx) =>
      tx.run(sql`
        insert into events (location_id, types, record, record_id, record_version, caller_kind, caller_id, depth, at, pending)
        values (${locationId}, '[]', 'opportunity', ${recordId}, 0, 'system', 'test', 0, 0, 1)`),
    )
  const states = async () => {
    const rows = await store.all<{ recordId: string; pending: number }>(
      sql`select record_id as "recordId", pending from events order by seq`,
    )
    return rows.map(({ recordId, pending }) => `${recordId} ${pending}`)
  }

  test('turns what it can, and sets aside what it cannot', async () => {
    for (const id of ['a', 'bad', 'c']) await happen('L', id)
    const turned: string[] = []

    await laneOf(async (_tx, _now, events) => {
      if (events.some(({ recordId }) => recordId === 'bad')) throw new Error('bad')
      turned.push(...events.map(({ recordId }) => recordId))
    }).perform('L', new AbortController().signal)

    expect(turned).toEqual(['a', 'c'])
    expect(await states()).toEqual(['a 0', 'bad 2', 'c 0'])
  })

  test('sets no other event aside than the one that failed, though another process turned that meanwhile', async () => {
    for (const id of ['a', 'b']) await happen('L', id)
    let failures = 0
    /** Between the failure and what follows from it somebody else turns the event. */
    const error = () =>
      void store.write(sql`update events set pending = 0 where location_id = 'L' and record_id = 'a' returning seq`)
    const house = { store, now: () => 0, logger: { error }, wake: () => {} }
    const turned: string[] = []

    await dispatchLane(house as unknown as Automation, [
      async (_tx, _now, events) => {
        if (events[0]?.recordId === 'a' && failures++ < 2) throw new Error('for now')
        turned.push(...events.map(({ recordId }) => recordId))
      },
    ]).perform('L', new AbortController().signal)

    expect(turned).toEqual(['b'])
    expect(await states()).toEqual(['a 0', 'b 0'])
  })

  test('a location with very much to turn lets others have their turn', async () => {
    await store.transaction(async (tx) => {
      for (let at = 0; at < 1001; at++) {
        await tx.run(sql`
          insert into events (location_id, types, record, record_id, record_version, caller_kind, caller_id, depth, at, pending)
          values ('L', '[]', 'opportunity', ${`r${at}`}, 0, 'system', 'test', 0, 0, 1)`)
      }
    })
    const turned: string[] = []
    const lane = laneOf(async (_tx, _now, events) => void turned.push(...events.map(({ recordId }) => recordId)))

    await lane.perform('L', new AbortController().signal)

    expect(turned).toHaveLength(1000)
    expect(await lane.claim(0, 1)).toEqual(['L'])
  })
})
