import pino from 'pino'
import sql from 'sql-template-tag'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../store/database.ts'
import { openStore } from '../../store/open.ts'
import type { Automation } from '../context.ts'
import type { Lane } from '../lane.ts'
import { runLanes } from './lanes.ts'
import type { Claimed } from './runs/steps/perform.ts'

describe('the steps of runs', () => {
  let store: Store
  let lane: Lane<Claimed>
  beforeEach(async () => {
    store = await openStore(':memory:')
    const house = { store, now: () => 1000, logger: pino({ level: 'silent' }), wake: () => {} }
    lane = runLanes(house as unknown as Automation)[0] as Lane<Claimed>
  })
  afterEach(() => store.close())

  /** Due one after the other; of a workflow that is gone, so that their first step ends them. */
  const givenRuns = (locationId: string, count: number) =>
    store.transaction(async (tx) => {
      await tx.run(sql`
        insert into locations (location_id, company_id, name, profile, settings, created_at, updated_at)
        values (${locationId}, 'C', ${locationId}, '{}', '{}', 0, 0)`)
      for (let at = 0; at < count; at++) {
        const id = `${locationId}${String(at).padStart(2, '0')}`
        await tx.run(sql`
          insert into workflow_runs (location_id, id, workflow_id, version, cause, data, depth, chain, state, place,
            step_id, step_count, attempts, due_at, held, claimed_until, claim, started_at, updated_at)
          values (${locationId}, ${id}, 'W', 1, ${id}, '{}', 0, ${id}, 'running', '0', '', 0, 0, ${at}, 0, 0, '', 0, 0)`)
      }
    })
  const claim = async (limit: number) => (await lane.claim(1000, limit)) as [Claimed, ...Claimed[]]
  const idsOf = (claimed: Claimed[]) => claimed.map(({ id }) => id)
  const perform = (claimed: Claimed) => lane.perform(claimed, new AbortController().signal)

  test('are done as they fall due, up to a dozen at once', async () => {
    await givenRuns('L', 11)

    expect(idsOf(await claim(lane.width))).toHaveLength(11)
    expect(await claim(lane.width - 11)).toEqual([])
  })

  test('leave room for who asks meanwhile where many have come due together', async () => {
    await givenRuns('L', 17)

    const first = await claim(lane.width)
    expect(idsOf(first)).toEqual(['L00', 'L01', 'L02', 'L03'])
    expect(await claim(lane.width - 4)).toEqual([])
    await perform(first[0])
    expect(idsOf(await claim(lane.width - 3))).toEqual(['L04'])

    const last = await claim(lane.width)
    expect(idsOf(last)).toEqual(['L05', 'L06', 'L07', 'L08'])
    expect(idsOf(await claim(lane.width))).toHaveLength(8)
  })

  test('of many locations are a crowd as well, of which each has its turn', async () => {
    for (let at = 0; at < 12; at++) await givenRuns(`L${at} `, 1)

    const claimed: Claimed[] = []
    for (let turn = 0; turn < 12 && claimed.length < 12; turn++) {
      const some = await claim(lane.width)
      expect(some.length).toBeLessThanOrEqual(claimed.length === 0 ? 4 : 12)
      claimed.push(...some)
    }
    expect(new Set(claimed.map(({ locationId }) => locationId)).size).toBe(12)
  })
})
