import type { Workflow } from '../../automation/workflows/definition/workflow.ts'
import type { Run } from '../../automation/workflows/runs/run.ts'
import { flag } from '../../config/options.ts'
import { db } from '../../config.ts'
import type { Context } from '../../domain/context.ts'
import { contextOf, location, withData } from '../database.ts'
import { facts, iso, print, printJson } from '../output/print.ts'
import { verb } from '../verb.ts'

const json = { help: 'Print JSON', env: 'PIPEWRIGHT_JSON', read: flag, fallback: false }
export const common = { location, db, json }

/** Does something in the location that was named. */
export const inLocation = (
  place: { location: string | undefined; db: string },
  work: (ctx: Context) => Promise<void>,
) => withData(place.db, async (store) => work(await contextOf(store, place.location)))

/** A verb that does something to one workflow or run, and says what came of it. */
export const doing = <T>(
  word: string,
  about: string,
  act: (ctx: Context, id: string) => Promise<T>,
  say: (done: T, json: boolean, id: string) => void,
) =>
  verb({
    about,
    words: [word],
    options: common,
    notes: '',
    run: ({ json, ...place }, [id = '']) =>
      inLocation(place, async (ctx) => {
        say(await act(ctx, id), json, id)
      }),
  })

export function show(workflow: Workflow, json: boolean) {
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

export const describe = ({ id, name, state, version, createdAt, updatedAt }: Workflow) => ({
  id,
  name,
  state,
  version,
  createdAt: iso(createdAt),
  updatedAt: iso(updatedAt),
})

export const describeRun = (run: Run) => ({
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
