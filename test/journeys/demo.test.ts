import sql from 'sql-template-tag'
import { beforeAll, expect, test } from 'vitest'
import { makeUp } from '../../src/cli/seed/demo.ts'
import { allScopes } from '../../src/domain/tokens/scopes.ts'
import { bare, type Crm, onEveryStore, startCrm } from '../harness.ts'
import { audit } from '../support/audit.ts'

const count = 300
const aDay = 86_400_000

/** As the program itself makes it up, at a moment that the test holds. */
async function makeUpIn(crm: Crm, now: number, deals = count, options: { told?: number } = {}) {
  const { caller, ...ctx } = crm.as(crm.locationId)
  await makeUp({ ...ctx, caller: { ...caller, scopes: new Set(allScopes) }, now: () => now }, deals, options)
  await crm.settle()
}

/** Everything that a person reads of the deals, in their order, without what is random. */
async function shownIn(crm: Crm) {
  const rows = await crm.app.store.all<Record<string, unknown>>(sql`
    select o.name as "name", p.name as "pipeline", s.name as "stage", o.status as "status",
      o.monetary_value as "value", u.email as "owner", c.name as "contact", c.email as "email", c.tags as "tags",
      l.name as "reason", o.created_at as "createdAt", o.last_stage_change_at as "movedAt",
      o.last_action_at as "actedAt", o.forecast_expected_close_date as "expected", c.note_count as "notes",
      c.task_count as "tasks"
    from opportunities o
    join contacts c on c.location_id = o.location_id and c.id = o.contact_id
    join pipelines p on p.location_id = o.location_id and p.id = o.pipeline_id
    join stages s on s.location_id = o.location_id and s.id = o.pipeline_stage_id
    left join users u on u.location_id = o.location_id and u.id = o.assigned_to
    left join lost_reasons l on l.location_id = o.location_id and l.id = o.lost_reason_id
    where o.location_id = ${crm.locationId} order by o.created_at, o.name`)
  return rows.map((row) => ({ ...row, tags: JSON.parse(row.tags as string) }))
}

