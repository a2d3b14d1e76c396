import { getWorkflow, searchRuns } from '../../automation/workflows/queries.ts'
import { retryRun, skipStep, stopRun } from '../../automation/workflows/runs/commands.ts'
import { type Run, runStates } from '../../automation/workflows/runs/run.ts'
import { oneOf, whole } from '../../config/options.ts'
import { iso, print, printJson, table } from '../output/print.ts'
import { verb } from '../verb.ts'
import { common, describeRun, doing, inLocation } from './show.ts'

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

export const runs = verb({
  about: 'Lists what runs a workflow had, newest first.',
  words: ['ID'],
  options: runsOptions,
  notes: '',
  run: ({ json, state, limit, ...place }, [id = '']) =>
    inLocation(place, async (ctx) => {
      const { id: workflowId } = await getWorkflow(ctx, id)
      const found = await searchRuns(ctx, { workflowId, state, limit })
      if (json) return printJson(found.map(describeRun))
      const rows = found.map((run) => [run.id, run.state, run.place, iso(run.startedAt) ?? '', run.error ?? ''])
      print(table(['ID', 'State', 'Step', 'Started', 'Error'], rows))
    }),
})

const say = (words: (run: Run) => string) => (run: Run, json: boolean) =>
  json ? printJson(describeRun(run)) : print(words(run))

export const retry = doing(
  'RUN',
  'Lets a run that failed try again, from the step that it failed at. The server does it.',
  retryRun,
  say((run) => `The run ${run.id} goes on at step ${run.place}.`),
)

export const skip = doing(
  'RUN',
  'Lets a run that failed go on behind the step that it failed at. The server does it.',
  skipStep,
  say((run) =>
    run.state === 'done' ? `The run ${run.id} is over.` : `The run ${run.id} goes on at step ${run.place}.`,
  ),
)

export const stop = doing(
  'RUN',
  'Ends a run, whatever it is at.',
  stopRun,
  say((run) => `The run ${run.id} is stopped.`),
)
