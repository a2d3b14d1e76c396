import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { contactTools } from '../../../src/api/mcp/tools/contactTools.ts'
import { opportunityTools } from '../../../src/api/mcp/tools/opportunityTools.ts'
import { toolsOf } from '../../../src/api/mcp/tools/tools.ts'
import { v3 } from '../../../src/api/v3/routes.ts'
import { onEveryStore, startCrm } from '../../harness.ts'
import { callTool, connectMcp } from '../../support/mcp.ts'

const tools = [...toolsOf(v3).values()]
const table = Object.entries({ ...opportunityTools, ...contactTools })
const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: true, allErrors: true })
;(addFormats as unknown as (ajv: Ajv2020) => void)(ajv)

/** Nothing can be joined yet: these refuse everybody. */
const refusing = /workflow|campaign/

describe('every tool', () => {
  test.each(tools.map(({ name, listed }) => ({ name, listed })))(
    '$name says what it takes and gives',
    ({ name, listed }) => {
      const { inputSchema, outputSchema, description, title, annotations } = listed
      const named = Object.values(inputSchema.properties) as { description?: string; type?: unknown; anyOf?: unknown }[]

      expect(name).toMatch(/^ghl_[a-z]+(_[a-z]+)+$/)
      expect(name.length).toBeLessThanOrEqual(64)
      expect(title.length).toBeGreaterThan(5)
      expect(description).toMatch(/\.$/)
      expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false })
      expect(Object.keys(inputSchema.properties)).toEqual(expect.arrayContaining(inputSchema.required))
      expect(named.every(({ type, anyOf, description }) => type ?? anyOf ?? description)).toBe(true)
      expect(() => ajv.compile(inputSchema)).not.toThrow()
      expect(() => ajv.compile(outputSchema)).not.toThrow()
      expect(outputSchema.type).toBe('object')
      expect(Object.keys(inputSchema.properties)).not.toContain('locationId')
      expect('dryRun' in inputSchema.properties).toBe(!annotations.readOnlyHint)
    },
  )

  test.each(table)('%s describes and renames only arguments that it has', (name, { about = {}, names = {} }) => {
    const listed = tools.find((tool) => tool.name === name)?.listed
    const known = Object.keys(listed?.inputSchema.properties ?? {})

    expect(known).toEqual(expect.arrayContaining([...Object.keys(about), ...Object.values(names)]))
  })

  test('is marked by what it may do', () => {
    const marked = (mark: 'readOnlyHint' | 'destructiveHint' | 'idempotentHint') =>
      tools.filter(({ listed }) => listed.annotations[mark]).map(({ name }) => name)
    const looks = tools.filter(({ row }) => row.method === 'GET' || /search/.test(row.path)).map(({ name }) => name)
    const adds = tools.filter(({ name }) => /^ghl_create_/.test(name)).map(({ name }) => name)

    expect(marked('readOnlyHint')).toEqual(looks)
    expect(marked('destructiveHint')).toEqual([
      'ghl_delete_opportunity',
      'ghl_remove_opportunity_followers',
      'ghl_update_pipeline',
      'ghl_delete_pipeline',
      'ghl_delete_lost_reason',
      'ghl_update_contact',
      'ghl_upsert_contact',
      'ghl_delete_contact',
      'ghl_remove_contact_followers',
      'ghl_delete_note',
      'ghl_delete_task',
      'ghl_remove_contact_tags',
      'ghl_update_contacts_tags',
      'ghl_delete_tag',
    ])
    const repeated = marked('idempotentHint')
    expect(
      tools
        .map(({ name }) => name)
        .filter((name) => !repeated.includes(name))
        .sort(),
    ).toEqual([...adds, 'ghl_update_pipeline'].sort())
    expect(tools.every(({ listed }) => listed.annotations.openWorldHint === false)).toBe(true)
  })

  test('is needed: opportunities, pipelines, lost reasons, contacts, notes, tasks and tags have one for each operation', () => {
    const groups = ['Opportunities', 'Pipelines', 'Lost reasons', 'Contacts', 'Notes', 'Tasks', 'Tags']
    const operations = Object.keys(v3).filter((id) => groups.includes(v3[id]?.tag ?? '') && !refusing.test(id))
    const offered = new Set(table.map(([, { row }]) => row))

    // Old paths of an operation stand beside its new one.
    expect(operations.map((id) => id.replace(/-v2$/, '')).filter((id) => !offered.has(id))).toEqual([])
    expect(tools.length).toBeGreaterThanOrEqual(25)
  })

  test('stands in the guide with its scope', () => {
    const guide = readFileSync(new URL('../../../docs/guides/mcp.md', import.meta.url), 'utf8')
    const listed = [...guide.matchAll(/^\| `(ghl_\w+)` \|.*\| `([\w./]+)` \|$/gm)].map(([, name, scope]) => [
      name,
      scope,
    ])

    expect(listed).toEqual(tools.map(({ name, row }) => [name, row.scope]))
  })
})

test("the recipe's tool moves an opportunity to a stage, and takes no more than it needs for that", () => {
  const tool = tools.find(({ name }) => name === 'ghl_update_opportunity_stage')

  expect(tool?.listed.description).toMatch(/^Move an opportunity to a different pipeline stage\./)
  expect(tool?.listed.inputSchema).toMatchObject({
    properties: { opportunityId: { type: 'string' }, pipelineStageId: { type: 'string' } },
    required: ['opportunityId', 'pipelineStageId'],
  })
  expect(Object.keys(tool?.listed.inputSchema.properties ?? {})).toEqual([
    'opportunityId',
    'pipelineStageId',
    'pipelineId',
    'status',
    'dryRun',
  ])
})

onEveryStore('the list of tools', (crm) => {
  test('holds what the token may use, and the greeting tells which scopes would add more', async () => {
    const all = await connectMcp(crm.url, crm.token)
    const some = await connectMcp(crm.url, await crm.given.token(['opportunities.readonly', 'contacts.write']))

    expect((await all.listTools()).tools).toEqual(tools.map(({ listed }) => listed))
    expect(all.getInstructions()).not.toContain('scopes')
    expect((await some.listTools()).tools.map(({ name }) => name)).toEqual(
      tools
        .filter(({ row }) => ['opportunities.readonly', 'contacts.write'].includes(row.scope ?? ''))
        .map(({ name }) => name),
    )
    expect(some.getInstructions()).toContain(
      'Further tools need scopes that this token does not have: opportunities.write, pipelines.create, pipelines.write, ' +
        'contacts.readonly, locations/tasks.readonly, locations/tags.readonly, locations/tags.write, locations.readonly, ' +
        'users.readonly, locations/customFields.readonly.',
    )
  })
})

test('where the operator asks for the stage of a new opportunity, the tool does too', async () => {
  const crm = await startCrm({ requireStage: true })
  const client = await connectMcp(crm.url, crm.token)
  const { id: contactId } = await crm.given.contact()

  const { tools: listed } = await client.listTools()
  const deal = { name: 'A deal', pipelineId: crm.pipeline.id, contactId, status: 'open' }
  const outcome = await callTool(client, 'ghl_create_opportunity', deal)

  expect(listed.find(({ name }) => name === 'ghl_create_opportunity')?.inputSchema.required).toContain(
    'pipelineStageId',
  )
  expect(outcome.text).toBe('pipelineStageId should not be empty\npipelineStageId must be a string')
  await crm.stop()
})
