import { readFileSync } from 'node:fs'
import sql, { raw } from 'sql-template-tag'
import { beforeAll, describe, expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'
import { type Deal, liveThrough, type Story } from '../../support/deals.ts'
import { onlyAssigned, visitOf } from '../../support/people.ts'

const migration = readFileSync(new URL('../../../migrations/0009_reports.sql', import.meta.url), 'utf8')
const zone = 'America/New_York'
const aDay = 86_400_000

/** The day that it was there, as another part of the platform tells it. */
const dayOf = (at: number) => new Date(at).toLocaleDateString('en-CA', { timeZone: zone })

const sum = (deals: Deal[]) => ({
  count: deals.length,
  value: deals.reduce((cents, deal) => cents + deal.cents, 0) / 100,
})
const rate = (part: number, whole: number) => (whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000)
const days = (ms: number) => Math.round((ms / aDay) * 100) / 100

interface Range {
  from?: string
  to?: string
}
const isIn =
  ({ from, to }: Range) =>
  (at: number) =>
    (!from || dayOf(at) >= from) && (!to || dayOf(at) <= to)
const query = (asked: object) => new URLSearchParams(asked as Record<string, string>)

onEveryStore('reports', (crm) => {
  let story: Story
  /** What the server takes for now: when the last thing was made. */
  let latest = 0
  /** A stretch of days in the midst of it. */
  let middle: { from: string; to: string }
  const started = Date.now()
  const year = new Date(started).getFullYear()

  beforeAll(async () => {
    await crm.v2.put(`/locations/${crm.locationId}`, { companyId: 'any', timezone: zone })
    story = await liveThrough(crm, 50)
    latest = Date.parse((await crm.given.contact()).dateAdded)
    const span = latest - started
    middle = { from: dayOf(started + span * 0.3), to: dayOf(started + span * 0.7) }
  })

  const pipelines = () => [
    { id: crm.pipeline.id, stages: crm.stages },
    { id: story.other.id, stages: story.other.stages },
  ]
  const ranges = () => [{}, middle, { from: middle.to }, { to: middle.from }, { from: middle.from, to: middle.from }]
  const told = ({ from = null, to = null }: { from?: string | null; to?: string | null }) => ({
    timezone: zone,
    from,
    to,
  })

  describe('the funnel', () => {
    const funnel = (pipeline: { id: string; stages: { id: string; name: string }[] }, deals: Deal[], range: Range) => {
      const own = deals.filter(({ pipelineId, createdAt }) => pipelineId === pipeline.id && isIn(range)(createdAt))
      const by = (status: string) => sum(own.filter((deal) => deal.status === status))
      const places = pipeline.stages.map(({ id }) => id)
      const furthest = ({ stays }: Deal) => Math.max(...stays.map(({ stageId }) => places.indexOf(stageId)))
      const reached = places.map((_, at) => sum(own.filter((deal) => furthest(deal) >= at)))
      return {
        ...told(range),
        pipelineId: pipeline.id,
        created: sum(own),
        open: by('open'),
        won: by('won'),
        lost: by('lost'),
        abandoned: by('abandoned'),
        stages: pipeline.stages.map(({ id, name }, at) => ({
          pipelineStageId: id,
          name,
          reached: reached[at],
          conversion: at + 1 < places.length ? rate(reached[at + 1]?.count ?? 0, reached[at]?.count ?? 0) : null,
          now: sum(own.filter(({ status, stays }) => status === 'open' && stays.at(-1)?.stageId === id)),
        })),
      }
    }

    test('counts how far the deals of a pipeline came that were created in some days', async () => {
      for (const pipeline of pipelines()) {
        for (const range of ranges()) {
          const reply = await crm.v3.get(`/console/reports/funnel?${query({ pipelineId: pipeline.id, ...range })}`)

          expect(reply.status).toBe(200)
          expect(bare(reply)).toEqual(funnel(pipeline, story.deals, range))
        }
      }
    })

    test("counts a user's own", async () => {
      const [pipeline] = pipelines()
      const [{ id = '' } = {}] = story.users
      const own = story.deals.filter(({ assignedTo }) => assignedTo === id)

      const reply = await crm.v3.get(`/console/reports/funnel?pipelineId=${pipeline?.id}&assignedTo=${id}`)

      expect(bare(reply)).toEqual(funnel(pipeline as never, own, {}))
    })

    test('has a stage that a deal came back from, and every deal in its first stage', async () => {
      const { stages, created } = funnel(pipelines()[0] as never, story.deals, {})
      const back = story.deals.filter(({ stays }) => stays.length > 2)

      expect(stages[0]?.reached).toEqual(created)
      expect(back.length).toBeGreaterThan(3)
    })

    test('counts in each stage those that a search by the stage they reached finds', async () => {
      for (const { id, stages } of pipelines()) {
        const { body } = await crm.ask('GET', `/console/reports/funnel?${query({ pipelineId: id })}`)
        for (const [at, stage] of stages.entries()) {
          const inIt = { field: 'pipeline_id', operator: 'eq', value: id }
          const reached = { field: 'reached_stage_id', operator: 'eq', value: [stage.id] }
          const found = await crm.v3.post('/opportunities/search', {
            locationId: crm.locationId,
            filters: [inIt, reached],
          })
          expect(found.body.total).toBe(body.stages[at].reached.count)
        }
      }
    })
  })

  describe('the forecast', () => {
    const chance = async () => {
      const { pipelines: all } = (await crm.v3.get(`/opportunities/pipelines?locationId=${crm.locationId}`)).body
      const ofStage = new Map<string, number>(
        all.flatMap(({ stages }: { stages: { id: string; stageWinProbability: number }[] }) =>
          stages.map(({ id, stageWinProbability }) => [id, stageWinProbability]),
        ),
      )
      return ({ pipelineId, probability, stays }: Deal) =>
        (pipelineId === story.other.id ? probability : null) ?? ofStage.get(stays.at(-1)?.stageId ?? '') ?? 0
    }

    const forecast = async (deals: Deal[], range: Required<Range>) => {
      const probability = await chance()
      const expected = (some: Deal[]) => ({
        ...sum(some),
        weightedValue: Math.round(some.reduce((all, deal) => all + (deal.cents * probability(deal)) / 100, 0)) / 100,
      })
      const open = deals.filter(({ status }) => status === 'open')
      const won = deals.filter(({ status, statusAt }) => status === 'won' && isIn(range)(statusAt))
      const due = (fits: (month: string) => boolean) =>
        expected(open.filter((deal) => deal.expected !== null && fits(deal.expected.slice(0, 7))))
      const [first, last] = [range.from.slice(0, 7), range.to.slice(0, 7)]
      const months: string[] = []
      for (let at = first; at <= last; at = following(at)) months.push(at)
      return {
        ...told(range),
        months: months.map((month) => ({
          month,
          open: due((one) => one === month),
          won: sum(won.filter(({ statusAt }) => dayOf(statusAt).startsWith(month))),
        })),
        earlier: due((one) => one < first),
        later: due((one) => one > last),
        undated: expected(open.filter((deal) => deal.expected === null)),
        open: expected(open),
        won: sum(won),
      }
    }
    const following = (month: string) => {
      const [year = 0, number = 0] = month.split('-').map(Number)
      return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
    }

    test('puts each open deal into its month, and each that was won into its own', async () => {
      const asked = { from: dayOf(started), to: `${year + 1}-06-02` }

      const reply = await crm.v3.get(`/console/reports/forecast?${query(asked)}`)

      const wanted = await forecast(story.deals, {
        from: `${asked.from.slice(0, 7)}-01`,
        to: `${year + 1}-06-30`,
      })
      expect(bare(reply)).toEqual(wanted)
      for (const group of [wanted.later, wanted.undated, wanted.open, wanted.won])
        expect(group.count).toBeGreaterThan(0)
      expect(new Set(wanted.months.map(({ won }) => won.count)).size).toBeGreaterThan(1)
    })

    test('is of one pipeline, or of a user', async () => {
      const range = { from: `${year}-01-01`, to: `${year + 2}-12-31` }
      const [user] = story.users
      for (const asked of [{ pipelineId: story.other.id }, { assignedTo: user?.id ?? '' }]) {
        const own = story.deals.filter((deal) => Object.entries(asked).every(([key, id]) => deal[key as 'id'] === id))

        const reply = await crm.v3.get(`/console/reports/forecast?${query({ ...range, ...asked })}`)

        expect(bare(reply)).toEqual(await forecast(own, range))
      }
    })

    test('goes from five months ago to six months ahead, or over a year', async () => {
      const monthsOf = async (asked: object) => {
        const { months } = (await crm.v3.get(`/console/reports/forecast?${query(asked)}`)).body
        return [months.length, months[0].month, months.at(-1).month]
      }

      const [count, first, last] = await monthsOf({})
      expect(count).toBe(12)
      const months = [first]
      while (months.at(-1) !== last) months.push(following(months.at(-1)))
      expect(months[5]).toBe(dayOf(latest).slice(0, 7))
      expect(await monthsOf({ from: '2026-03-09' })).toEqual([12, '2026-03', '2027-02'])
      expect(await monthsOf({ to: '2026-03-09' })).toEqual([12, '2025-04', '2026-03'])
      expect(await monthsOf({ from: '2022-01-01', to: '2026-12-31' })).toEqual([60, '2022-01', '2026-12'])
    })
  })

  describe('the outcomes', () => {
    const outcomes = (deals: Deal[], range: Range) => {
      const closed = deals.filter(({ status, statusAt }) => status !== 'open' && isIn(range)(statusAt))
      const outcome = (some: Deal[]) => {
        const by = (status: string) => sum(some.filter((deal) => deal.status === status))
        return {
          won: by('won'),
          lost: by('lost'),
          abandoned: by('abandoned'),
          winRate: rate(by('won').count, some.length),
        }
      }
      const won = closed.filter(({ status }) => status === 'won')
      const lost = closed.filter(({ status }) => status === 'lost')
      const taken = won.reduce((ms, { statusAt, createdAt }) => ms + statusAt - createdAt, 0)
      const owners = [...story.users, null].map((assignedTo) => {
        const own = closed.filter((deal) => deal.assignedTo === (assignedTo?.id ?? null))
        return { assignedTo, own: own.length, ...outcome(own) }
      })
      const lostReasons = [...story.reasons, null].map((lostReason) => ({
        lostReason,
        ...sum(lost.filter((deal) => deal.lostReasonId === (lostReason?.id ?? null))),
      }))
      return {
        ...told(range),
        ...outcome(closed),
        averageDaysToWin: won.length === 0 ? null : days(taken / won.length),
        owners: owners
          .filter(({ own }) => own > 0)
          .sort((a, b) => b.won.value - a.won.value || b.won.count - a.won.count)
          .map(({ own: _, ...owner }) => owner),
        lostReasons: lostReasons
          .filter(({ count }) => count > 0)
          .sort((a, b) => b.count - a.count || b.value - a.value),
      }
    }

    test('are told by owner and by reason, of what was closed in some days', async () => {
      for (const range of ranges()) {
        const reply = await crm.v3.get(`/console/reports/outcomes?${query(range)}`)

        expect(bare(reply)).toEqual(outcomes(story.deals, range))
      }
      const all = outcomes(story.deals, {})
      expect(Math.min(all.won.count, all.lost.count, all.abandoned.count, all.owners.length)).toBeGreaterThan(0)
      expect(all.lostReasons.length).toBeGreaterThan(1)
    })

    test('are of one pipeline, or of a user', async () => {
      const [user] = story.users
      for (const asked of [{ pipelineId: story.other.id }, { assignedTo: user?.id ?? '' }]) {
        const own = story.deals.filter((deal) => Object.entries(asked).every(([key, id]) => deal[key as 'id'] === id))

        const reply = await crm.v3.get(`/console/reports/outcomes?${query(asked)}`)

        expect(bare(reply)).toEqual(outcomes(own, {}))
      }
    })
  })

  describe('the time in a stage', () => {
    const spell = (stays: number[]) => {
      const sorted = [...stays].sort((a, b) => a - b)
      const half = sorted.length / 2
      const middles = sorted.length % 2 ? [sorted[Math.floor(half)]] : [sorted[half - 1], sorted[half]]
      const mean = (some: (number | undefined)[]) => some.reduce<number>((all, ms = 0) => all + ms, 0) / some.length
      if (sorted.length === 0) return { count: 0, medianDays: null, meanDays: null }
      return { count: sorted.length, medianDays: days(mean(middles)), meanDays: days(mean(sorted)) }
    }

    test('is the median and the mean of those that left it, or closed in it, in some days', async () => {
      let most = 0
      for (const pipeline of pipelines()) {
        for (const range of ranges()) {
          const reply = await crm.v3.get(
            `/console/reports/time-in-stage?${query({ pipelineId: pipeline.id, ...range, staleDays: 9 })}`,
          )

          const left = story.deals.flatMap(({ stays }) => stays.slice(0, -1))
          const closed = story.deals.flatMap(({ status, statusAt, stays }) => {
            const { stageId = '', from = 0 } = stays.at(-1) ?? {}
            return status === 'open' ? [] : [{ stageId, from, to: statusAt }]
          })
          const all = [...left, ...closed].filter(({ from, to }) => to > from && isIn(range)(to))
          const wanted = pipeline.stages.map(({ id, name }) => ({
            pipelineStageId: id,
            name,
            stayed: spell(all.filter(({ stageId }) => stageId === id).map(({ from, to }) => to - from)),
          }))
          const { stages, ...rest } = bare(reply)
          expect(rest).toEqual({ ...told(range), pipelineId: pipeline.id, staleDays: 9 })
          expect(stages.map(({ now: _, ...stage }: { now: object }) => stage)).toEqual(wanted)
          most = Math.max(most, ...wanted.map(({ stayed }) => stayed.count))
        }
      }
      expect(most).toBeGreaterThan(4)
    })

    test('is told of those that are open and there now, and how many of them are stale', async () => {
      const [pipeline] = pipelines()
      const asked = `/console/reports/time-in-stage?pipelineId=${pipeline?.id}`

      const { stages, staleDays } = bare(await crm.v3.get(asked))
      const fewer = bare(await crm.v3.get(`${asked}&staleDays=60`)).stages

      expect(staleDays).toBe(14)
      let [stale, fresh] = [0, 0]
      for (const [at, { id }] of (pipeline?.stages ?? []).entries()) {
        const there = story.deals.filter(({ status, stays }) => status === 'open' && stays.at(-1)?.stageId === id)
        const ages = there.map(({ stays }) => latest - (stays.at(-1)?.from ?? 0))
        const idle = (limit: number) => there.filter(({ actedAt }) => latest - actedAt >= limit * aDay).length
        const { now } = stages[at]
        expect(now.count).toBe(there.length)
        expect(now.staleCount).toBe(idle(14))
        expect(fewer[at].now.staleCount).toBe(idle(60))
        // The clock goes on while the test asks: a hundredth of a day is a quarter of an hour.
        const { medianDays, meanDays } = spell(ages)
        const longest = there.length === 0 ? null : days(Math.max(...ages))
        for (const [one, other] of [
          [now.medianDays, medianDays],
          [now.meanDays, meanDays],
          [now.longestDays, longest],
        ]) {
          if (other === null) expect(one).toBeNull()
          else expect(Math.abs(one - other)).toBeLessThan(0.011)
        }
        stale += idle(14)
        fresh += there.length - idle(14)
      }
      expect(Math.min(stale, fresh)).toBeGreaterThan(0)
    })
  })

  test('moves of the time before they were kept are found in the history', async () => {
    const { store } = crm.app
    const kept = () =>
      store.all<{ id: string; entered: number; left: number }>(sql`
        select opportunity_id || ' ' || version || ' ' || stage_id as "id", entered_at as "entered", left_at as "left"
        from stage_visits where location_id = ${crm.locationId} order by opportunity_id, version`)
    const [, text = ''] = /(insert into stage_visits[^;]+);/.exec(migration) ?? []
    const before = await kept()
    await store.transaction(async (tx) => {
      await tx.run(sql`delete from stage_visits where location_id = ${crm.locationId}`)
      await tx.run(raw(text))
    })
    const after = await kept()

    expect(before.length).toBeGreaterThan(20)
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    for (const [at, { entered, left }] of after.entries()) {
      const same = before[at] as (typeof before)[number]
      // An event is written some milliseconds behind its change.
      expect(Math.abs(entered - same.entered)).toBeLessThan(1000)
      expect(Math.abs(left - same.left)).toBeLessThan(1000)
      expect(left === entered).toBe(same.left === same.entered)
    }
  })

  test('somebody who sees only what is assigned to them gets reports of that, and of what they follow', async () => {
    const visit = await visitOf(crm, onlyAssigned)
    const inFirst = story.deals.filter(({ pipelineId }) => pipelineId === crm.pipeline.id)
    const own = [0.2, 0.5, 0.8].map((part) => inFirst[Math.floor(inFirst.length * part)] as Deal)
    const [followed, ...assigned] = own
    for (const { id } of assigned) await crm.v2.put(`/opportunities/${id}`, { assignedTo: visit.user.id })
    await crm.v2.post(`/opportunities/${followed?.id}/followers`, { followers: [visit.user.id] })

    const ask = async (report: string) =>
      (await visit.ask('GET', `/console/reports/${report}?pipelineId=${crm.pipeline.id}`)).body
    const { created, stages } = await ask('funnel')
    const { won, lost, abandoned } = await ask('outcomes')
    const { open } = await ask('forecast')
    const spells: { now: { count: number }; stayed: { count: number } }[] = (await ask('time-in-stage')).stages

    const by = (status: string) => sum(own.filter((deal) => deal.status === status))
    expect(created).toEqual(sum(own))
    expect(stages[0].reached).toEqual(sum(own))
    expect([won, lost, abandoned]).toEqual([by('won'), by('lost'), by('abandoned')])
    expect({ count: open.count, value: open.value }).toEqual(by('open'))
    expect(spells.reduce((all, { now }) => all + now.count, 0)).toBe(by('open').count)
    expect(spells.reduce((all, { stayed }) => all + stayed.count, 0)).toBeLessThan(12)
  })

  describe('are refused', () => {
    test.each([
      ['funnel', '', ['pipelineId should not be empty', 'pipelineId must be a string']],
      ['time-in-stage', '', ['pipelineId should not be empty', 'pipelineId must be a string']],
      ['funnel', 'pipelineId=PIPELINE&from=yesterday', ['from must be a day such as 2026-11-21']],
      [
        'outcomes',
        'from=2026-02-30&to=2026-1-1',
        ['from must be a day such as 2026-11-21', 'to must be a day such as 2026-11-21'],
      ],
      ['forecast', 'from=2026-02-02&to=2026-02-01', ['to must not be before from']],
      ['forecast', 'from=2020-01-31&to=2025-01-01', ['to must be within 60 months of from']],
      ['time-in-stage', 'pipelineId=PIPELINE&staleDays=0', ['staleDays must not be less than 1']],
    ])('%s?%s', async (report, asked, message) => {
      const reply = await crm.v3.get(`/console/reports/${report}?${asked.replace('PIPELINE', crm.pipeline.id)}`)

      expect(reply.status).toBe(422)
      expect(bare(reply)).toEqual({ statusCode: 422, error: 'Unprocessable Entity', message })
    })

    test('for a pipeline that is not there', async () => {
      for (const report of ['funnel', 'forecast', 'outcomes', 'time-in-stage']) {
        const reply = await crm.v3.get(`/console/reports/${report}?pipelineId=nowhere`)

        expect([reply.status, reply.body.message]).toEqual([404, 'Pipeline not found'])
      }
    })

    test('for a token that may not see opportunities, and of another location', async () => {
      const token = await crm.given.token(['contacts.readonly'])
      const other = await crm.given.location()
      for (const report of ['funnel', 'forecast', 'outcomes', 'time-in-stage']) {
        const path = `/console/reports/${report}?pipelineId=${crm.pipeline.id}`

        expect((await crm.v3.get(path, { token })).status).toBe(401)
        expect((await crm.v3.get(path, { token: other.token })).status).toBe(404)
      }
      const { won, lost, owners } = (await crm.v3.get('/console/reports/outcomes', { token: other.token })).body
      expect([won.count, lost.count, owners]).toEqual([0, 0, []])
    })
  })
})
