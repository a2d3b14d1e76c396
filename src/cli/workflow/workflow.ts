import {
  createWorkflow,
  deleteWorkflow,
  drainWorkflow,
  pauseWorkflow,
  publishWorkflow,
  resumeWorkflow,
  unpublishWorkflow,
} from '../../automation/workflows/commands.ts'
import type { Workflow } from '../../automation/workflows/definition/workflow.ts'
import { listWorkflows } from '../../automation/workflows/queries.ts'
import { flag } from '../../config/options.ts'
import type { Context } from '../../domain/context.ts'
import { day, print, printJson, table } from '../output/print.ts'
import { verb } from '../verb.ts'
import { readDefinition } from './file.ts'
import { retry, runs, skip, stop } from './runs.ts'
import { common, describe, doing, inLocation, show } from './show.ts'
import { test } from './test.ts'

const list = verb({
  about: 'Lists the workflows of a location.',
  words: [],
  options: common,
  notes: '',
  run: ({ json, ...place }) =>
    inLocation(place, async (ctx) => {
      const found = await listWorkflows(ctx)
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
  run: ({ json, publish, ...place }, [file = '']) => {
    const wanted = readDefinition(file)
    return inLocation(place, async (ctx) => {
      const made = await createWorkflow(ctx, wanted)
      show(publish ? await publishOrForget(ctx, made) : made, json)
    })
  },
})

/** What cannot be published as it was asked for is not kept either. */
async function publishOrForget(ctx: Context, { id }: Workflow): Promise<Workflow> {
  try {
    return await publishWorkflow(ctx, id)
  } catch (error) {
    await deleteWorkflow(ctx, id)
    throw error
  }
}

/** A verb that brings a workflow from one state to another. */
const move = (about: string, act: (ctx: Context, id: string) => Promise<Workflow>) => doing('ID', about, act, show)

export default {
  list,
  create,
  test,
  publish: move('Makes the draft of a workflow the version that runs from now on.', publishWorkflow),
  unpublish: move('Makes a workflow a draft again; its runs end.', unpublishWorkflow),
  pause: move('Lets nobody enter a workflow, and its runs stand still.', pauseWorkflow),
  drain: move('Lets nobody enter a workflow; its runs go through to the end.', drainWorkflow),
  resume: move('Lets a workflow that was paused or drained go on.', resumeWorkflow),
  delete: doing('ID', 'Deletes a workflow with its runs and their logs.', deleteWorkflow, (_, json, id) =>
    json ? printJson({ deleted: id }) : print(`The workflow ${id} is deleted.`),
  ),
  runs,
  retry,
  skip,
  stop,
}
