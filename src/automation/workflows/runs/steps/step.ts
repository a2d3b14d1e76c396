import type { Transaction } from '../../../../store/database.ts'
import { type Action, htmlSettingsOf, type Outcome, type Work } from '../../actions/action.ts'
import { actionOf } from '../../actions/index.ts'
import { placeAfter, stepAt } from '../../definition/place.ts'
import { stepIdAt } from '../../definition/stepIds.ts'
import type { Published, Step } from '../../definition/workflow.ts'
import { loadSubject } from '../../merge/load.ts'
import { hasMergeFields, render } from '../../merge/render.ts'
import { viewOf } from '../../merge/view.ts'
import type { Run, StepEntry } from '../run.ts'
import * as runs from '../table.ts'
import { contextWithin, type Given } from './within.ts'

/** A step that is next, in the version of the workflow that the run began with. */
export interface Next {
  run: Run
  workflow: Published
  step: Step
}

/** What was done, and what the log says about it. */
export interface Done {
  outcome: Outcome
  input: unknown
}

/** Performs the step in the transaction, merge fields filled in. Where the run stands then is up to the caller. */
export async function act(house: Given, tx: Transaction, { run, workflow, step }: Next): Promise<Done> {
  const work: Work = {
    ctx: contextWithin(house, tx, run),
    tx,
    run,
    workflow: { id: workflow.id, name: workflow.definition.name },
    view: async () =>
      viewOf({ ...(await loadSubject(tx, run)), workflow: work.workflow, trigger: run.data, now: house.now() }),
  }
  const action = actionOf(step.type)
  if (!action) throw new Error(`There is no action ${step.type}`)
  const input = await filledIn(work, action, step.settings)
  return { outcome: await action.run(work, input as never), input }
}

/** What the action writes to is taken first, and that may be said by a merge field too. */
async function filledIn(work: Work, action: Action, settings: Step['settings']): Promise<Step['settings']> {
  const { hold } = action
  if (!hasMergeFields(settings)) return settings
  if (hold) await hold(work, render(settings, await work.view()))
  return render(settings, await work.view(), htmlSettingsOf(action))
}

/** Writes what a step did into the log, and answers the run as it goes on. */
export async function keep(tx: Transaction, next: Next, { outcome, input }: Done, now: number): Promise<Run> {
  const { run } = next
  if (outcome.request) return sending(next, outcome, now)
  if (outcome.deadline !== undefined) return waiting({ ...run, deadline: outcome.deadline }, outcome.deadline, now)
  const { state, result } = {
    state: outcome.isSkipped ? ('skipped' as const) : ('done' as const),
    result: outcome.result,
  }
  await runs.insertStep(tx, run, entry(next, now, { state, input, result }))
  return advanced(next, outcome, now)
}

/** The run behind the step. */
export function advanced({ run, workflow }: Next, outcome: Outcome, now: number): Run {
  const next = outcome.isEnd ? null : placeAfter(workflow.definition.steps, run.place, outcome.branch)
  const after: Run = {
    ...run,
    ...outcome.about,
    state: 'running',
    place: next ?? run.place,
    stepCount: run.stepCount + 1,
    attempts: 0,
    dueAt: now,
    deadline: null,
    request: null,
    error: null,
    updatedAt: now,
  }
  if (next === null) return over(after, 'done', null, now)
  if (outcome.until !== undefined && outcome.until > now) return waiting(after, outcome.until, now)
  return { ...after, stepId: stepIdAt(workflow, next) }
}

export const over = (run: Run, state: 'done' | 'stopped', error: string | null, now: number): Run => ({
  ...run,
  state,
  error,
  dueAt: null,
  deadline: null,
  request: null,
  updatedAt: now,
  endedAt: now,
})

const waiting = (run: Run, until: number, now: number): Run => ({
  ...run,
  state: 'waiting',
  dueAt: until,
  updatedAt: now,
})

const sending = ({ run }: Next, { request }: Outcome, now: number): Run => ({
  ...run,
  state: 'sending',
  request: request ?? null,
  dueAt: now,
  updatedAt: now,
})

type Told = Pick<StepEntry, 'state'> & Partial<StepEntry>

/** The next line of the run's log. */
export const entry = ({ run, step }: Pick<Next, 'run' | 'step'>, at: number, told: Told): StepEntry => ({
  seq: run.stepCount,
  place: run.place,
  type: step.type,
  attempt: run.attempts + 1,
  input: null,
  result: null,
  error: null,
  at,
  ...told,
})

export const stepOf = (workflow: Published, run: Run): Step | undefined => stepAt(workflow.definition.steps, run.place)
