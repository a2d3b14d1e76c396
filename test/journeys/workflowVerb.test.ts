import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Crm, startCrm } from '../harness.ts'
import type { Place } from '../support/postgres.ts'
import { lasting } from '../support/program.ts'
import { addTag, workflowsOf } from '../support/workflows.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const run = promisify(execFile)

describe.each(lasting)('pipewright workflow ($name)', ({ open }) => {
  let crm: Crm
  let place: Place
  beforeAll(async () => {
    place = await open()
    crm = await startCrm({ db: place.db })
  })
  afterAll(async () => {
    await crm.stop()
    await place.discard()
  })

  /** Beside the server, on the same data. */
  async function cli(...words: string[]) {
    const argv = ['--import', tsx, main, 'workflow', ...words, '--db', place.db]
    const ended = await run(process.execPath, argv).catch((error) => error)
    return { code: ended.code ?? 0, out: ended.stdout as string, err: ended.stderr as string }
  }
  const json = async (...words: string[]) => JSON.parse((await cli(...words, '--json')).out)

  test('makes one of a file, publishes, pauses and resumes it, and lists what it did', {
    timeout: 90_000,
  }, async () => {
    const file = join(tmpdir(), `workflow-${process.pid}.json`)
    const update = { type: 'Update Opportunity', settings: { monetaryValue: '{{opportunity.name}}' } }
    const definition = { name: 'Of a file', trigger: { type: 'Opportunity Created' }, steps: [addTag('seen'), update] }
    writeFileSync(file, JSON.stringify(definition))

    const made = await json('create', file)
    expect(made).toMatchObject({ name: 'Of a file', state: 'draft', version: 0 })
    expect(await json('publish', made.id)).toMatchObject({ state: 'published', version: 1 })
    expect(await json('pause', made.id)).toMatchObject({ state: 'paused' })
    expect((await cli('resume', made.id)).out).toBe(
      `  Workflow  Of a file\n  ID        ${made.id}\n  State     published\n  Version   1\n`,
    )
    const opportunity = await crm.given.opportunity()
    for (const delay of [0, 10_001, 60_001, 300_001]) {
      crm.advance(delay)
      await crm.settle()
    }
    const error = 'monetaryValue must be a number, not "A deal"'
    const [failed] = await json('runs', made.id, '--state', 'failed')
    expect(failed).toMatchObject({ state: 'failed', place: '1', error, opportunityId: opportunity.id })
    expect((await cli('runs', made.id)).out).toMatch(
      /^ID +State +Step +Started +Error\n\w+ +failed +1 +\S+ +monetaryValue/,
    )
    await crm.v2.put(`/opportunities/${opportunity.id}`, { name: '12' })

    expect((await cli('retry', failed.id)).out).toBe(`The run ${failed.id} goes on at step 1.\n`)
    // The program that asked goes by the real time.
    crm.advance(1000)
    await crm.settle()

    const { run } = await workflowsOf(crm).story(made.id)
    expect(run.state).toBe('done')
    expect((await cli('list')).out).toMatch(new RegExp(`\\n${made.id} +Of a file +published +1 +\\d{4}-`))
    expect(await json('unpublish', made.id)).toMatchObject({ state: 'draft' })
  })

  test('says in a line what is wrong', { timeout: 90_000 }, async () => {
    const file = join(tmpdir(), `workflow-${process.pid}-wrong.json`)
    writeFileSync(file, '{"name":"x","steps":[{"type":"sing"}]}')
    expect(await cli('create', file)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^steps\.0\.type must be one of/i),
    })
    writeFileSync(file, 'no json')
    expect(await cli('create', file)).toMatchObject({ code: 1, err: `${file} is not JSON.\n` })
    writeFileSync(file, '[]')
    const noObject = `${file} must hold a JSON object, such as { "name": "Won deals", … }.\n`
    expect(await cli('create', file)).toMatchObject({ code: 1, err: noObject })
    const nothing = join(tmpdir(), 'no-such-file')
    expect(await cli('create', nothing)).toMatchObject({ code: 1, err: `There is no file ${nothing}.\n` })
    const folder = { code: 1, err: `${tmpdir()} is a folder. Name a file.\n` }
    expect(await cli('create', tmpdir())).toMatchObject(folder)
    for (const words of [['publish'], ['delete'], ['runs'], ['test', '--contact', 'nobody']]) {
      expect(await cli(...words, 'nobody')).toMatchObject({ code: 1, err: 'Workflow not found.\n' })
    }
    expect(await cli('retry', 'nobody')).toMatchObject({ code: 1, err: 'Run not found.\n' })
    expect(await cli('test', 'nobody')).toMatchObject({ code: 2, err: expect.stringMatching(/^Whom is it about\?/) })
  })

  test('keeps nothing of what cannot be published as it was asked for', async () => {
    const file = join(tmpdir(), `workflow-${process.pid}-half.json`)
    writeFileSync(file, '\ufeff{"name":"Half of one"}')

    expect(await cli('create', file, '--publish')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^trigger should not be empty/i),
    })
    expect((await cli('list')).out).not.toContain('Half of one')
  })

  test('tries one out, lets its runs go on or end, drains and deletes it', { timeout: 90_000 }, async () => {
    const file = join(tmpdir(), `workflow-${process.pid}-tried.json`)
    const update = { type: 'Update Opportunity', settings: { monetaryValue: '{{opportunity.name}}' } }
    const definition = { name: 'Tried', trigger: { type: 'Opportunity Changed' }, steps: [update, addTag('behind')] }
    writeFileSync(file, JSON.stringify(definition))
    const opportunity = await crm.given.opportunity()
    const { id } = await json('create', file, '--publish')
    const error = 'monetaryValue must be a number, not "A deal"'

    const tried = await json('test', id, '--opportunity', opportunity.id)
    expect(tried).toMatchObject({ state: 'failed', error, steps: [{ place: '0', state: 'failed', error }] })
    expect((await cli('test', id, '--opportunity', opportunity.id)).out).toMatch(
      /^Step +Type +State +Result\n0 +internal_update_opportunity +failed +monetaryValue/,
    )
    for (const source of ['one', 'two']) await crm.v2.put(`/opportunities/${opportunity.id}`, { source })
    await crm.settle()
    const [one, two] = await json('runs', id)
    expect((await cli('skip', one.id)).out).toBe(`The run ${one.id} goes on at step 1.\n`)
    expect((await cli('stop', two.id)).out).toBe(`The run ${two.id} is stopped.\n`)
    expect(await json('drain', id)).toMatchObject({ state: 'draining' })
    // The program that asked goes by the real time.
    crm.advance(1000)
    await crm.settle()

    expect((await json('runs', id)).map(({ state }: { state: string }) => state)).toEqual(['done', 'stopped'])
    expect((await cli('delete', id)).out).toBe(`The workflow ${id} is deleted.\n`)
    expect((await cli('list')).out).not.toContain(id)
  })
})
