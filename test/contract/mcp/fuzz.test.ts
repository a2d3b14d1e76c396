import { beforeAll, expect, test } from 'vitest'
import { toolsOf } from '../../../src/api/mcp/tools/tools.ts'
import { v3 } from '../../../src/api/v3/routes.ts'
import { onEveryStore } from '../../harness.ts'
import { fingerprint } from '../../support/fingerprint.ts'
import { callTool, connectMcp } from '../../support/mcp.ts'

const tools = [...toolsOf(v3).values()]

const odd: unknown[] = [
  ...['', ' ', 'a\0b', '\ud800', '\u{10ffff}', "' or 1=1 --", '%', 'x'.repeat(300), 'x'.repeat(70_000), '2030-02-30'],
  ...['__proto__', '-271821-04-20T00:00:00Z', 'open', 'add', 'https://'],
  ...[0, -1, 1.5, 1e308, 2 ** 53, true, false, null],
  ...[
    [],
    [''],
    ['x', 5, null],
    [[[]]],
    {},
    { id: {} },
    [{ field: 'name', operator: 'eq', value: [{}] }],
    { group: 'AND' },
  ],
]
/** Of each argument this many, another few for each, so that in all of them every one has its turn. */
const each = 4

/** What a tool needs though its schema cannot say so: one of several things. */
const alsoNeeded: Record<string, string[]> = {
  ghl_upsert_opportunity: ['contactId'],
  ghl_remove_opportunity_followers: ['followers'],
  ghl_remove_contact_followers: ['followers'],
  ghl_find_duplicate_contact: ['email'],
  ghl_create_contact: ['email'],
  ghl_upsert_contact: ['email'],
}

onEveryStore('whatever is given to a tool', (crm) => {
  let known: Record<string, unknown>
  beforeAll(async () => {
    const client = await connectMcp(crm.url, crm.token)
    const opportunity = await crm.given.opportunity()
    const { contactId, pipelineId, pipelineStageId } = opportunity
    const task = { contactId, title: 'Call', dueDate: '2030-01-01T00:00:00Z', completed: false }
    const made = async (tool: string, args: object) => (await callTool(client, tool, args)).body
    known = {
      ...{
        opportunityId: opportunity.id,
        contactId,
        pipelineId,
        pipelineStageId,
        status: 'lost',
        name: 'Some',
        type: 'add',
      },
      ...{ body: 'Some', tags: ['some'], contacts: [contactId], stages: [{ name: 'One' }], completed: true },
      ...{ title: 'Some', dueDate: '2030-01-01T00:00:00Z', email: 'some@example.com', followers: [] },
      lostReasonId: (await made('ghl_create_lost_reason', { name: 'Price' })).lostReason.id,
      noteId: (await made('ghl_create_note', { contactId, body: 'Hello' })).note.id,
      taskId: (await made('ghl_create_task', task)).task.id,
      tagId: (await made('ghl_create_tag', { name: 'tag' })).tag.id,
    }
  })

  test.each(tools.map((tool, at) => ({ ...tool, at })))(
    '$name answers, and a rehearsal leaves no trace',
    async ({ name, listed, at }) => {
      const client = await connectMcp(crm.url, crm.token)
      const { properties, required } = listed.inputSchema
      const needed = [...required, ...(alsoNeeded[name] ?? [])]
      const usual = Object.fromEntries(needed.map((argument) => [argument, known[argument]]))
      const rehearsed = listed.annotations.readOnlyHint ? {} : { dryRun: true }
      const before = await fingerprint(crm.app.store)

      const called = [await callTool(client, name, { ...usual, ...rehearsed })]
      for (const [place, argument] of Object.keys(properties)
        .filter((one) => one !== 'dryRun')
        .entries()) {
        for (let turn = 0; turn < each; turn++) {
          const value = odd[(at * 7 + place * each + turn) % odd.length]
          called.push(await callTool(client, name, { ...usual, ...rehearsed, [argument]: value }))
        }
      }

      expect(called[0]?.isError, called[0]?.text).toBe(false)
      for (const { isError, text, body } of called) {
        expect(text).not.toMatch(/internal/i)
        expect(isError).toBe(body === undefined)
        expect(text.length).toBeGreaterThan(0)
      }
      expect(await fingerprint(crm.app.store)).toBe(before)
    },
  )
})
