import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { onEveryStore } from '../harness.ts'

onEveryStore('the examples', (crm) => {
  describe.each([
    ['recipes.sh', 'bash', 'Website redesign', [5000, 7500], 'Qualified'],
    ['recipes.mjs', process.execPath, 'New deal from the website', [1500, 2500], 'Proposal Sent'],
  ])('%s', (file, program, name, [value, raised], secondStage) => {
    test('goes from the pipelines to a won and a lost deal', async () => {
      const replies = await run(program, file)

      const [pipelines, contact, created, moved, revalued, won, lost, found, read, deleted] = replies
      const id = created.opportunity.id
      const stageId = (wanted: string) => crm.stages.find((stage) => stage.name === wanted)?.id
      expect(replies).toHaveLength(10)
      expect(pipelines.pipelines[0]).toMatchObject({ id: crm.pipeline.id, name: 'Sales Pipeline' })
      expect(pipelines.pipelines[0].stages.map((stage: { position: number }) => stage.position)).toEqual([1, 2, 3, 4])
      expect(created.opportunity).toMatchObject({
        name,
        status: 'open',
        monetaryValue: value,
        contactId: contact.contact.id,
        locationId: crm.locationId,
        pipelineId: crm.pipeline.id,
        pipelineStageId: stageId('New Lead'),
      })
      expect(moved.opportunity).toMatchObject({ id, status: 'open', pipelineStageId: stageId(secondStage) })
      expect(revalued.opportunity).toMatchObject({ id, monetaryValue: raised, pipelineStageId: stageId(secondStage) })
      expect(won.opportunity).toMatchObject({ id, status: 'won', pipelineStageId: stageId('Closed Won') })
      expect(lost.opportunity).toMatchObject({ id, status: 'lost', pipelineStageId: stageId('Closed Won') })
      expect(found).toMatchObject({ opportunities: [{ id, status: 'lost' }], meta: { total: 1 } })
      expect(read.opportunity).toEqual(lost.opportunity)
      expect(deleted).toMatchObject({ succeded: true })
      expect((await crm.v2.get(`/opportunities/${id}`)).status).toBe(404)
    })

    test('can be run again, and meets the contact it made', async () => {
      const [, first] = await run(program, file)
      const [, second] = await run(program, file)

      expect(second).toMatchObject({ new: false, contact: { id: first.contact.id } })
    })

    test('fails loudly with a token that nobody made', async () => {
      await expect(run(program, file, { GHL_TOKEN: 'pit-nobody' })).rejects.toThrow('Invalid Private Integration token')
    })
  })

  test('status-manager.sh walks a deal through every status, which each GET shows', async () => {
    const replies = await run('bash', 'status-manager.sh')

    const [first, second] = crm.stages.map(({ id }) => id)
    const seen = replies.map(({ opportunity }) => [opportunity.status, opportunity.pipelineStageId])
    expect(seen).toEqual([
      ['open', first],
      ['open', second],
      ['won', second],
      ['open', second],
      ['lost', second],
    ])
    expect(new Set(replies.map(({ opportunity }) => opportunity.id)).size).toBe(1)
  })

  test('three-dialects.sh creates in v1, moves in v2, forecasts in v3, and each reads the same deal', async () => {
    const [created, moved, planned, v1, v2, v3] = await run('bash', 'three-dialects.sh')

    expect(created).toMatchObject({ name: 'Difference engine', contact: { email: 'ada@example.com' } })
    expect(moved.opportunity).toMatchObject({ id: created.id, pipelineStageId: crm.stages[1]?.id })
    expect(planned.opportunity.forecastOriginalCloseDate).toBe('2027-01-31T00:00:00.000Z')
    expect(v2.opportunity).toMatchObject(v1)
    expect(v3.opportunity).toMatchObject(v2.opportunity)
    expect(v3.opportunity).toEqual(planned.opportunity)
  })

  /** What the example printed: the replies that it got. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire carries
  async function run(program: string, file: string, env: object = {}): Promise<any[]> {
    const path = fileURLToPath(new URL(`../../examples/${file}`, import.meta.url))
    const keys = { GHL_TOKEN: crm.token, GHL_API_KEY: crm.first.apiKey, LOCATION_ID: crm.locationId }
    const given = { PIPEWRIGHT_URL: crm.url, ...keys, ...env }
    const child = spawn(program, [path], { env: { ...process.env, ...given } })
    const [out, said, code] = await Promise.all([
      collect(child.stdout),
      collect(child.stderr),
      new Promise((resolve) => child.on('close', resolve)),
    ])
    if (code !== 0) throw new Error(`${file} ended with ${code}: ${out}${said}`)
    return out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  }
})

async function collect(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
