import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { onEveryStore } from '../../harness.ts'
import { id, personOf, place, rowOf, time } from './expected.ts'

const path = fileURLToPath(new URL('../../../examples/v1.sh', import.meta.url))

onEveryStore('the example of v1', (crm) => {
  test('takes a deal from its creation with its contact to its end', async () => {
    const replies = await run()

    const [pipelines, created, updated, moved, page, deleted] = replies
    const known = { name: 'John Deo', companyName: 'Tesla Inc', email: 'john@deo.com', phone: '+12025550107' }
    expect(replies).toHaveLength(6)
    expect(pipelines.pipelines[0]).toMatchObject({ id: crm.pipeline.id, name: 'Sales Pipeline' })
    expect(created).toEqual(
      rowOf(crm, personOf({ ...known, id, tags: ['v1'] }), { name: 'Website redesign', monetaryValue: 220 }),
    )
    expect(updated).toEqual({ ...created, monetaryValue: 250, updatedAt: time })
    expect([moved, deleted]).toEqual(['', ''])
    const won = { status: 'won', pipelineStageId: crm.stages[1]?.id, lastStatusChangeAt: time, updatedAt: time }
    expect(page).toMatchObject({ opportunities: [{ ...updated, ...won }], meta: { total: 1, nextPageUrl: null } })
    expect((await crm.v1.get(place(crm, created.id))).status).toBe(404)
  })

  test('meets the contact it made, and goes on from page to page', async () => {
    const [, first] = await run()
    const { id: contactId } = first.contact
    const won = [
      await crm.given.opportunity({ contactId, status: 'won' }),
      await crm.given.opportunity({ contactId, status: 'won' }),
    ]

    const [, second, , , ...pages] = await run()

    expect(second.contact.id).toBe(contactId)
    const found = pages.slice(0, -1).flatMap(({ opportunities }) => opportunities)
    expect(found.map((row: { id: string }) => row.id)).toEqual([second.id, won[1]?.id, won[0]?.id])
  })

  test('fails loudly with a key that nobody made', async () => {
    await expect(run({ GHL_API_KEY: 'nobody' })).rejects.toThrow('Invalid JWT')
  })

  /** What the example printed: the replies that it got. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire carries
  async function run(env: object = {}): Promise<any[]> {
    const given = { PIPEWRIGHT_URL: crm.url, GHL_API_KEY: crm.first.apiKey, ...env }
    const { stdout } = await promisify(execFile)('bash', [path], { env: { ...process.env, ...given } })
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  }
})
