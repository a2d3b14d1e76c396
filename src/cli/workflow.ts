import { readFileSync } from 'node:fs'
import {
  createWorkflow,
  pauseWorkflow,
  publishWorkflow,
  resumeWorkflow,
  unpublishWorkflow,
} from '../automation/workflows/commands.ts'
import type { Workflow } from '../automation/workflows/definition/workflow.ts'
import { listWorkflows, searchRuns } from '../automation/workflows/queries.ts'
import { retryRun } from '../automation/workflows/runs/commands.ts'
import { type Run, runStates } from '../automation/workflows/runs/run.ts'
import { flag, oneOf, whole } from '../config/options.ts'
import { db } from '../config.ts'
import type { Context } from '../domain/context.ts'
import { contextOf, location, withData } from './database.ts'
import { Failure } from './failure.ts'
import { day, facts, iso, print, printJson, table } from './output/print.ts'
import { verb } from './verb.ts'

const json = { help: 'Print JSON', env: 'PIPEWRIGHT_JSON', read: flag, fallback: false }
const common = { location, db, json }

const list = verb({
  about: 'Lists the workflows of a location.',
  words: [],
  options: common,
  notes: '',
  run: ({ location, db, json }) =>
    withData(db, async (store) => {
      const found = await listWorkflows(await contextOf(store, location))
      if (json) return printJson(found.map(describe))
      const rows = found.map((one) => [one.id, one.name, one.state, String(one.version), day(one.updatedAt)])
      print(table(['ID', 'Name', 'State', 'Version', 'Changed'], rows))
    }),
})

const create = verb({
  about: 'Makes a workflow of a file that holds its definition as JSON; a draft, unless it is to be published.',
  words: ['FILE'],
  options: { publish: { help: 'Publish it at once', read: flag, fallback: false }, ...common },
  notes: `Example of a file:
  { "name": "Won deals",
    "trigger": { "type": "opportunity_status_changed", "filters": { "to": "won" } },
    "steps": [{ "type": "add_contact_tag", "settings": { "tags": ["customer"] } }] }`,
  run: ({ location, db, json, publish }, [file = '']) => {
    const wanted = readDefinition(file)
    return withData(db, async (store) => {
      const ctx = await contextOf(store, location)
      const made = await createWorkflow(ctx, wanted)
      show(publish ? await publishWorkflow(ctx, made.id) : made, json)
    })
  },
})

/** A verb that brings a workflow from one state to another. */
const move = (about: string, run: (ctx: Context, id: string) => Promise<Workflow>) =>
  verb({
    about,
    words: ['ID'],
    options: common,
    notes: '',
    run: ({ location, db, json }, [id = '']) =>
      withData(db, async (store) => show(await run(await contextOf(store, location), id), json)),
  })

const runsOptions = {
  state: {
    value: 'STATE',
    help: `Only those that are ${runStates.join(', ')}`,
    read: oneOf(runStates),
    fallback: undefined,
  },
  limit: { value: 'COUNT', help: 'How many', read: whole(1, 1000), fallback: 50 },
  ...common,
}

const runs = verb({
  about: 'Lists what runs a workflow had, newest first.',
  words: ['ID'],
  options: runsOptions,
  notes: '',
  run: ({ location, db, json, state, limit }, [workflowId = '']) =>
    withData(db, async (store) => {
      const found = await searchRuns(await contextOf(store, location), { workflowId, state, limit })
      if (json) return printJson(found.map(describeRun))
      const rows = found.map((run) => [run.id, run.state, run.place, iso(run.startedAt) ?? '', run.error ?? ''])
      print(table(['ID', 'State', 'Step', 'Started', 'Error'], rows))
    }),
})

const retry = verb({
  about: 'Lets a run that failed try again, from the step that it failed at. The server does it.',
  words: ['RUN'],
  options: common,
  notes: '',
  run: ({ location, db, json }, [id = '']) =>
    withData(db, async (store) => {
      const run = await retryRun(await contextOf(store, location), id)
      if (json) return printJson(describeRun(run))
      print(`The run ${run.id} goes on at step ${run.place}.`)
    }),
})

export default {
  list,
  create,
  publish: move('Makes the draft of a workflow the version that runs from now on.', publishWorkflow),
  unpublish: move('Makes a workflow a draft again; its runs end.', unpublishWorkflow),
  pause: move('Lets nobody enter a workflow, and its runs stand still.', pauseWorkflow),
  resume: move('Lets a workflow that was paused go on.', resumeWorkflow),
  runs,
  retry,
}

function readDefinition(file: string): { name: string } & Record<string, unknown> {
  const text = readFileSync(file, 'utf8')
  try {
    const read = JSON.parse(text)
    return { ...read, name: typeof read.name === 'string' ? read.name : '' }
  } catch {
    throw new Failure(`${file} is not JSON.`)
  }
}

function show(workflow: Workflow, json: boolean) {
  if (json) return printJson(describe(workflow))
  const { id, name, state, version } = workflow
  print(
    facts([
      ['Workflow', name],
      ['ID', id],
      ['State', state],
      ['Version', String(version)],
    ]),
  )
}

const describe = ({ id, name, state, version, createdAt, updatedAt }: Workflow) => ({
  id,
  name,
  state,
  version,
  createdAt: iso(createdAt),
  updatedAt: iso(updatedAt),
})

const describeRun = (run: Run) => ({
  id: run.id,
  workflowId: run.workflowId,
  version: run.version,
  state: run.state,
  contactId: run.contactId,
  opportunityId: run.opportunityId,
  place: run.place,
  error: run.error,
  startedAt: iso(run.startedAt),
  endedAt: iso(run.endedAt),
})
