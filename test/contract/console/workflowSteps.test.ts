import { readFileSync } from 'node:fs'
import sql, { raw } from 'sql-template-tag'
import { beforeAll, describe, expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'
import { startReceiver } from '../../support/receiver.ts'
import { addTag, type Written, workflowsOf } from '../../support/workflows.ts'

const migration = readFileSync(new URL('../../../migrations/0011_steps.sql', import.meta.url), 'utf8')
const [minute, day] = [60_000, 86_400_000]
const wait = { type: 'wait', settings: { for: { days: 1 } } }
const failing = { type: 'internal_update_opportunity', settings: { monetaryValue: '{{contact.name}}' } }

onEveryStore('the steps of a workflow', (crm) => {
  let flows: ReturnType<typeof workflowsOf>
  beforeAll(() => {
    flows = workflowsOf(crm)
  })
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  const running = (wanted: Written) =>
    flows.running({ trigger: { type: 'opportunity_status_changed', filters: { to: 'won' } }, ...wanted })
  const stepsOf = async (id: string) => (await crm.v2.get(`/console/workflows/${id}/steps`)).body.steps
  const countsOf = async (id: string) => (await stepsOf(id)).map(({ runs }: { runs: object }) => runs)
  const runsAt = (id: string, stepId: string, query = '') =>
    crm.v2.get(`/console/workflows/${id}/steps/${stepId}/runs${query}`)
  const end = (id: string) => flows.act(`workflows/${id}/unpublish`)

  /** Deals of their own contacts, won one after the other. */
  async function win(count: number): Promise<{ id: string; contactId: string }[]> {
    const won: { id: string; contactId: string }[] = []
    for (let at = 0; at < count; at++) {
      const deal = await crm.given.opportunity({ name: `Deal ${at + 1}` })
      await crm.v2.put(`/opportunities/${deal.id}/status`, { status: 'won' })
      await crm.settle()
      crm.advance(minute)
      won.push({ id: deal.id, contactId: deal.contactId })
    }
    return won
  }

  test('tell who waits at them and who failed there, with what each of them did', async () => {
    const { id, stepIds } = await running({ steps: [addTag('won'), wait, failing] })
    const [first, second] = await win(2)

    expect(bare(await crm.v2.get(`/console/workflows/${id}/steps`))).toEqual({
      steps: [
        { id: stepIds[0], place: '0', runs: {} },
        { id: stepIds[1], place: '1', runs: { waiting: 2 } },
        { id: stepIds[2], place: '2', runs: {} },
      ],
    })
    const [{ id: runId }] = await flows.runs(id)
    const { run, steps } = await flows.run(runId)
    expect(run).toMatchObject({ opportunityId: second?.id, opportunityName: 'Deal 2', state: 'waiting', place: '2' })
    const passed = bare(await runsAt(id, stepIds[0]))
    expect(passed).toEqual({
      runs: [
        { run, step: steps[0], at: time, isHere: false },
        expect.objectContaining({ run: expect.objectContaining({ opportunityId: first?.id }), isHere: false }),
      ],
      nextCursor: null,
    })
    expect(bare(await runsAt(id, stepIds[1]))).toMatchObject({
      runs: [
        { run, step: steps[1], at: steps[1].at, isHere: true },
        { run: { opportunityId: first?.id }, isHere: true },
      ],
    })
    expect(bare(await runsAt(id, stepIds[2]))).toEqual({ runs: [], nextCursor: null })

    for (const delay of [day, minute, minute, 5 * minute]) {
      crm.advance(delay + 1)
      await crm.settle()
    }
    expect(await countsOf(id)).toEqual([{}, {}, { failed: 2 }])
    const error = expect.stringContaining('must be a number')
    const failed = { run: { state: 'failed', error }, step: { state: 'failed', attempt: 4, error }, isHere: true }
    expect(bare(await runsAt(id, stepIds[2]))).toMatchObject({ runs: [failed, failed], nextCursor: null })
    expect((await runsAt(id, stepIds[1])).body.runs).toMatchObject([{ isHere: false }, { isHere: false }])
    await end(id)
    expect(await countsOf(id)).toEqual([{}, {}, {}])
    expect((await runsAt(id, stepIds[2])).body.runs).toMatchObject([{ isHere: false }, { isHere: false }])
  })

  test('tell of those too for whom a step has done nothing yet: who wait for a condition, or for an answer', async () => {
    const receiver = await startReceiver()
    const condition = { conditions: [{ field: 'contact.tags', is: 'contains', value: 'paid' }], timeout: { days: 1 } }
    const webhook = { type: 'webhook', settings: { url: receiver.url } }
    const { id, stepIds } = await running({ steps: [{ type: 'wait', settings: { condition } }, webhook] })
    const [deal] = await win(1)

    expect(await countsOf(id)).toEqual([{ waiting: 1 }, {}])
    const [run] = await flows.runs(id)
    expect(bare(await runsAt(id, stepIds[0]))).toEqual({
      runs: [{ run, step: null, at: time, isHere: true }],
      nextCursor: null,
    })

    receiver.say(500)
    await crm.v2.post(`/contacts/${deal?.contactId}/tags`, { tags: ['paid'] })
    await crm.settle()
    expect(await countsOf(id)).toEqual([{}, { retrying: 1 }])
    expect((await runsAt(id, stepIds[0])).body.runs).toMatchObject([{ step: { state: 'done' }, isHere: false }])
    expect((await runsAt(id, stepIds[1])).body.runs).toMatchObject([
      { run: { state: 'retrying' }, step: { state: 'failed', attempt: 1 }, isHere: true },
    ])
    await end(id)
    await receiver.close()
  })

  test('are told page by page, each run once', async () => {
    const { id, stepIds } = await running({ steps: [addTag('paged')] })
    const won = await win(5)

    expect(await paged(id, stepIds[0])).toEqual([[won[4], won[3]], [won[2], won[1]], [won[0]]])
    const refused = await runsAt(id, stepIds[0], '?cursor=nonsense')
    expect(bare(refused)).toMatchObject({
      statusCode: 422,
      message: ['cursor must be the nextCursor of a page before'],
    })
    await end(id)
  })

  test('are told so too where the step has done something for some, and has still to do it for others', async () => {
    const condition = { conditions: [{ field: 'contact.tags', is: 'contains', value: 'next' }], timeout: { days: 1 } }
    const { id, stepIds } = await running({ steps: [{ type: 'wait', settings: { condition } }] })
    const won = await win(3)
    for (const deal of [won[2], won[0]]) {
      await crm.v2.post(`/contacts/${deal?.contactId}/tags`, { tags: ['next'] })
      await crm.settle()
      crm.advance(minute)
    }
    const later = await win(2)

    expect(await paged(id, stepIds[0])).toEqual([[later[1], later[0]], [won[0], won[2]], [won[1]]])
    await end(id)
  })

  /** The deals of a step's runs, two on a page. */
  async function paged(id: string, stepId: string) {
    const pages: { id: string; contactId: string }[][] = []
    let cursor = ''
    do {
      const { runs, nextCursor } = (await runsAt(id, stepId, `?limit=2${cursor}`)).body
      pages.push(
        runs.map(({ run }: { run: { opportunityId: string; contactId: string } }) => ({
          id: run.opportunityId,
          contactId: run.contactId,
        })),
      )
      cursor = nextCursor && `&cursor=${nextCursor}`
    } while (cursor && pages.length < 9)
    return pages
  }

  describe('keep their runs', () => {
    test('though the draft is written anew, and is published as another version', async () => {
      const { id, stepIds } = await running({ steps: [addTag('one'), wait, addTag('two')] })
      await win(1)

      const steps = [addTag('zero'), { ...wait, name: 'A day' }, addTag('one')]
      const { workflow } = (await crm.v2.put(`/console/workflows/${id}`, { steps })).body
      expect(workflow.stepIds).toEqual({ 0: stepIds[2], 1: stepIds[1], 2: stepIds[0] })
      const other = (await crm.v2.put(`/console/workflows/${id}`, { steps: [addTag('zero'), addTag('one')] })).body
      await flows.publish(id)

      expect(other.workflow.stepIds).toEqual({ 0: stepIds[2], 1: stepIds[0] })
      expect(await stepsOf(id)).toEqual([
        { id: stepIds[2], place: '0', runs: {} },
        { id: stepIds[0], place: '1', runs: {} },
        { id: stepIds[1], place: null, runs: { waiting: 1 } },
      ])
      await win(1)
      const runs = (await runsAt(id, stepIds[0])).body.runs
      expect(runs).toMatchObject([
        { run: { version: 2 }, step: { place: '1' } },
        { run: { version: 1 }, step: { place: '0' } },
      ])
      expect((await runsAt(id, stepIds[1])).body.runs).toMatchObject([{ run: { version: 1 }, isHere: true }])
      await end(id)
    })

    test('from before steps were called anything: by the place at which they stand', async () => {
      const condition = { conditions: [{ field: 'contact.tags', is: 'contains', value: 'x' }], timeout: { days: 9 } }
      const { id } = await running({ steps: [addTag('old'), wait, { type: 'wait', settings: { condition } }] })
      await win(1)
      crm.advance(day)
      await crm.settle()
      await win(2)
      await forgetStepIds()

      const [first, second, third] = [`${id}-0`, `${id}-1`, `${id}-2`]
      expect(await stepsOf(id)).toEqual([
        { id: first, place: '0', runs: {} },
        { id: second, place: '1', runs: { waiting: 2 } },
        { id: third, place: '2', runs: { waiting: 1 } },
      ])
      expect((await runsAt(id, first as string)).body.runs).toHaveLength(3)
      expect((await runsAt(id, second as string)).body.runs).toMatchObject([{ isHere: true }, { isHere: true }, {}])
      expect((await runsAt(id, third as string)).body.runs).toMatchObject([{ step: null, isHere: true }])
      await end(id)
    })

    /** Everything as an older program left it, and then brought up to date. */
    async function forgetStepIds() {
      const { locationId, app } = crm
      await app.store.transaction(async (tx) => {
        await tx.run(sql`update workflows set step_ids = '{}' where location_id = ${locationId}`)
        await tx.run(sql`update workflow_versions set step_ids = '{}' where location_id = ${locationId}`)
        await tx.run(sql`update workflow_steps set step_id = '' where location_id = ${locationId}`)
        await tx.run(sql`update workflow_runs set step_id = '' where location_id = ${locationId}`)
        for (const [statement] of migration.matchAll(/^update [^;]+/gm)) await tx.run(raw(statement))
      })
    }

    test('to themselves: those of another workflow are not theirs', async () => {
      const { id, stepIds } = await running({ steps: [wait, addTag('mine')] })
      const { id: other } = await flows.create({})
      await win(1)

      expect(await countsOf(id)).toEqual([{ waiting: 1 }, {}])
      expect(await stepsOf(other)).toEqual([])
      expect((await runsAt(id, stepIds[0])).body.runs).toHaveLength(1)
      expect(bare(await runsAt(other, stepIds[0]))).toEqual({ runs: [], nextCursor: null })
      for (const path of ['steps', `steps/${stepIds[0]}/runs`]) {
        expect(await crm.v2.get(`/console/workflows/nowhere/${path}`)).toMatchObject({
          status: 404,
          body: { message: 'Workflow not found' },
        })
      }
      await end(id)
    })
  })
})