onEveryStore('a business that was made up', (crm) => {
  const now = Date.now()

  beforeAll(() => makeUpIn(crm, now))

  test('is the same one for the same number, but for ids', async () => {
    const other = await startCrm()
    await makeUpIn(other, now)

    const [here, there] = [await shownIn(crm), await shownIn(other)]
    await other.stop()

    expect(here).toHaveLength(count)
    expect(here).toEqual(there)
  })

  test('fills two boards: open deals in all stages but the last, where those are that were won', async () => {
    const { pipelines } = (await crm.v3.get(`/opportunities/pipelines?locationId=${crm.locationId}`)).body
    expect(pipelines.map(({ name }: { name: string }) => name)).toEqual(['Sales Pipeline', 'Renewals'])

    for (const { id } of pipelines) {
      const { stages, won, created } = (await crm.v3.get(`/console/reports/funnel?pipelineId=${id}`)).body
      const open = stages.map(({ now }: { now: { count: number } }) => now.count)
      expect(open.at(-1)).toBe(0)
      expect(Math.min(...open.slice(0, -1))).toBeGreaterThan(0)
      expect(stages.at(-1).reached).toEqual(won)
      expect(stages[0].reached).toEqual(created)
    }
  })

  test('has people in several roles, and what they wrote, have to do and expect', async () => {
    const { users } = (await crm.v3.get(`/users/?locationId=${crm.locationId}`)).body
    const seller = users.filter(({ email }: { email: string }) => email.endsWith('@pipewright.example'))
    const { owners, lostReasons } = (await crm.v3.get('/console/reports/outcomes')).body
    const { months, undated } = (await crm.v3.get('/console/reports/forecast')).body
    const shown = await shownIn(crm)
    const sum = (field: 'notes' | 'tasks') =>
      shown.reduce((all, row) => all + Number(row[field as keyof typeof row]), 0)

    expect(seller).toHaveLength(6)
    expect(owners.length).toBeGreaterThan(5)
    expect(lostReasons.length).toBeGreaterThan(4)
    expect(months.filter(({ won }: { won: { count: number } }) => won.count > 0).length).toBeGreaterThan(3)
    expect(months.filter(({ open }: { open: { count: number } }) => open.count > 0).length).toBeGreaterThan(2)
    expect(undated.count).toBeGreaterThan(0)
    expect([sum('notes') > count / 10, sum('tasks') > count / 20]).toEqual([true, true])
  })

  test('has a past: whoever owns a deal moved it, at the time at which it was moved', async () => {
    const rows = await crm.app.store.all<{ at: number; kind: string; moved: number }>(sql`
      select e.at as "at", e.caller_kind as "kind", o.last_stage_change_at as "moved"
      from events e join opportunities o on o.location_id = e.location_id and o.id = e.record_id
      where e.location_id = ${crm.locationId} and e.types like '%"OpportunityStageUpdate"%' and o.assigned_to is not null`)

    expect(rows.length).toBeGreaterThan(count / 2)
    expect(rows.every(({ at, kind, moved }) => kind === 'user' && at <= moved && at > now - 366 * aDay)).toBe(true)
    expect(rows.filter(({ at }) => at < now - 30 * aDay).length).toBeGreaterThan(50)
  })

  test('has a workflow that ran for the latest wins, a draft, and a webhook that is paused', async () => {
    const { workflows } = (await crm.v3.get('/console/workflows')).body
    const published = workflows.find(({ state }: { state: string }) => state === 'published')
    const { runs } = (await crm.v3.get(`/console/runs?workflowId=${published.id}`)).body
    const done = runs.filter(({ state }: { state: string }) => state === 'done')
    const story = (await crm.v3.get(`/console/runs/${done[0]?.id}`)).body
    const { webhooks } = (await crm.v3.get('/console/webhooks')).body

    expect(workflows.map(({ name, state }: { name: string; state: string }) => [name, state]).sort()).toEqual([
      ['Follow up on stale deals', 'draft'],
      ['Welcome new customers', 'published'],
    ])
    expect(runs.length).toBeGreaterThan(8)
    expect(done.length).toBeGreaterThan(0)
    expect(runs.every(({ error }: { error: string | null }) => error === null)).toBe(true)
    expect(Date.parse(done[0].endedAt)).toBeLessThan(now)
    expect(story.steps.map(({ type }: { type: string }) => type).slice(0, 4)).toEqual([
      ...['add_contact_tag', 'add_task', 'wait', 'if_else'],
    ])
    expect(Date.parse(story.steps[3].at) - Date.parse(story.steps[2].at)).toBe(3 * aDay)
    expect(webhooks).toMatchObject([{ name: 'Ledger', state: 'paused', deliveries: { delivered: 0, failed: 0 } }])
    expect(webhooks[0].deliveries.waiting).toBeGreaterThan(10)
  })

  test('is as right as one that was lived through', async () => {
    expect(await audit(crm.app.store)).toEqual([])
  })

  test('grows by others when more is made up, and keeps its workflows', async () => {
    await makeUpIn(crm, now, 40)

    const shown = await shownIn(crm)
    expect(shown).toHaveLength(count + 40)
    expect(new Set(shown.map((row) => (row as unknown as { email: string }).email)).size).toBe(count + 40)
    expect(bare(await crm.v3.get('/console/workflows')).workflows).toHaveLength(2)
    expect(bare(await crm.v3.get('/console/webhooks')).webhooks).toHaveLength(1)
  })
})

onEveryStore('a business of very many deals', (crm) => {
  test('has a short history, and reports know the way of its deals all the same', async () => {
    const now = Date.now()
    await makeUpIn(crm, now, count, { told: count - 1 })

    const other = await startCrm()
    await makeUpIn(other, now)
    const { count: events } = (await crm.app.store.one<{ count: number }>(sql`
      select count(*) as count from events
      where location_id = ${crm.locationId} and record = 'opportunity'`)) as { count: number }
    const [here, there] = await Promise.all([crm, other].map(reportsIn))
    await other.stop()

    expect(Number(events)).toBe(count)
    expect(here).toEqual(there)
  })
})

/** How far deals came, and how long they stayed, in both pipelines. */
async function reportsIn(crm: Crm) {
  const { pipelines } = (await crm.v3.get(`/opportunities/pipelines?locationId=${crm.locationId}`)).body
  const found: unknown[] = []
  for (const { id } of pipelines) {
    const { stages } = (await crm.v3.get(`/console/reports/funnel?pipelineId=${id}`)).body
    const spells = (await crm.v3.get(`/console/reports/time-in-stage?pipelineId=${id}`)).body.stages
    for (const { reached, conversion } of stages) found.push({ reached, conversion })
    for (const { stayed } of spells) found.push(stayed)
  }
  return found
}
