import { describe, expect, test } from 'vitest'
import { onEveryStore } from '../../harness.ts'
import { fingerprint } from '../../support/fingerprint.ts'
import { callTool, connectMcp, type McpClient } from '../../support/mcp.ts'

onEveryStore('a call that cannot be done is answered with what would be right', (crm) => {
  const connected = async (scopes?: string[]) => connectMcp(crm.url, scopes ? await crm.given.token(scopes) : crm.token)

  /** The text of a refusal, which changed nothing. */
  async function refusal(client: McpClient, tool: string, args: object): Promise<string> {
    const before = await fingerprint(crm.app.store)
    const { isError, text, body } = await callTool(client, tool, args)
    expect(isError).toBe(true)
    expect(body).toBeUndefined()
    expect(await fingerprint(crm.app.store)).toBe(before)
    return text
  }

  const stagesOf = (stages: { id: string; name: string }[]) =>
    stages.map(({ id, name }) => `- ${name}: ${id}`).join('\n')

  describe('a stage', () => {
    test('that does not exist: the stages there are', async () => {
      const { id } = await crm.given.opportunity()

      const text = await refusal(await connected(), 'ghl_update_opportunity_stage', {
        opportunityId: id,
        pipelineStageId: 'x',
      })

      expect(text).toBe(
        `The pipeline stage id is invalid.\npipelineStageId "x" is no stage of the pipeline "Sales Pipeline" (${crm.pipeline.id}). ` +
          `Its stages:\n${stagesOf(crm.stages)}`,
      )
    })

    test('of another pipeline: that pipeline too', async () => {
      const { id } = await crm.given.opportunity()
      const other = await crm.given.pipeline('Elsewhere')
      const pipelineStageId = other.stages[1]?.id

      const text = await refusal(await connected(), 'ghl_update_opportunity_stage', {
        opportunityId: id,
        pipelineStageId,
      })

      expect(text).toContain(`Its stages:\n${stagesOf(crm.stages)}`)
      expect(text).toMatch(
        new RegExp(`\nIt is a stage of "Elsewhere" \\(${other.id}\\): to move there, give that pipelineId too\\.$`),
      )
    })

    test('of the pipeline that is given: its stages', async () => {
      const { id: contactId } = await crm.given.contact()
      const deal = { pipelineId: crm.pipeline.id, pipelineStageId: 'x', name: 'A deal', status: 'open', contactId }

      for (const tool of ['ghl_create_opportunity', 'ghl_upsert_opportunity']) {
        expect(await refusal(await connected(), tool, deal)).toContain(`Its stages:\n${stagesOf(crm.stages)}`)
      }
    })

    test('to a token that may not see pipelines: where to find them, and none of them', async () => {
      const { id } = await crm.given.opportunity()
      const client = await connected(['opportunities.write'])

      const text = await refusal(client, 'ghl_update_opportunity_stage', { opportunityId: id, pipelineStageId: 'x' })

      expect(text).toBe(
        'The pipeline stage id is invalid.\npipelineStageId "x" is no stage of the pipeline. ghl_list_pipelines has the ids.',
      )
    })
  })

  test('a pipeline that does not exist: the pipelines there are', async () => {
    const { id } = await crm.given.opportunity()
    const moved = { opportunityId: id, pipelineStageId: crm.stages[1]?.id, pipelineId: 'p' }

    const all = await callTool(await connected(), 'ghl_list_pipelines')
    const known = `There is no pipeline "p" in this location. There are:\n${stagesOf(all.body.pipelines)}`
    expect(await refusal(await connected(), 'ghl_update_opportunity_stage', moved)).toBe(
      `The pipeline id is invalid.\n${known}`,
    )
    expect(await refusal(await connected(), 'ghl_get_pipeline', { pipelineId: 'p' })).toBe(
      `Pipeline not found\n${known}`,
    )
    expect(await refusal(await connected(['pipelines.write']), 'ghl_delete_pipeline', { pipelineId: 'p' })).toBe(
      'Pipeline not found\nThere is no pipeline "p" in this location. ghl_list_pipelines has the ids.',
    )
  })

  test('a lost reason that does not exist: the reasons there are', async () => {
    const { id } = await crm.given.opportunity()
    const lost = { opportunityId: id, status: 'lost', lostReasonId: 'r' }
    const client = await connected()

    expect(await refusal(client, 'ghl_update_opportunity_status', lost)).toBe(
      'Lost reason not found\nThere is no lost reason "r" in this location. There is none yet; ghl_create_lost_reason makes one.',
    )
    const { body } = await callTool(client, 'ghl_create_lost_reason', { name: 'Price' })

    expect(await refusal(client, 'ghl_update_opportunity_status', lost)).toBe(
      `Lost reason not found\nThere is no lost reason "r" in this location. There are:\n- Price: ${body.lostReason.id}`,
    )
    expect(await refusal(client, 'ghl_update_opportunity_status', { ...lost, status: 'won' })).toBe(
      'lostReasonId is only allowed when status is lost\nGive status lost with it.',
    )
    expect(
      await refusal(await connected(['opportunities.write']), 'ghl_delete_lost_reason', { lostReasonId: 'r' }),
    ).toBe('Lost reason not found\nThere is no lost reason "r" in this location. ghl_list_lost_reasons has the ids.')
  })

  test('a record that does not exist: its id, and how to find one', async () => {
    const client = await connected()
    const { id: contactId } = await crm.given.contact()
    const task = { contactId, taskId: 't', completed: true }

    expect(await refusal(client, 'ghl_get_opportunity', { opportunityId: 'o' })).toBe(
      'Opportunity not found\nThere is no opportunity "o" in this location. ghl_search_opportunities finds them.',
    )
    expect(await refusal(client, 'ghl_create_note', { contactId: 'c', body: 'Hello' })).toBe(
      'Contact not found\nThere is no contact "c" in this location. ghl_list_contacts finds them by name, e-mail or phone.',
    )
    expect(await refusal(client, 'ghl_get_note', { contactId, noteId: 'n' })).toBe(
      `Note not found\nThe contact "${contactId}" has no note "n". ghl_list_notes has the ids.`,
    )
    expect(await refusal(client, 'ghl_complete_task', task)).toBe(
      `Task not found\nThe contact "${contactId}" has no task "t". ghl_list_tasks has the ids.`,
    )
    expect(await refusal(client, 'ghl_delete_tag', { tagId: 'g' })).toBe(
      'Tag not found\nThere is no tag "g" in this location. ghl_list_tags has the ids.',
    )
  })

  test("another location's records do not exist", async () => {
    const theirs = await crm.given.location()
    const { id } = await crm.given.opportunity()
    const client = await connectMcp(crm.url, theirs.token)

    expect(await refusal(client, 'ghl_get_opportunity', { opportunityId: id })).toMatch(/^Opportunity not found\n/)
    const moved = { opportunityId: id, pipelineStageId: theirs.pipeline.stages[0]?.id }
    expect(await refusal(client, 'ghl_update_opportunity_stage', moved)).toMatch(/^Opportunity not found\n/)
  })

  test('a twin: the one that is in the way', async () => {
    const contact = await crm.given.contact({ email: 'twin@example.com' })

    const text = await refusal(await connected(), 'ghl_create_contact', {
      firstName: 'Twin',
      email: 'twin@example.com',
    })

    expect(text).toBe(
      'This location does not allow duplicated contacts.\n' +
        `The contact ${contact.id} has this email already: change that one with ghl_update_contact.`,
    )
  })

  test('a second deal where a contact may have one: the first', async () => {
    const { token, pipeline } = await crm.given.location({ allowDuplicateOpportunity: false })
    const client = await connectMcp(crm.url, token)
    const { contact } = (await callTool(client, 'ghl_create_contact', { email: 'one@example.com' })).body
    const deal = { pipelineId: pipeline.id, name: 'A deal', status: 'open', contactId: contact.id }
    const { opportunity } = (await callTool(client, 'ghl_create_opportunity', deal)).body

    expect(await refusal(client, 'ghl_create_opportunity', deal)).toBe(
      'Can not create duplicate opportunity for the contact.\n' +
        `The contact has the opportunity "${opportunity.id}" in this pipeline already: change that one with ghl_update_opportunity.`,
    )
  })

  describe('an argument', () => {
    test('that is missing, wrong or misspelt is named as it is called here', async () => {
      const client = await connected()
      const { id } = await crm.given.opportunity()

      expect(await refusal(client, 'ghl_update_opportunity_stage', { pipelineStageId: 'x' })).toBe(
        'opportunityId should not be empty\nopportunityId must be a string',
      )
      expect(await refusal(client, 'ghl_update_opportunity_stage', { opportunityId: id })).toBe(
        'pipelineStageId should not be empty\npipelineStageId must be a string',
      )
      expect(
        await refusal(client, 'ghl_update_opportunity', { opportunityId: id, monetaryValue: '5', status: 'all' }),
      ).toBe(
        'status must be one of the following values: open, won, lost, abandoned\n' +
          'monetaryValue must be a number conforming to the specified constraints',
      )
      expect(await refusal(client, 'ghl_upsert_opportunity', { opportunityId: 5, pipelineId: crm.pipeline.id })).toBe(
        'opportunityId must be a string',
      )
    })

    test('that is unknown is refused, and the known ones are listed', async () => {
      const client = await connected()
      const known = 'ghl_get_opportunity takes: opportunityId.'

      expect(await refusal(client, 'ghl_get_opportunity', { id: 'x' })).toBe(`property id should not exist\n${known}`)
      expect(await refusal(client, 'ghl_get_opportunity', { opportunityId: 'x', locationId: crm.locationId })).toBe(
        `property locationId should not exist\nThe location is always the token's own.\n${known}`,
      )
      expect(await refusal(client, 'ghl_get_opportunity', { opportunityId: 'x', dryRun: true })).toBe(
        `property dryRun should not exist\n${known}`,
      )
      expect(await refusal(client, 'ghl_list_tags', { toString: 1 })).toBe(
        'property toString should not exist\nghl_list_tags takes no arguments.',
      )
    })

    test('of a search that is null counts as left out', async () => {
      const client = await connected()
      const { id } = await crm.given.opportunity()

      const by = { opportunityId: id, status: null, pipelineId: null, limit: null, startAfter: null }
      const { isError, body } = await callTool(client, 'ghl_search_opportunities', by)

      expect([isError, body.meta.total, body.opportunities[0].id]).toEqual([false, 1, id])
    })

    test('that no store could keep is refused', async () => {
      const text = await refusal(await connected(), 'ghl_create_lost_reason', { name: 'a\0b' })

      expect(text).toBe('name must not contain null characters')
    })

    test('dryRun is true or false: what is meant as a rehearsal is never done in earnest', async () => {
      for (const dryRun of ['true', 1, null, {}]) {
        const text = await refusal(await connected(), 'ghl_create_lost_reason', { name: 'Price', dryRun })

        expect(text).toBe('dryRun must be a boolean value')
      }
    })

    test('that names a user or a custom field: where to find those', async () => {
      const client = await connected()
      const { id: opportunityId } = await crm.given.opportunity()

      expect(await refusal(client, 'ghl_update_opportunity', { opportunityId, assignedTo: 'u' })).toBe(
        'assignedTo is invalid\nghl_list_users has the ids of users.',
      )
      const customFields = [{ id: 'f', fieldValue: 1 }]
      expect(await refusal(client, 'ghl_update_opportunity', { opportunityId, customFields })).toBe(
        'customFields.0.id is invalid\nghl_list_custom_fields has the ids and keys of custom fields.',
      )
      const stages = [{ id: 's', name: 'One' }]
      expect(await refusal(client, 'ghl_update_pipeline', { pipelineId: crm.pipeline.id, stages })).toBe(
        'stages.0.id is invalid\nghl_get_pipeline has the ids of its stages; a new stage has none.',
      )
    })
  })

  test('a token that may not: the scope that is missing, and those it has', async () => {
    const client = await connected(['opportunities.readonly', 'contacts.readonly'])

    expect(await refusal(client, 'ghl_delete_opportunity', { opportunityId: 'o' })).toBe(
      'The token is not authorized for this scope.\nghl_delete_opportunity needs the scope opportunities.write. ' +
        'The token has: opportunities.readonly, contacts.readonly. Ask for a token that may do more.',
    )
  })
})

onEveryStore(
  'too many calls',
  (crm) => {
    test('are told when to come again; whatever the protocol itself says is not counted', async () => {
      const client = await connectMcp(crm.url, crm.token)
      await client.listTools()
      for (let calls = 0; calls < 20; calls++) await client.ping()
      const outcomes = []
      for (let calls = 0; calls < 4; calls++) outcomes.push(await callTool(client, 'ghl_list_tags'))

      const [first, , third, last] = outcomes
      expect(first?.isError).toBe(false)
      expect(third?.isError).toBe(true)
      expect(last?.text).toMatch(/^Too many requests\. Try again in \d+ seconds\.$/)
      const seconds = Number(/\d+/.exec(last?.text ?? '')?.[0])
      expect(seconds).toBeGreaterThan(3500)
      expect(seconds).toBeLessThanOrEqual(3600)
    })
  },
  // One of the calls that a server counts is the one by which the test learnt of its pipeline.
  { rateLimit: { burst: 3, intervalMs: 3_600_000, daily: 100 } },
)
