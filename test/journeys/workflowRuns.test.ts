import { beforeAll, describe, expect, test } from 'vitest'
import { createLostReason } from '../../src/domain/pipelines/lostReasons.ts'
import { onEveryStore } from '../harness.ts'
import { addTag, type Written, workflowsOf } from '../support/workflows.ts'

const minute = 60_000
const note = (body: string) => ({ type: 'add_notes', settings: { body } })
const update = (settings: object) => ({ type: 'internal_update_opportunity', settings })

onEveryStore('a run', (crm) => {
  let flows: ReturnType<typeof workflowsOf>
  beforeAll(() => {
    flows = workflowsOf(crm)
  })

  /** What a workflow that begins by winning does for one new opportunity. */
  async function won(wanted: Written, fields: Record<string, unknown> = {}) {
    const trigger = { type: 'opportunity_status_changed', filters: { to: 'won' } }
    const workflow = await flows.running({ trigger, ...wanted })
    const opportunity = await crm.given.opportunity(fields)
    await crm.v2.put(`/opportunities/${opportunity.id}/status`, { status: 'won' })
    await crm.settle()
    const { run, steps } = await flows.story(workflow.id)
    return { workflow, opportunity, run, steps }
  }
  test('writes what was filled into a note as text, and into anything else as it is', async () => {
    const name = `<b>x</b> & if a<b then c>d; <none yet>, it's "won"`
    const asHtml = '&lt;b&gt;x&lt;/b&gt; &amp; if a&lt;b then c&gt;d; &lt;none yet&gt;, it&#39;s &quot;won&quot;'
    const { workflow, opportunity } = await won(
      {
        steps: [
          update({ source: '{{opportunity.name}}' }),
          note('<p>Won: <i title="{{opportunity.name}}">{{opportunity.name}}</i></p>'),
        ],
      },
      { name },
    )

    const { notes } = (await crm.v2.get(`/contacts/${opportunity.contactId}/notes`)).body
    expect(notes).toMatchObject([
      {
        bodyText: `Won: ${name}`,
        body: `<p>Won: <i title="${asHtml}">${asHtml}</i></p>`,
      },
    ])
    expect((await crm.v2.get(`/opportunities/${opportunity.id}`)).body.opportunity.source).toBe(name)
    await end(workflow)
  })

  const opportunityOf = async (id: string) => (await crm.v2.get(`/opportunities/${id}`)).body.opportunity
  const end = (workflow: { id: string }) => flows.act(`workflows/${workflow.id}/unpublish`)

  test('notes each step with what went in, what came out and when, and whose doing the changes were', async () => {
    const { workflow, opportunity, run, steps } = await won({
      steps: [addTag('customer'), addTag('customer'), update({ name: 'Won: {{opportunity.name}}', source: 'run' })],
    })

    const time = expect.stringMatching(/Z$/)
    const done = { attempt: 1, error: null, at: time }
    expect(run).toEqual({
      id: expect.stringMatching(/^\w{20}$/),
      workflowId: workflow.id,
      version: 1,
      state: 'done',
      isPaused: false,
      contactId: opportunity.contactId,
      contactName: opportunity.contact.name,
      opportunityId: opportunity.id,
      opportunityName: 'Won: A deal',
      place: '2',
      nextAt: null,
      error: null,
      depth: 0,
      startedAt: time,
      endedAt: time,
    })
    expect(steps).toEqual([
      {
        ...done,
        place: '0',
        type: 'add_contact_tag',
        state: 'done',
        input: { tags: ['customer'] },
        result: { added: ['customer'] },
      },
      {
        ...done,
        place: '1',
        type: 'add_contact_tag',
        state: 'skipped',
        input: { tags: ['customer'] },
        result: { added: [] },
      },
      {
        ...done,
        place: '2',
        type: 'internal_update_opportunity',
        state: 'done',
        input: { name: 'Won: A deal', source: 'run' },
        result: { changed: ['name', 'source'] },
      },
    ])
    expect((await crm.events(opportunity.id)).at(-1)).toMatchObject({
      callerId: run.id,
      after: { name: 'Won: A deal' },
    })
    await end(workflow)
  })

  test('fills in merge fields of the contact, the deal, its owner, the location and the trigger', async () => {
    const user = await crm.given.user('Grace')
    const contact = await crm.given.contact({ firstName: 'Ada', lastName: 'O’Hara & Co', email: 'merge@example.com' })
    const { workflow } = await won(
      {
        steps: [
          note(
            '{{contact.first_name}}|{{contact.lastName}}|{{contact.email}}|{{opportunity.lead_value}}|{{opportunity.stageName}}' +
              '|{{user.name}}|{{trigger.changes.status.from}}|{{contact.phone}}|{{trigger.constructor}}|{{workflow.name}}',
          ),
        ],
        name: 'Thanks',
      },
      { contactId: contact.id, assignedTo: user.id, monetaryValue: 12.5 },
    )
    const { notes } = (await crm.v2.get(`/contacts/${contact.id}/notes`)).body
    expect(notes).toMatchObject([
      { bodyText: 'Ada|O’Hara & Co|merge@example.com|12.5|New Lead|Grace Hopper|open|||Thanks' },
    ])
    await end(workflow)
  })

  test('is told what a person would tell of a change, under the names of its merge fields', async () => {
    const contact = await crm.given.contact({ tags: ['old'] })
    const steps = [note('{{trigger.tags}}|{{trigger.changes}}')]
    const tagged = await flows.running({ trigger: { type: 'contact_tag', filters: { tag: ['vip', 'new'] } }, steps })
    await crm.v2.post(`/contacts/${contact.id}/tags`, { tags: ['vip', 'other'] })
    const changed = await flows.running({
      trigger: { type: 'opportunity_changed' },
      steps: [note('{{trigger.changes}}')],
    })
    const { id } = await crm.given.opportunity({ contactId: contact.id })
    await crm.v2.put(`/opportunities/${id}`, { status: 'won', forecastExpectedCloseDate: '2027-01-31T00:00:00Z' })
    await crm.settle()

    const { notes } = (await crm.v2.get(`/contacts/${contact.id}/notes`)).body
    expect(notes.map(({ bodyText }: { bodyText: string }) => bodyText).sort()).toEqual(
      [
        `vip|${JSON.stringify({ tags: { from: ['old'], to: ['old', 'vip', 'other'] } })}`,
        JSON.stringify({ status: { from: 'open', to: 'won' }, expectedCloseDate: { from: null, to: '2027-01-31' } }),
      ].sort(),
    )
    for (const workflow of [tagged, changed]) await end(workflow)
  })

  describe('updating an opportunity', () => {
    test('adds to what others add to at the same moment', async () => {
      const trigger = { type: 'opportunity_status_changed', filters: { to: 'won' } }
      const signs = ['A', 'B', 'C', 'D']
      const workflows = []
      for (const sign of signs) {
        const steps = [update({ source: `{{opportunity.source}}${sign}` })]
        workflows.push(await flows.running({ trigger, steps }))
      }
      for (let time = 0; time < 3; time++) {
        const { id } = await crm.given.opportunity({ source: '' })
        await crm.v2.put(`/opportunities/${id}/status`, { status: 'won' })
        await crm.settle()
        expect([...(await opportunityOf(id)).source].sort()).toEqual(signs)
      }
      for (const workflow of workflows) await end(workflow)
    })

    test('skips the way back to an earlier stage, unless that is allowed', async () => {
      const [first, , third] = crm.stages
      const back = { pipelineStageId: first?.id }
      const refused = await won({ steps: [update(back)] }, { pipelineStageId: third?.id })
      expect(refused.steps).toMatchObject([{ state: 'skipped', result: { changed: [], skipped: ['pipelineStageId'] } }])
      expect((await opportunityOf(refused.opportunity.id)).pipelineStageId).toBe(third?.id)
      await end(refused.workflow)

      const rest = await won({ steps: [update({ ...back, monetaryValue: 9 })] }, { pipelineStageId: third?.id })
      expect(rest.steps).toMatchObject([
        { state: 'done', result: { changed: ['monetaryValue'], skipped: ['pipelineStageId'] } },
      ])
      await end(rest.workflow)

      const allowed = await won({ steps: [update({ ...back, allowBackward: true })] }, { pipelineStageId: third?.id })
      expect((await opportunityOf(allowed.opportunity.id)).pipelineStageId).toBe(first?.id)
      await end(allowed.workflow)
    })

    test('loses a deal with its reason', async () => {
      const { id } = await createLostReason(crm.as(crm.locationId), 'Too late')
      const { workflow, opportunity } = await won({ steps: [update({ status: 'lost', lostReasonId: id })] })

      expect(await opportunityOf(opportunity.id)).toMatchObject({ status: 'lost', lostReasonId: id })
      await end(workflow)
    })
  })

  test('creates, finds and removes opportunities, and goes the way that it found', async () => {
    const found = {
      type: 'find_opportunity',
      settings: { status: 'open' },
      branches: { found: [addTag('found')], notFound: [addTag('none')] },
    }
    const create = {
      type: 'internal_create_opportunity',
      settings: { pipelineId: crm.pipeline.id, monetaryValue: '{{opportunity.monetaryValue}}' },
    }
    const { workflow, opportunity, steps } = await won(
      { steps: [found, create, found, update({ name: 'The new one' }), { type: 'remove_opportunity' }] },
      { monetaryValue: 40 },
    )

    expect(steps.map(({ place, state }: { place: string; state: string }) => `${place} ${state}`)).toEqual([
      '0 done',
      '0.notFound.0 done',
      '1 done',
      '2 done',
      '2.found.0 done',
      '3 done',
      '4 done',
    ])
    const { opportunityId } = steps[2].result
    expect(steps[3].result).toEqual({ opportunityId })
    expect((await crm.v2.get(`/opportunities/${opportunityId}`)).status).toBe(404)
    expect((await crm.events(opportunityId)).map(({ types }) => types[0])).toEqual([
      'OpportunityCreate',
      'OpportunityUpdate',
      'OpportunityDelete',
    ])
    expect((await opportunityOf(opportunity.id)).name).toBe('A deal')
    await end(workflow)
  })

  test('creates no second opportunity where that is not wanted, and removes all of a contact', async () => {
    const create = {
      type: 'internal_create_opportunity',
      settings: { pipelineId: crm.pipeline.id, allowDuplicate: false },
    }
    const { workflow, opportunity, steps } = await won({
      steps: [create, { type: 'remove_opportunity', settings: { which: 'all', pipelineId: crm.pipeline.id } }],
    })

    expect(steps).toMatchObject([
      { state: 'skipped', result: { existingId: opportunity.id } },
      { state: 'done', result: { removed: [opportunity.id] } },
    ])
    await end(workflow)
  })

  test('updates what there is in a pipeline, or creates it, by the older action and its names', async () => {
    const elsewhere = await crm.given.pipeline('Onboarding')
    const [first, second] = elsewhere.stages.map(({ id }) => id)
    const put = (settings: object) => ({
      type: 'Create/Update Opportunity',
      settings: { pipeline_id: elsewhere.id, ...settings },
    })
    const worth = '{{opportunity.monetaryValue}}'
    const { workflow, opportunity, steps, run } = await won({
      steps: [
        put({ pipeline_stage_id: second, opportunity_name: 'Welcome {{contact.first_name}}', monetary_value: worth }),
        put({ pipeline_stage_id: first, opportunity_source: 'again', opportunity_status: 'lost' }),
        put({ pipeline_stage_id: first, allow_backward: true }),
        put({ allow_duplicate: true }),
      ],
    })

    const made = steps[0].result.opportunityId
    expect(made).not.toBe(opportunity.id)
    expect(steps).toMatchObject([
      { type: 'create_opportunity', state: 'done', result: { opportunityId: made } },
      { state: 'done', result: { changed: ['status', 'source'], skipped: ['pipelineStageId'] } },
      { state: 'done', result: { changed: ['pipelineStageId'] } },
      { state: 'done', result: { opportunityId: run.opportunityId } },
    ])
    expect(run.opportunityId).not.toBe(made)
    expect(await opportunityOf(made)).toMatchObject({
      name: 'Welcome Ada',
      source: 'again',
      status: 'lost',
      pipelineStageId: first,
      monetaryValue: opportunity.monetaryValue,
    })
    await end(workflow)
  })

  test('assigns in turn, leaves what is taken, and sees to followers', async () => {
    const [one, two] = [await crm.given.user(), await crm.given.user()]
    const users = [one.id, two.id]
    const trigger = { type: 'opportunity_created' }
    const assign = { type: 'internal-add-opportunity-owner', settings: { users, onlyUnassigned: true } }
    const followed = { type: 'add_opportunity_followers', settings: { users } }
    const left = { type: 'remove_opportunity_followers', settings: { users: [two.id] } }
    const workflow = await flows.running({ trigger, steps: [assign, followed, left] })

    const made = []
    for (const assignedTo of [undefined, undefined, one.id, undefined]) {
      made.push((await crm.given.opportunity(assignedTo ? { assignedTo } : {})).id)
      await crm.settle()
    }

    const owners = []
    for (const id of made) owners.push((await opportunityOf(id)).assignedTo)
    expect(owners).toEqual([one.id, two.id, one.id, one.id])
    expect((await opportunityOf(made[0])).followers).toEqual([one.id])
    await end(workflow)
  })

  test('sees to followers, all of them at once too, and says where there was nothing to do', async () => {
    const [one, two] = [await crm.given.user(), await crm.given.user()]
    const users = [one.id, two.id]
    const follow = { type: 'add_opportunity_followers', settings: { users } }
    const leave = { type: 'remove_opportunity_followers' }
    const { workflow, opportunity, steps } = await won({ steps: [follow, follow, leave, leave] })

    expect(steps).toMatchObject([
      { state: 'done', result: { added: users } },
      { state: 'skipped', result: { added: [] } },
      { state: 'done', result: { removed: users } },
      { state: 'skipped', result: { removed: [] } },
    ])
    expect((await opportunityOf(opportunity.id)).followers).toEqual([])
    await end(workflow)
  })

  test('assigns the contact where there is no opportunity, and takes its owner away', async () => {
    const user = await crm.given.user()
    const assign = { type: 'internal-add-opportunity-owner', settings: { users: [user.id] } }
    const free = { type: 'internal-remove-opportunity-owner' }
    const ownerOf = async (id: string) => (await crm.v2.get(`/contacts/${id}`)).body.contact.assignedTo ?? null
    const workflow = await flows.running({
      trigger: { type: 'contact_tag', filters: { tag: 'ours' } },
      steps: [assign],
    })
    const { id } = await crm.given.contact({ tags: ['ours'] })
    await crm.settle()
    expect(await ownerOf(id)).toBe(user.id)
    await end(workflow)

    const freeing = { trigger: { type: 'contact_tag', filters: { tag: 'free' } }, steps: [free, free] }
    const other = await flows.running(freeing)
    await crm.v2.post(`/contacts/${id}/tags`, { tags: ['free'] })
    await crm.settle()
    expect(await ownerOf(id)).toBeNull()
    expect((await flows.story(other.id)).steps).toMatchObject([
      { state: 'done', result: { removed: user.id } },
      { state: 'skipped', result: { removed: null } },
    ])
    await end(other)
  })

  test('gives tasks, and takes tags and owners away', async () => {
    const user = await crm.given.user()
    const contact = await crm.given.contact({ tags: ['cold', 'kept'] })
    const { workflow, opportunity } = await won(
      {
        steps: [
          { type: 'add_task', settings: { title: 'Call {{contact.name}}', dueIn: { days: 2 }, assignedTo: user.id } },
          { type: 'remove_contact_tag', settings: { tags: ['Cold'] } },
          { type: 'internal-remove-opportunity-owner' },
        ],
      },
      { contactId: contact.id, assignedTo: user.id },
    )

    const { tasks } = (await crm.v2.get(`/contacts/${contact.id}/tasks`)).body
    expect(tasks).toMatchObject([
      { title: `Call ${contact.firstName} ${contact.lastName}`, assignedTo: user.id, completed: false },
    ])
    expect(await flows.tags(contact.id)).toEqual(['kept'])
    expect((await opportunityOf(opportunity.id)).assignedTo ?? null).toBeNull()
    await end(workflow)
  })

  describe('goes one way or the other', () => {
    const conditions: [condition: object, isMet: boolean][] = [
      [{ field: 'opportunity.monetaryValue', is: 'greaterThan', value: 99.5 }, true],
      [{ field: 'opportunity.monetaryValue', is: 'atMost', value: '100' }, true],
      [{ field: 'opportunity.monetaryValue', is: 'lessThan', value: 100 }, false],
      [{ field: 'opportunity.name', is: 'equals', value: 'a DEAL' }, true],
      [{ field: 'opportunity.name', is: 'notEquals', value: 'A deal' }, false],
      [{ field: 'contact.tags', is: 'contains', value: 'Gold' }, true],
      [{ field: 'contact.tags', is: 'notContains', value: 'gold' }, false],
      [{ field: 'contact.phone', is: 'isEmpty' }, true],
      [{ field: 'contact.email', is: 'isNotEmpty' }, true],
      [{ field: 'contact.phone', is: 'greaterThan', value: 0 }, false],
      [{ field: 'opportunity.createdAt', is: 'greaterThan', value: '2020-01-01' }, true],
      [{ field: 'trigger.changes.status.to', is: 'equals', value: '{{opportunity.status}}' }, true],
    ]

    test('as each condition holds or not', async () => {
      const steps = conditions.map(([condition]) => ({
        type: 'if_else',
        settings: { conditions: [condition] },
        branches: { yes: [], no: [] },
      }))
      const contact = await crm.given.contact({ tags: ['gold'] })
      const story = await won({ steps }, { contactId: contact.id, monetaryValue: 100 })

      const taken = story.steps.map(({ result }: { result: { branch: string } }) => result.branch)
      expect(taken).toEqual(conditions.map(([, isMet]) => (isMet ? 'yes' : 'no')))
      await end(story.workflow)
    })

    test('and on behind the branches; any of several conditions may do', async () => {
      const [yes, no] = [
        { field: 'opportunity.status', is: 'equals', value: 'won' },
        { field: 'opportunity.status', is: 'isEmpty' },
      ]
      const branches = { yes: [addTag('y')], no: [addTag('n')] }
      const { workflow, opportunity } = await won({
        steps: [
          { type: 'if_else', settings: { conditions: [yes, no] }, branches },
          { type: 'if_else', settings: { conditions: [yes, no], match: 'any' }, branches: { yes: [{ type: 'stop' }] } },
          addTag('never'),
        ],
      })

      expect(await flows.tags(opportunity.contactId)).toEqual(['n'])
      await end(workflow)
    })
  })

  describe('waits', () => {
    test('for a time, and goes on when it has passed', async () => {
      const { workflow, opportunity, run } = await won({
        steps: [{ type: 'wait', settings: { for: { hours: 1, minutes: 30 } } }, addTag('later')],
      })
      expect(run).toMatchObject({ state: 'waiting', place: '1' })
      expect(Date.parse(run.nextAt) - Date.parse(run.startedAt)).toBeGreaterThanOrEqual(90 * minute)

      crm.advance(89 * minute)
      await crm.settle()
      expect(await flows.tags(opportunity.contactId)).toEqual([])
      crm.advance(2 * minute)
      await crm.settle()

      expect(await flows.tags(opportunity.contactId)).toEqual(['later'])
      expect((await flows.story(workflow.id)).run).toMatchObject({ state: 'done' })
      await end(workflow)
    })

    test('until a day that a field names; what is past is not waited for', async () => {
      const { workflow, opportunity, run } = await won(
        {
          steps: [
            { type: 'wait', settings: { until: '2020-02-02' } },
            { type: 'wait', settings: { until: '{{contact.dateOfBirth}}' } },
            addTag('day'),
          ],
        },
        { contactId: (await crm.given.contact({ dateOfBirth: '2090-09-25' })).id },
      )

      expect(run).toMatchObject({ state: 'waiting', nextAt: '2090-09-25T00:00:00.000Z', place: '2' })
      await flows.act(`runs/${run.id}/stop`)
      await crm.settle()
      expect(await flows.tags(opportunity.contactId)).toEqual([])
      await end(workflow)
    })

    const forTag = (timeout: object) => ({
      type: 'wait',
      settings: { condition: { conditions: [{ field: 'contact.tags', is: 'contains', value: 'paid' }], timeout } },
      branches: { met: [addTag('thanked')], timedOut: [addTag('reminded')] },
    })

    test('for a condition, which a change makes true at once', async () => {
      const { workflow, opportunity, run } = await won({ steps: [forTag({ days: 3 })] })
      expect(run).toMatchObject({ state: 'waiting', place: '0' })
      await crm.v2.put(`/opportunities/${opportunity.id}`, { name: 'Something else' })
      await crm.settle()
      expect((await flows.story(workflow.id)).run).toMatchObject({ state: 'waiting', nextAt: run.nextAt })

      await crm.v2.post(`/contacts/${opportunity.contactId}/tags`, { tags: ['paid'] })
      await crm.settle()

      expect((await flows.tags(opportunity.contactId)).sort()).toEqual(['paid', 'thanked'])
      expect((await flows.story(workflow.id)).steps).toMatchObject([
        { place: '0', state: 'done', result: { branch: 'met' } },
        { place: '0.met.0' },
      ])
      await end(workflow)
    })

    test('for a condition no longer than its time-out', async () => {
      const { workflow, opportunity } = await won({ steps: [forTag({ minutes: 10 })] })

      crm.advance(11 * minute)
      await crm.settle()

      expect(await flows.tags(opportunity.contactId)).toEqual(['reminded'])
      await end(workflow)
    })
  })

  describe('whose step fails', () => {
    const failing = { steps: [addTag('before'), update({ monetaryValue: '{{contact.name}}' }), addTag('after')] }
    const reason = (name: string) => `monetaryValue must be a number, not "${name}"`

    async function failed() {
      const story = await won(failing)
      for (const delay of [10_000, 60_000, 300_000]) {
        crm.advance(delay + 1)
        await crm.settle()
      }
      return { ...story, ...(await flows.story(story.workflow.id)) }
    }

    test('is tried again, ever later, and then waits for a person with all of it in the log', async () => {
      const { workflow, opportunity, run } = await won(failing)
      const contact = (await crm.v2.get(`/contacts/${opportunity.contactId}`)).body.contact
      const name = `${contact.firstName} ${contact.lastName}`
      expect(run).toMatchObject({ state: 'retrying', place: '1', error: reason(name) })
      crm.advance(9_000)
      await crm.settle()
      expect((await flows.story(workflow.id)).steps).toHaveLength(2)
      for (const delay of [1_001, 60_001, 300_001, 3_600_000]) {
        crm.advance(delay)
        await crm.settle()
      }

      const { run: after, steps } = await flows.story(workflow.id)
      expect(after).toMatchObject({ state: 'failed', nextAt: null, error: reason(name), endedAt: null })
      expect(
        steps.map(({ place, state, attempt }: { place: string; state: string; attempt: number }) => [
          place,
          state,
          attempt,
        ]),
      ).toEqual([
        ['0', 'done', 1],
        ['1', 'failed', 1],
        ['1', 'failed', 2],
        ['1', 'failed', 3],
        ['1', 'failed', 4],
      ])
      expect(steps[4]).toMatchObject({ error: reason(name), input: { monetaryValue: '{{contact.name}}' } })
      expect(await flows.tags(opportunity.contactId)).toEqual(['before'])
      await end(workflow)
    })

    test('is tried again by a person once what was wrong is mended', async () => {
      const { workflow, opportunity, run } = await failed()
      await crm.v2.put(`/contacts/${opportunity.contactId}`, { firstName: '77', lastName: '', name: '77' })

      const reply = await flows.act(`runs/${run.id}/retry`)
      expect(reply.body.run).toMatchObject({ state: 'running', error: null })
      await crm.settle()

      expect((await flows.story(workflow.id)).run).toMatchObject({ state: 'done' })
      expect((await opportunityOf(opportunity.id)).monetaryValue).toBe(77)
      expect((await flows.tags(opportunity.contactId)).sort()).toEqual(['after', 'before'])
      await end(workflow)
    })

    test('is tried again, or left out, by a person who does not wait for the next try', async () => {
      const { workflow, run } = await won(failing)
      expect(run).toMatchObject({ state: 'retrying', place: '1' })

      expect((await flows.act(`runs/${run.id}/retry`)).body.run).toMatchObject({ state: 'running', error: null })
      await crm.settle()
      const { run: again, steps } = await flows.story(workflow.id)
      expect(again).toMatchObject({ state: 'retrying', place: '1' })
      expect(steps.map(({ attempt }: { attempt: number }) => attempt)).toEqual([1, 1, 1])

      await flows.act(`runs/${run.id}/skip`)
      await crm.settle()
      expect((await flows.story(workflow.id)).run).toMatchObject({ state: 'done' })
      const { status, body } = await flows.act(`runs/${run.id}/retry`)
      expect([status, body.message]).toEqual([400, 'The run has not failed: it is done.'])
      await end(workflow)
    })

    test('is left out by a person', async () => {
      const { workflow, opportunity, run } = await failed()

      await flows.act(`runs/${run.id}/skip`)
      await crm.settle()

      const { run: after, steps } = await flows.story(workflow.id)
      expect(after.state).toBe('done')
      expect(steps.at(-2)).toMatchObject({ place: '1', state: 'skipped', result: { skippedBy: expect.any(String) } })
      expect((await flows.tags(opportunity.contactId)).sort()).toEqual(['after', 'before'])
      await end(workflow)
    })

    test('is ended by a person, for good', async () => {
      const { workflow, opportunity, run } = await failed()

      expect((await flows.act(`runs/${run.id}/stop`)).body.run).toMatchObject({
        state: 'stopped',
        error: expect.stringMatching(/^Stopped by the token /),
      })
      const refused = { statusCode: 400, error: 'Bad Request', code: 'RUN_STATE_MISMATCH' }
      expect((await flows.act(`runs/${run.id}/retry`)).body).toMatchObject({
        ...refused,
        message: 'The run has not failed: it is stopped.',
      })
      expect((await flows.act(`runs/${run.id}/skip`)).body).toMatchObject({
        ...refused,
        message: 'The run has not failed: it is stopped.',
      })
      expect((await flows.act(`runs/${run.id}/stop`)).body).toMatchObject({ ...refused, message: 'The run is over.' })
      await crm.settle()
      expect(await flows.tags(opportunity.contactId)).toEqual(['before'])
      await end(workflow)
    })
  })

  describe('while its workflow', () => {
    const waiting = { steps: [{ type: 'wait', settings: { for: { minutes: 5 } } }, addTag('on')] }
    const win = async () => {
      const opportunity = await crm.given.opportunity()
      await crm.v2.put(`/opportunities/${opportunity.id}/status`, { status: 'won' })
      await crm.settle()
      return opportunity
    }

    test('is paused, stands still, and nobody enters; resumed, it goes on', async () => {
      const { workflow, opportunity } = await won(waiting)
      await flows.act(`workflows/${workflow.id}/pause`)
      await win()
      crm.advance(6 * minute)
      await crm.settle()
      expect((await flows.story(workflow.id)).run).toMatchObject({ state: 'waiting', isPaused: true })
      expect(await flows.tags(opportunity.contactId)).toEqual([])

      await flows.act(`workflows/${workflow.id}/resume`)
      await crm.settle()

      expect((await flows.story(workflow.id)).run).toMatchObject({ state: 'done', isPaused: false })
      expect(await flows.tags(opportunity.contactId)).toEqual(['on'])
      await end(workflow)
    })

    test('is drained, goes through to the end, and nobody enters', async () => {
      const { workflow, opportunity } = await won(waiting)
      await flows.act(`workflows/${workflow.id}/drain`)
      await win()
      crm.advance(6 * minute)
      await crm.settle()

      expect((await flows.story(workflow.id)).run).toMatchObject({ state: 'done' })
      expect(await flows.tags(opportunity.contactId)).toEqual(['on'])
      await end(workflow)
    })

    test('is published anew, goes on as it began', async () => {
      const { workflow, opportunity } = await won(waiting)
      await crm.v2.put(`/console/workflows/${workflow.id}`, { steps: [addTag('new')] })
      await flows.publish(workflow.id)
      const other = await win()
      crm.advance(6 * minute)
      await crm.settle()

      expect(await flows.tags(opportunity.contactId)).toEqual(['on'])
      expect(await flows.tags(other.contactId)).toEqual(['new'])
      expect((await flows.runs(workflow.id)).map(({ version }) => version)).toEqual([2, 1])
      await end(workflow)
    })

    test('is a draft again, ends, and says why', async () => {
      const { workflow, opportunity } = await won(waiting)
      await end(workflow)
      crm.advance(6 * minute)
      await crm.settle()

      expect((await flows.story(workflow.id)).run).toMatchObject({
        state: 'stopped',
        error: 'Its workflow is not published any more',
      })
      expect(await flows.tags(opportunity.contactId)).toEqual([])
    })
  })

  test('lets another workflow begin, and takes the contact out of it', async () => {
    const wait = { type: 'wait', settings: { for: { days: 1 } } }
    const other = await flows.running({
      trigger: { type: 'contact_tag', filters: { tag: 'nobody-has-this' } },
      steps: [wait, addTag('stayed')],
    })
    const into = { type: 'add_to_workflow', settings: { workflowId: other.id } }
    const { workflow, opportunity } = await won({ steps: [into] })
    expect(await flows.runs(other.id)).toMatchObject([{ state: 'waiting', depth: 1, opportunityId: opportunity.id }])
    await end(workflow)

    const out = { type: 'remove_from_workflow', settings: { workflowId: other.id } }
    const leaving = await flows.running({ trigger: { type: 'opportunity_changed' }, steps: [out] })
    await crm.v2.put(`/opportunities/${opportunity.id}`, { name: 'Changed' })
    await crm.settle()

    expect(await flows.runs(other.id)).toMatchObject([
      { state: 'stopped', error: expect.stringMatching(/^Taken out by the run /) },
    ])
    await end(leaving)
  })

  test('of many steps comes to its end', async () => {
    const { workflow, run, steps } = await won({ steps: Array.from({ length: 120 }, (_, at) => addTag(`tag ${at}`)) })

    expect(run.state).toBe('done')
    expect(steps).toHaveLength(120)
    await end(workflow)
  })

  test('ends with its contact, and says so', async () => {
    const wait = { type: 'wait', settings: { for: { hours: 1 } } }
    const { workflow, opportunity } = await won({ steps: [wait, addTag('too late')] })
    await crm.v2.delete(`/contacts/${opportunity.contactId}`)
    await crm.settle()

    expect((await flows.story(workflow.id)).run).toMatchObject({
      state: 'stopped',
      error: 'Its contact was deleted',
      nextAt: null,
    })
    await end(workflow)
  })

  test('is tried out on a draft: told step by step, and nothing is changed, sent or waited for', async () => {
    const { id, contactId } = await crm.given.opportunity({ monetaryValue: 5 })
    const { id: draft } = await flows.create({
      trigger: { type: 'opportunity_created' },
      steps: [
        addTag('tried'),
        { type: 'wait', settings: { for: { days: 5 } } },
        { type: 'webhook', settings: { url: 'http://127.0.0.1:9/{{contact.id}}', headers: { 'X-Key': 'secret' } } },
        update({ name: 'Tried', monetaryValue: '{{opportunity.name}}' }),
      ],
    })

    const { body } = await flows.act(`workflows/${draft}/test`, { opportunityId: id })

    expect(body).toMatchObject({
      state: 'failed',
      error: 'monetaryValue must be a number, not "A deal"',
      steps: [
        { state: 'done', result: { added: ['tried'] } },
        { state: 'done', type: 'wait' },
        { state: 'done', type: 'webhook', result: { url: `http://127.0.0.1:9/${contactId}` } },
        { state: 'failed', place: '3' },
      ],
    })
    expect(await flows.tags(contactId)).toEqual([])
    expect((await opportunityOf(id)).name).toBe('A deal')
    expect(await flows.runs(draft)).toEqual([])
  })

  test('is listed newest first, a page at a time, and is nobody else’s', async () => {
    await crm.settle()
    const workflow = await flows.running({ trigger: { type: 'contact_created' }, steps: [addTag('x')] })
    for (let made = 0; made < 5; made++) await crm.given.contact()
    await crm.settle()
    const all = await flows.runs(workflow.id)
    const page = (more = '') => crm.v2.get(`/console/runs?workflowId=${workflow.id}&limit=2${more}`)

    const first = (await page()).body
    const second = (await page(`&cursor=${first.nextCursor}`)).body
    const third = (await page(`&cursor=${second.nextCursor}`)).body

    expect([...first.runs, ...second.runs, ...third.runs]).toEqual(all)
    expect(third.nextCursor).toBeNull()
    expect(await flows.runs(workflow.id, `&contactId=${all[0].contactId}&state=done`)).toEqual([all[0]])
    expect(await flows.runs(workflow.id, '&state=failed')).toEqual([])
    const other = await crm.given.location()
    expect((await crm.v2.get(`/console/runs/${all[0].id}`, { token: other.token })).status).toBe(404)
    expect((await crm.v2.get('/console/runs?cursor=x')).status).toBe(422)
    await end(workflow)
  })
})
