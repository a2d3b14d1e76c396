import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'
import { randomFrom } from '../../support/random.ts'
import { addTag, workflowsOf } from '../../support/workflows.ts'

onEveryStore('the definition of a workflow', (crm) => {
  let flows: ReturnType<typeof workflowsOf>
  beforeAll(() => {
    flows = workflowsOf(crm)
  })
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)

  test('is kept as a draft, with what was left out filled in', async () => {
    const reply = await crm.v2.post('/console/workflows', {
      name: 'Won deals',
      trigger: { type: 'opportunity_status_changed', filters: { to: 'won' } },
      steps: [addTag('customer')],
    })

    const workflow = {
      id: expect.stringMatching(/^\w{20}$/),
      name: 'Won deals',
      state: 'draft',
      version: 0,
      locationId: crm.locationId,
      createdAt: time,
      updatedAt: time,
      revision: expect.stringMatching(/^[\w-]{20}$/),
      draft: {
        name: 'Won deals',
        trigger: { type: 'opportunity_status_changed', filters: { to: 'won' } },
        steps: [{ type: 'add_contact_tag', settings: { tags: ['customer'] } }],
        settings: { allowMultiple: true, allowMultipleOpportunity: true },
      },
      stepIds: { 0: expect.stringMatching(/^\w{20}$/) },
      hookUrl: null,
    }
    expect(reply.status).toBe(201)
    expect(bare(reply)).toEqual({ workflow })
    const { id } = reply.body.workflow
    expect(bare(await crm.v2.get(`/console/workflows/${id}`))).toEqual({
      workflow,
      issues: [],
      isChanged: true,
      runs: {},
    })
    const { draft: _, hookUrl: __, stepIds: ___, ...bareWorkflow } = workflow
    const { revision } = reply.body.workflow
    const listed = { ...bareWorkflow, revision, trigger: 'opportunity_status_changed', runs: {} }
    expect((await crm.v2.get('/console/workflows')).body.workflows).toContainEqual(listed)
  })

  test('may be incomplete, and is told what it lacks, but is not published', async () => {
    const { id } = await flows.create({
      name: 'Half',
      steps: [
        { type: 'webhook', settings: {} },
        { type: 'wait' },
        { type: 'if_else', branches: { yes: [{ type: 'add_notes' }] } },
      ],
    })
    const issues = [
      'trigger should not be empty',
      'steps.0.settings.url should not be empty',
      'steps.0.settings.url must be a string',
      'steps.1.settings must have exactly one of for, until and condition',
      'steps.2.settings.conditions should not be empty',
      'steps.2.settings.conditions must be an array',
      'steps.2.branches.yes.0.settings.body should not be empty',
      'steps.2.branches.yes.0.settings.body must be a string',
    ]

    expect((await flows.get(id)).issues).toEqual(issues)
    expect(bare(await crm.v2.post(`/console/workflows/${id}/publish`))).toEqual({
      statusCode: 422,
      error: 'Unprocessable Entity',
      message: issues,
    })
    expect((await flows.get(id)).workflow).toMatchObject({ state: 'draft', version: 0 })
  })

  test('is told all that is wrong with it at once, by itself and by what it names', async () => {
    const { id } = await flows.create({
      trigger: { type: 'opportunity_created', filters: { pipelineId: 'nope' } },
      steps: [
        { type: 'add_notes', settings: { body: '', userId: 'nobody' } },
        { type: 'webhook', settings: { headers: { 'Content-Length': '1' } } },
      ],
    })

    expect((await flows.get(id)).issues).toEqual([
      'steps.0.settings.body should not be empty',
      'steps.1.settings.url should not be empty',
      'steps.1.settings.url must be a string',
      'steps.1.settings.headers.Content-Length must not be set: the server sets it',
      'trigger.filters.pipelineId must be the id of a pipeline that exists',
      'steps.0.settings.userId must be the id of a user that exists',
    ])
  })

  describe('is not published while it can only fail:', () => {
    const created = (filters: object) => ({ trigger: { type: 'opportunity_created', filters } })
    const doing = (type: string, settings: object) => ({ steps: [{ type, settings }] })
    const noValue = 'value should not be empty; whether there is nothing is asked by isEmpty'
    const noSecret = 'must be base64, such as whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    const noDay = 'must be a day or a time such as 2026-12-24T09:00:00Z, not "gibberish"'
    const condition = { conditions: [{ field: 'contact.email', is: 'contains' }] }
    const mail = { conditions: [{ field: 'payload.mail', is: 'equals' }] }
    const signature = { scheme: 'standard', secret: 'no base64!' }

    const wrong: [what: string, wanted: object, issues: string[]][] = [
      ['a day that is none', doing('wait', { until: 'gibberish' }), [`steps.0.settings.until ${noDay}`]],
      [
        'numbers and days that are none',
        doing('internal_update_opportunity', { monetaryValue: 'abc' }),
        ['steps.0.settings.monetaryValue must be a number, not "abc"'],
      ],
      [
        'a day that is not on the calendar',
        doing('internal_update_opportunity', { expectedCloseDate: '2026-99-99' }),
        ['steps.0.settings.expectedCloseDate must be a day such as 2026-01-31, not "2026-99-99"'],
      ],
      [
        'a number that is none, in the older action',
        doing('create_opportunity', { pipeline_id: '{{payload.pipeline}}', monetary_value: 'abc' }),
        ['steps.0.settings.monetary_value must be a number, not "abc"'],
      ],
      [
        'ranges in which nothing is',
        created({ monetaryValue: { min: 10, max: 1 }, expectedCloseDate: { from: '2026-02-01', to: '2026-01-01' } }),
        [
          'trigger.filters.monetaryValue.max must not be less than its min',
          'trigger.filters.expectedCloseDate.to must not be before its from',
        ],
      ],
      [
        'a filter by a day that there is not',
        created({ expectedCloseDate: { from: '2026-13-45' } }),
        ['trigger.filters.expectedCloseDate.from must be a day of the calendar'],
      ],
      [
        'a custom value that there is not',
        doing('add_notes', { body: 'Hello {{custom_values.nope}}' }),
        ['steps.0.settings.body has no merge field custom_values.nope to be filled in'],
      ],
      ['a comparison with nothing', doing('if_else', condition), [`steps.0.settings.conditions.0.${noValue}`]],
      [
        'a wait for a comparison with nothing',
        doing('wait', { condition: { ...condition, timeout: { days: 1 } } }),
        [`steps.0.settings.condition.conditions.0.${noValue}`],
      ],
      [
        'a secret that nothing is signed by, and payloads compared with nothing',
        { trigger: { type: 'inbound_webhook', filters: { signature, only: [mail] } } },
        [`trigger.filters.only.0.conditions.0.${noValue}`, `trigger.filters.signature.secret ${noSecret}`],
      ],
    ]

    test.each(wrong)('%s', async (_what, wanted, issues) => {
      const { id } = await flows.create({ ...created({}), steps: [{ type: 'stop' }], ...wanted })

      expect((await flows.get(id)).issues).toEqual(issues)
      expect(bare(await crm.v2.post(`/console/workflows/${id}/publish`))).toEqual({
        statusCode: 422,
        message: issues,
        error: 'Unprocessable Entity',
      })
    })
  })

  describe('that makes no sense is refused with the path and the reason', () => {
    const wrong: [what: string, wanted: object, message: string | RegExp][] = [
      ['no name', { name: ' ' }, 'name should not be empty'],
      [
        'a trigger that nobody knows',
        { trigger: { type: 'moon_full' } },
        /^trigger.type must be one of the following values: opportunity_created, /,
      ],
      ['a trigger that is a text', { trigger: 'opportunity_created' }, 'trigger must be an object'],
      [
        'a filter that nobody knows',
        { trigger: { type: 'opportunity_created', filters: { colour: 'red' } } },
        'trigger.filters.property colour should not exist',
      ],
      [
        'a status that there is not',
        { trigger: { type: 'opportunity_status_changed', filters: { to: 'sold' } } },
        'trigger.filters.to must be one of the following values: open, won, lost, abandoned',
      ],
      ['steps that are no list', { steps: {} }, 'steps must be an array'],
      ['a step that is a text', { steps: ['add_contact_tag'] }, 'steps.0 must be an object'],
      [
        'a step that nobody knows',
        { steps: [{ type: 'sing' }] },
        /^steps.0.type must be one of the following values: internal_create_opportunity, /,
      ],
      [
        'a setting of the wrong kind',
        { steps: [addTag('x'), { type: 'add_contact_tag', settings: { tags: 'customer' } }] },
        'steps.1.settings.tags must be an array',
      ],
      [
        'a setting that nobody knows',
        { steps: [{ type: 'stop', settings: { now: true } }] },
        'steps.0.settings.property now should not exist',
      ],
      [
        'something wrong in a branch',
        {
          steps: [
            {
              type: 'find_opportunity',
              branches: { found: [{ type: 'internal_update_opportunity', settings: { status: 'sold' } }] },
            },
          ],
        },
        'steps.0.branches.found.0.settings.status must be one of the following values: open, won, lost, abandoned',
      ],
      [
        'a branch that there is not',
        { steps: [{ type: 'if_else', branches: { maybe: [] } }] },
        'steps.0.branches.property maybe should not exist; there are yes, no',
      ],
      ['a setting of all that nobody knows', { settings: { speed: 9 } }, 'settings.property speed should not exist'],
      [
        'a merge field that does not close',
        { steps: [{ type: 'add_notes', settings: { body: 'Dear {{contact.name' } }] },
        'steps.0.settings.body has a merge field that is not closed',
      ],
      ['something else beside', { colour: 'red' }, 'property colour should not exist'],
    ]

    test.each(wrong)('%s', async (_what, wanted, message) => {
      const reply = await crm.v2.post('/console/workflows', { name: 'Wrong', ...wanted })

      expect(reply.status).toBe(422)
      expect(reply.body.message).toContainEqual(typeof message === 'string' ? message : expect.stringMatching(message))
      expect((await crm.v2.get('/console/workflows')).body.workflows).not.toContainEqual(
        expect.objectContaining({ name: 'Wrong' }),
      )
    })
  })

  test('is told what is wrong with the form that it has, not with another that it might have', async () => {
    const trigger = (only: unknown) => ({ type: 'inbound_webhook', filters: { only } })
    const [kind, stop] = [{ field: 'payload.kind', is: 'equals', value: 'paid' }, { type: 'stop' }]
    const isAmong =
      'must be one of the following values: equals, notEquals, contains, notContains, greaterThan, atLeast, lessThan, atMost, isEmpty, isNotEmpty'

    for (const [only, ...message] of [
      ['paid', 'trigger.filters.only must be an object', 'trigger.filters.only must be an array'],
      [{ conditions: [{ ...kind, is: 'like' }] }, `trigger.filters.only.conditions.0.is ${isAmong}`],
      [
        [{ conditions: [kind] }, { conditions: [kind], all: true }],
        'trigger.filters.only.1.property all should not exist',
      ],
    ] as const) {
      const reply = await crm.v2.post('/console/workflows', { name: 'Wrong', trigger: trigger(only) })
      expect(bare(reply)).toEqual({ statusCode: 422, message, error: 'Unprocessable Entity' })
    }
    for (const [only, ...issues] of [
      [{ conditions: [] }, 'trigger.filters.only.conditions must contain at least 1 elements'],
      [
        [{ conditions: [kind] }, {}],
        'trigger.filters.only.1.conditions should not be empty',
        'trigger.filters.only.1.conditions must be an array',
      ],
      [[{ conditions: [kind] }]],
    ] as const) {
      const { id } = await flows.create({ trigger: trigger(only), steps: [stop] })
      expect((await flows.get(id)).issues).toEqual(issues)
    }
  })

  test('that names what is not there is not published', async () => {
    const elsewhere = await crm.given.pipeline()
    const { id } = await flows.create({
      trigger: { type: 'pipeline_stage_updated', filters: { to: ['no-stage'], pipelineId: 'no-pipeline' } },
      steps: [
        {
          type: 'internal_update_opportunity',
          settings: { pipelineId: crm.pipeline.id, pipelineStageId: elsewhere.stages[0]?.id, assignedTo: 'nobody' },
        },
        { type: 'internal_update_opportunity', settings: { lostReasonId: 'none', status: 'lost' } },
        { type: 'add_to_workflow', settings: { workflowId: 'no-workflow' } },
        { type: 'internal-add-opportunity-owner', settings: { users: ['nobody', '{{contact.assignedTo}}'] } },
      ],
    })

    expect((await flows.get(id)).issues).toEqual([
      'trigger.filters.to.0 must be the id of a stage of a pipeline that exists',
      'trigger.filters.pipelineId must be the id of a pipeline that exists',
      'steps.0.settings.assignedTo must be the id of a user that exists',
      'steps.1.settings.lostReasonId must be the id of a lost reason that exists',
      'steps.2.settings.workflowId must be the id of a workflow that exists',
      'steps.3.settings.users.0 must be the id of a user that exists',
      'steps.0.settings.pipelineStageId must be a stage of the pipeline Sales Pipeline',
    ])
    expect((await crm.v2.post(`/console/workflows/${id}/publish`)).status).toBe(422)
  })

  test('keeps the rules of a lost reason, and knows its merge fields', async () => {
    const note = (body: string) => ({ type: 'add_notes', settings: { body } })
    const { id } = await flows.create({
      trigger: { type: 'opportunity_created' },
      steps: [
        { type: 'internal_update_opportunity', settings: { lostReasonId: 'x' } },
        note('{{contact.first_name}} {{contact.firstName}} {{opportunity.lead_value}} {{payload.any.thing}}'),
        note('{{contact.frist_name}}'),
        { type: 'if_else', settings: { conditions: [{ field: 'opportunity.colour', is: 'isEmpty' }] } },
      ],
    })

    expect((await flows.get(id)).issues).toEqual([
      'steps.0.settings.lostReasonId is only allowed when status is lost',
      'steps.2.settings.body has no merge field contact.frist_name to be filled in',
      'steps.3.settings.conditions.0.field has no merge field opportunity.colour to be filled in',
      'steps.0.settings.lostReasonId must be the id of a lost reason that exists',
    ])
  })

  test('is found by each of its names, and written by any of them', async () => {
    const find = async (query: string) =>
      (await crm.v2.get(`/console/workflows/triggers?query=${query}`)).body.triggers.map(
        ({ type }: { type: string }) => type,
      )

    expect(await find('Pipeline Stage Changed')).toEqual(['pipeline_stage_updated'])
    expect(await find('opportunity stage changed')).toEqual(['pipeline_stage_updated'])
    expect(await find('opportunity won')).toEqual(['opportunity_status_changed'])
    expect(await find('')).toEqual([
      'opportunity_created',
      'opportunity_changed',
      'opportunity_status_changed',
      'pipeline_stage_updated',
      'opportunity_decay',
      'contact_created',
      'contact_tag',
      'inbound_webhook',
    ])
    const { draft } = await flows.create({
      trigger: { type: 'Opportunity Stage Changed' },
      steps: [{ type: 'If / Else', branches: { yes: [{ type: 'Add Tag', settings: { tags: ['x'] } }] } }],
    })
    expect(draft.trigger.type).toBe('pipeline_stage_updated')
    expect(draft.steps).toMatchObject([{ type: 'if_else', branches: { yes: [{ type: 'add_contact_tag' }] } }])
  })

  test('tells what can be done, with a schema for each', async () => {
    const { actions } = (await crm.v2.get('/console/workflows/actions')).body

    expect(actions).toHaveLength(19)
    expect(actions).toContainEqual(
      expect.objectContaining({ type: 'find_opportunity', title: 'Find Opportunity', branches: ['found', 'notFound'] }),
    )
    for (const { settings } of actions) expect(settings.type).toBe('object')
  })

  const draftChanged = {
    statusCode: 409,
    error: 'Conflict',
    message: 'The draft has been changed since.',
    code: 'WORKFLOW_DRAFT_CHANGED',
  }

  test('that two people write at once is saved by the first, and by the second only once they have seen it', async () => {
    const { id, revision } = await flows.create({ steps: [addTag('first')] })
    const save = (tag: string, basedOn: string) =>
      crm.v2.put(`/console/workflows/${id}`, { steps: [addTag(tag)], basedOn })
    const saved = await save('ada', revision)
    expect(saved.status).toBe(200)
    expect(saved.body.workflow.revision).not.toBe(revision)
    const again = await save('ada', revision)
    expect([again.status, again.body.workflow.revision]).toEqual([200, saved.body.workflow.revision])

    const refused = await save('bob', revision)
    expect(refused.status).toBe(409)
    expect(bare(refused)).toEqual(draftChanged)
    expect((await flows.get(id)).workflow.draft.steps).toEqual([addTag('ada')])

    expect((await save('bob', saved.body.workflow.revision)).status).toBe(200)
    expect((await flows.get(id)).workflow.draft.steps).toEqual([addTag('bob')])
  })

  test('is published as whoever publishes has seen it, or not at all', async () => {
    const trigger = { type: 'contact_tag', filters: { tag: 'never' } }
    const { id, revision: seen } = await flows.create({ trigger, steps: [addTag('ada')] })
    const { workflow: later } = (await crm.v2.put(`/console/workflows/${id}`, { steps: [addTag('bob')] })).body
    const publish = (basedOn: string) => flows.act(`workflows/${id}/publish`, { basedOn })

    const refused = await publish(seen)
    expect(refused.status).toBe(409)
    expect(bare(refused)).toEqual(draftChanged)
    expect((await flows.get(id)).workflow).toMatchObject({ state: 'draft', version: 0 })

    const published = await publish(later.revision)
    expect([published.status, published.body.workflow.version]).toEqual([200, 1])
  })

  test('tells whether publishing it would change what runs', async () => {
    const trigger = { type: 'contact_tag', filters: { tag: 'never' } }
    const { id } = await flows.running({ trigger, steps: [addTag('one')] })
    const isChanged = async () => (await flows.get(id)).isChanged
    const save = (steps: object[]) => crm.v2.put(`/console/workflows/${id}`, { steps })

    expect(await isChanged()).toBe(false)
    await save([addTag('two')])
    expect(await isChanged()).toBe(true)
    await save([{ settings: { tags: ['one'] }, type: 'add_contact_tag' }])
    expect(await isChanged()).toBe(false)
  })

  test('is kept in every version that was published', async () => {
    const { id } = await flows.create({ trigger: { type: 'contact_created' }, steps: [addTag('one')] })
    expect(await flows.publish(id)).toMatchObject({ state: 'published', version: 1 })
    await crm.v2.put(`/console/workflows/${id}`, { steps: [addTag('two')], name: 'Renamed' })
    expect((await flows.get(id)).workflow).toMatchObject({ state: 'published', version: 1, name: 'Renamed' })
    expect(await flows.publish(id)).toMatchObject({ state: 'published', version: 2 })
    expect(await flows.publish(id)).toMatchObject({ state: 'published', version: 2 })

    const { versions } = (await crm.v2.get(`/console/workflows/${id}/versions`)).body
    expect(versions).toMatchObject([
      { version: 2, definition: { name: 'Renamed', steps: [{ settings: { tags: ['two'] } }] } },
      { version: 1, definition: { name: 'A workflow', steps: [{ settings: { tags: ['one'] } }] } },
    ])
    expect(versions[0]).toMatchObject({ publishedAt: time, publishedBy: expect.stringMatching(/^\w+$/) })
    await flows.act(`workflows/${id}/unpublish`)
  })

  test('can be published as the guide shows it', async () => {
    const guide = readFileSync(new URL('../../../docs/guides/workflows.md', import.meta.url), 'utf8')
    const examples = [...guide.matchAll(/```json\n(.+?)\n```/gs)].map(([, text = '']) =>
      JSON.parse(text.replace('PIPELINE', crm.pipeline.id)),
    )

    expect(examples).toHaveLength(3)
    for (const example of examples) {
      const { id } = await flows.running(example)
      await flows.act(`workflows/${id}/unpublish`)
    }
  })

  test('is listed in the guide with each trigger and action', async () => {
    const guide = readFileSync(new URL('../../../docs/guides/workflows.md', import.meta.url), 'utf8')
    const { triggers } = (await crm.v2.get('/console/workflows/triggers')).body
    const { actions } = (await crm.v2.get('/console/workflows/actions')).body

    const types = [...triggers, ...actions].map(({ type }: { type: string }) => type)
    expect(types.filter((type) => !guide.includes(`\`${type}\``))).toEqual([])
  })

  test('goes when it is deleted, and is nobody else’s', async () => {
    const { id } = await flows.running({ trigger: { type: 'contact_created' }, steps: [addTag('x')] })
    const other = await crm.given.location()
    const missing = { statusCode: 404, error: 'Not Found', message: 'Workflow not found', code: 'WORKFLOW_NOT_FOUND' }

    expect(bare(await crm.v2.get(`/console/workflows/${id}`, { token: other.token }))).toEqual(missing)
    expect(bare(await crm.v2.delete(`/console/workflows/${id}`, undefined, { token: other.token }))).toEqual(missing)
    expect(bare(await crm.v2.delete(`/console/workflows/${id}`))).toEqual({ deleted: true })
    expect(bare(await crm.v2.get(`/console/workflows/${id}`))).toEqual(missing)
    for (const path of ['publish', 'unpublish', 'pause', 'drain', 'resume', 'test']) {
      expect(bare(await crm.v2.post(`/console/workflows/${id}/${path}`))).toEqual(missing)
    }
  })

  test('is read and written by those with the scope for it', async () => {
    const reader = await crm.given.token(['workflows.readonly'])
    const stranger = await crm.given.token(['contacts.write'])
    const refused = { statusCode: 401, message: 'The token is not authorized for this scope.' }

    expect((await crm.v2.get('/console/workflows', { token: reader })).status).toBe(200)
    expect(bare(await crm.v2.get('/console/workflows', { token: stranger }))).toEqual(refused)
    expect(bare(await crm.v2.post('/console/workflows', { name: 'x' }, { token: reader }))).toEqual(refused)
  })

  test('shows what is secret in it only to those who may change it', async () => {
    const reader = { token: await crm.given.token(['workflows.readonly']) }
    const secret = 'known to both'
    const { id, hookUrl } = await flows.running({
      trigger: { type: 'inbound_webhook', filters: { signature: { scheme: 'hmac', secret } } },
      steps: [{ type: 'webhook', settings: { url: 'https://example.com', headers: { Authorization: 'Bearer x' } } }],
    })

    const seen = (await crm.v2.get(`/console/workflows/${id}`, reader)).body.workflow
    expect(seen.hookUrl).toBe(`${crm.url}/hooks/•••`)
    expect(seen.draft.trigger.filters.signature).toEqual({ scheme: 'hmac', secret: '•••' })
    expect(seen.draft.steps[0].settings).toEqual({ url: 'https://example.com', headers: { Authorization: '•••' } })
    const { text } = await crm.v2.get(`/console/workflows/${id}/versions`, reader)
    expect(text).not.toMatch(/known to both|Bearer x/)
    const own = (await flows.get(id)).workflow
    expect(own).toMatchObject({ hookUrl, draft: { trigger: { filters: { signature: { secret } } } } })
    await flows.act(`workflows/${id}/unpublish`)
  })

  describe('read without its secrets and sent back', () => {
    const secret = 'known to both'
    const signed = { type: 'inbound_webhook', filters: { signature: { scheme: 'hmac', secret } } }
    const posting = (url: string, header: string) => ({
      type: 'webhook',
      settings: { url, headers: { Authorization: header } },
    })
    const [first, second] = [
      posting('https://one.example.com', 'Bearer 1'),
      posting('https://two.example.com', 'Bearer 2'),
    ]
    const branched = (step: object) => ({
      type: 'if_else',
      settings: { conditions: [{ field: 'contact.email', is: 'isEmpty' }] },
      branches: { yes: [step] },
    })
    const made = () => flows.create({ trigger: signed, steps: [first, branched(second)] })
    const seen = async (id: string) => {
      const reader = { token: await crm.given.token(['workflows.readonly']) }
      return (await crm.v2.get(`/console/workflows/${id}`, reader)).body.workflow.draft
    }
    const put = (id: string, body: object) => crm.v2.put(`/console/workflows/${id}`, body)

    test('keeps them', async () => {
      const { id, draft } = await made()
      const { trigger, steps, name } = await seen(id)
      expect(JSON.stringify([trigger, steps])).not.toMatch(/known|Bearer/)

      await put(id, { trigger, steps, name })

      expect((await flows.get(id)).workflow.draft).toEqual(draft)
      await put(id, { trigger: { ...trigger, filters: { ...trigger.filters, eventId: 'id' } } })
      expect((await flows.get(id)).workflow.draft).toEqual({
        ...draft,
        trigger: { ...signed, filters: { ...signed.filters, eventId: 'id' } },
      })
      await put(id, { steps: [...steps, addTag('told')] })
      expect((await flows.get(id)).workflow.draft.steps).toEqual([...draft.steps, addTag('told')])
    })

    test('is refused where nothing tells which is meant', async () => {
      const { id, draft } = await made()
      const { trigger, steps } = await seen(id)
      const standsFor = 'must be written out: ••• only stands for what is kept already'
      const refused = (...message: string[]) => ({ statusCode: 422, message, error: 'Unprocessable Entity' })

      expect(bare(await put(id, { steps: [steps[1], steps[0]] }))).toEqual(
        refused(
          `steps.0.branches.yes.0.settings.headers.Authorization ${standsFor}`,
          `steps.1.settings.headers.Authorization ${standsFor}`,
        ),
      )
      const elsewhere = { ...steps[0], settings: { ...steps[0].settings, url: 'https://elsewhere.example.com' } }
      expect(bare(await put(id, { steps: [elsewhere] }))).toEqual(
        refused(`steps.0.settings.headers.Authorization ${standsFor}`),
      )
      expect(bare(await crm.v2.post('/console/workflows', { name: 'A copy', trigger }))).toEqual(
        refused(`trigger.filters.signature.secret ${standsFor}`),
      )
      expect((await flows.get(id)).workflow.draft).toEqual(draft)
    })
  })

  test('is refused or kept, whatever is sent: nothing of it breaks the server', async () => {
    const random = randomFrom(Number(process.env.PIPEWRIGHT_SEED ?? Date.now() % 1e6))
    const junk = [
      null,
      0,
      -1,
      1e99,
      '',
      ' ',
      '{{',
      '{{a}}',
      'open',
      true,
      [],
      [[]],
      {},
      { a: {} },
      ['x'],
      'x'.repeat(6000),
    ]
    const damaged = (value: unknown): unknown => {
      if (random.chance(0.08)) return random.one(junk)
      if (Array.isArray(value)) return value.map(damaged)
      if (typeof value !== 'object' || value === null) return value
      const entries = Object.entries(value).map(([name, inner]) => [
        random.chance(0.03) ? 'other' : name,
        damaged(inner),
      ])
      return Object.fromEntries(entries)
    }
    const damagedInside = (example: object) =>
      Object.fromEntries(Object.entries(example).map(([name, value]) => [name, damaged(value)]))
    const guide = readFileSync(new URL('../../../docs/guides/workflows.md', import.meta.url), 'utf8')
    const examples = [...guide.matchAll(/```json\n(.+?)\n```/gs)].map(([, text = '']) => JSON.parse(text))
    const statuses = new Set<number>()

    for (let sent = 0; sent < 150; sent++) {
      const reply = await crm.v2.post('/console/workflows', damagedInside(random.one(examples)))
      statuses.add(reply.status)
      if (reply.status !== 201) continue
      const { id } = reply.body.workflow
      statuses.add((await crm.v2.get(`/console/workflows/${id}`)).status)
      statuses.add((await crm.v2.post(`/console/workflows/${id}/publish`)).status)
      statuses.add((await flows.act(`workflows/${id}/test`, {})).status)
      await crm.v2.delete(`/console/workflows/${id}`)
    }

    expect([...statuses].filter((status) => ![200, 201, 422].includes(status))).toEqual([])
  })

  test('is not run while it is a draft: pause, drain and resume are for what is published', async () => {
    const { id } = await flows.create({ trigger: { type: 'contact_created' }, steps: [addTag('x')] })

    for (const path of ['pause', 'drain', 'resume']) {
      expect(bare(await crm.v2.post(`/console/workflows/${id}/${path}`))).toEqual({
        statusCode: 400,
        error: 'Bad Request',
        message: 'The workflow is a draft.',
        code: 'WORKFLOW_NOT_PUBLISHED',
      })
    }
  })
})
