import * as contacts from '../../../../domain/contacts/table.ts'
import type { Context } from '../../../../domain/context.ts'
import { invalid, notFound } from '../../../../domain/errors.ts'
import { view as opportunityView } from '../../../../domain/opportunities/viewTable.ts'
import type { Transaction } from '../../../../store/database.ts'
import { issuesToPublish } from '../../commands.ts'
import { beginning } from '../../definition/place.ts'
import { withoutSecrets } from '../../definition/secrets.ts'
import type { Published } from '../../definition/workflow.ts'
import { arrive } from '../../inbound/arrive.ts'
import * as workflows from '../../table.ts'
import type { Run, RunState, StepEntry } from '../run.ts'
import { reasonOf } from './failure.ts'
import { act, advanced, entry, type Next, stepOf } from './step.ts'

/** Whom a test is about; the contact of an opportunity need not be named. */
export interface TestAbout {
  contactId?: string
  opportunityId?: string
  data?: Record<string, unknown>
}

export interface Tested {
  state: RunState
  error: string | null
  steps: StepEntry[]
}

/** More would hold up everybody who writes. */
const most = 200

const passedOver: Tested = { state: 'stopped', error: 'The trigger passes this payload over', steps: [] }

/** Carries the result out of a transaction of which nothing may remain. */
class Undone {
  tested: Tested
  constructor(tested: Tested) {
    this.tested = tested
  }
}

/**
 * What the draft would do, step by step, in a transaction that is taken back: nothing is changed. Nothing is sent either,
 * waits are over at once, and a failed step ends it.
 */
export async function testWorkflow(ctx: Context, id: string, about: TestAbout): Promise<Tested> {
  try {
    await ctx.store.transaction(async (tx) => {
      const workflow = await workflows.find(tx, ctx.caller.locationId, id)
      if (!workflow) throw notFound('Workflow')
      const issues = await issuesToPublish(tx, workflow)
      if (issues.length > 0) throw invalid(...issues)
      const { locationId, draft } = workflow
      const published: Published = { id, locationId, version: 0, state: 'published', definition: draft, stepIds: {} }
      const run = await arrive(ctx, tx, draft, await runAbout(ctx, tx, published, about))
      throw new Undone(run ? await walk(ctx, tx, published, run) : passedOver)
    })
    throw new Error('A test was kept')
  } catch (error) {
    if (error instanceof Undone) return error.tested
    throw error
  }
}

async function runAbout({ now }: Context, tx: Transaction, workflow: Published, about: TestAbout): Promise<Run> {
  const { locationId } = workflow
  const { contactId = null, opportunityId = null, data = {} } = about
  const opportunity = opportunityId ? await opportunityView(tx, locationId, opportunityId) : undefined
  if (opportunityId && !opportunity) throw notFound('Opportunity')
  const ofContact = contactId ?? opportunity?.contactId ?? null
  if (ofContact && !(await contacts.find(tx, locationId, ofContact))) throw notFound('Contact')
  const at = now()
  return {
    ...{
      id: 'test',
      locationId,
      workflowId: workflow.id,
      version: 0,
      cause: 'test',
      data,
      depth: 0,
      held: false,
      chain: 'test',
    },
    ...{
      contactId: ofContact,
      opportunityId,
      state: 'running',
      place: beginning,
      stepId: '',
      stepCount: 0,
      attempts: 0,
    },
    ...{ dueAt: at, deadline: null, request: null, error: null, startedAt: at, updatedAt: at, endedAt: null },
  }
}

async function walk(ctx: Context, tx: Transaction, workflow: Published, first: Run): Promise<Tested> {
  const steps: StepEntry[] = []
  for (let run = first; steps.length < most; ) {
    const step = stepOf(workflow, run)
    if (!step || run.state === 'done') return { state: 'done', error: null, steps }
    const next = { run, workflow, step }
    try {
      const { outcome, input } = await act(ctx, tx, next)
      const { result, isSkipped, request, deadline } = outcome
      const told = {
        input: withoutSecrets(input),
        result: result ?? request ?? (deadline === undefined ? undefined : { waits: true }),
      }
      steps.push(
        entry(next, ctx.now(), { state: isSkipped ? 'skipped' : 'done', ...told, result: told.result ?? null }),
      )
      run = passed(next, outcome, ctx.now())
    } catch (error) {
      const reason = reasonOf(error)
      steps.push(entry(next, ctx.now(), { state: 'failed', input: withoutSecrets(step.settings), error: reason }))
      return { state: 'failed', error: reason, steps }
    }
  }
  return { state: 'running', error: `More than ${most} steps are not tested`, steps }
}

/** As if what it waits for had come. */
const passed = (
  next: Next,
  { until: _, deadline, ...outcome }: Awaited<ReturnType<typeof act>>['outcome'],
  now: number,
) => advanced(next, deadline === undefined ? outcome : { ...outcome, branch: 'met' }, now)
