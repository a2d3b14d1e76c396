import type { Context } from '../../domain/context.ts'
import { DomainError, invalid } from '../../domain/errors.ts'
import { newId } from '../../domain/ids.ts'
import { append, type EventType } from '../../domain/outbox.ts'
import type { Database, Transaction } from '../../store/database.ts'
import { commitWork } from '../commit.ts'
import { keepListening } from '../listening.ts'
import { actionNamed } from './actions/index.ts'
import { isChanged } from './changed.ts'
import { issuesIn } from './definition/check.ts'
import { missingReferences, ownKeys } from './definition/references.ts'
import { revisionOf } from './definition/revision.ts'
import { withSecrets } from './definition/secrets.ts'
import { keptStepIds } from './definition/stepIds.ts'
import { complete, type Definition, isRecord, type State, type Workflow } from './definition/workflow.ts'
import { keepAddress } from './inbound/table.ts'
import { setHeld, stopRuns } from './runs/queue.ts'
import * as workflows from './table.ts'
import inboundWebhook from './triggers/inboundWebhook.ts'
import { typeNamed } from './triggers/index.ts'

/** What somebody writes; what is absent stays as it is, or is empty at first. */
export interface DraftChange {
  name?: string
  trigger?: unknown
  steps?: unknown
  settings?: unknown
}

/** A new draft. It may lack whatever is still to be written, but what is there must make sense. */
export async function createWorkflow(ctx: Context, wanted: DraftChange & { name: string }): Promise<Workflow> {
  const draft = read(wanted.name, wanted)
  const now = ctx.now()
  const { locationId } = ctx.caller
  const kept = { version: 0, stepIds: {}, triggerType: null, hookSecret: null, createdAt: now, updatedAt: now }
  const after: Workflow = { id: newId(), locationId, name: draft.name, state: 'draft', draft, ...kept }
  return commitWork(ctx, (tx) => record(ctx, tx, null, after))
}

/**
 * Changes the draft. What is published runs on as it is until somebody publishes anew. Whoever says which draft theirs is
 * based on is refused where that is not the one any more, so that nobody undoes what somebody else wrote meanwhile.
 */
export const changeDraft = (
  ctx: Context,
  id: string,
  { basedOn, ...wanted }: DraftChange & { basedOn?: string },
): Promise<Workflow> =>
  change(ctx, id, (before) => {
    const draft = read(wanted.name ?? before.name, { ...before.draft, ...wanted }, before.draft)
    const current = revisionOf(before.draft)
    // A save that comes twice finds what it wrote itself, and takes nothing from anybody.
    if (basedOn !== undefined && basedOn !== current && revisionOf(draft) !== current) throw outdated()
    return { ...before, draft, name: draft.name }
  })

const outdated = () =>
  new DomainError('outdated', 'The draft has been changed since.', { name: 'WORKFLOW_DRAFT_CHANGED' })

/**
 * Makes the draft the version that runs from now on, refused with everything that is wrong with it. Runs under way go on
 * in the version that they began with. What is published as it stands stays as it is: asked for twice, it is one version.
 * Whoever says which draft they have looked at is refused where it is another one by now.
 */
export const publishWorkflow = (ctx: Context, id: string, { basedOn }: { basedOn?: string } = {}): Promise<Workflow> =>
  changeState(ctx, id, async (tx, before) => {
    if (basedOn !== undefined && basedOn !== revisionOf(before.draft)) throw outdated()
    const issues = await issuesToPublish(tx, before)
    if (issues.length > 0) throw invalid(...issues)
    if (before.state === 'published' && !(await isChanged(tx, before))) return before
    const { draft, version } = before
    const after = {
      ...before,
      state: 'published' as const,
      version: version + 1,
      triggerType: draft.trigger?.type ?? null,
    }
    await workflows.insertVersion(tx, after, ctx.caller.id, ctx.now())
    return after
  })

/** What stands in the way of publishing, a sentence each that begins with the path. */
export async function issuesToPublish(db: Database, { locationId, draft }: Workflow): Promise<string[]> {
  const issues = issuesIn(draft, { isDraft: false, fields: await ownKeys(db, locationId) })
  return [...issues, ...(await missingReferences(db, locationId, draft))]
}

/** Back to a draft: nobody enters, and whoever is in is taken out. */
export const unpublishWorkflow = (ctx: Context, id: string): Promise<Workflow> =>
  changeState(ctx, id, async (tx, before) => {
    await endRuns(ctx, tx, before, 'Its workflow is not published any more')
    return { ...before, state: 'draft', triggerType: null }
  })

/** Nobody enters, and whoever is in stands still until it is resumed. */
export const pauseWorkflow = (ctx: Context, id: string): Promise<Workflow> => moveTo(ctx, id, 'paused')

/** Nobody enters; whoever is in goes through to the end. */
export const drainWorkflow = (ctx: Context, id: string): Promise<Workflow> => moveTo(ctx, id, 'draining')

/** As it was before it was paused or drained. */
export const resumeWorkflow = (ctx: Context, id: string): Promise<Workflow> => moveTo(ctx, id, 'published')

const moveTo = (ctx: Context, id: string, state: State) =>
  changeState(ctx, id, async (_tx, before) => {
    if (before.state === 'draft') throw new DomainError('mismatch', 'The workflow is a draft.', notPublished)
    return { ...before, state }
  })

const notPublished = { name: 'WORKFLOW_NOT_PUBLISHED' }

/** A new address for its inbound webhook; the old one leads nowhere at once. */
export const rotateAddress = (ctx: Context, id: string): Promise<Workflow> =>
  commitWork(ctx, async (tx) => {
    const before = await workflows.requireLocked(tx, ctx.caller.locationId, id)
    if (before.hookSecret === null) throw new DomainError('mismatch', 'The workflow has no inbound webhook.')
    return record(ctx, tx, before, { ...before, hookSecret: await newAddress(tx, before), updatedAt: ctx.now() })
  })

/** It goes with all its versions and runs. */
export const deleteWorkflow = (ctx: Context, id: string): Promise<void> =>
  commitWork(ctx, async (tx) => {
    const before = await workflows.requireLocked(tx, ctx.caller.locationId, id)
    await workflows.remove(tx, before)
    await tell(ctx, tx, before, null)
  })

const change = (ctx: Context, id: string, decide: (before: Workflow) => Workflow): Promise<Workflow> =>
  commitWork(ctx, async (tx) => {
    const before = await workflows.requireLocked(tx, ctx.caller.locationId, id)
    return record(ctx, tx, before, { ...decide(before), updatedAt: ctx.now() })
  })

type Decide = (tx: Transaction, before: Workflow) => Promise<Workflow>

/** Whether runs stand still goes by the state. */
const changeState = (ctx: Context, id: string, decide: Decide): Promise<Workflow> =>
  commitWork(ctx, async (tx) => {
    const before = await workflows.requireLocked(tx, ctx.caller.locationId, id)
    const decided = await decide(tx, before)
    if (decided === before) return before
    const after = await record(ctx, tx, before, { ...decided, updatedAt: ctx.now() })
    if ((before.state === 'paused') !== (after.state === 'paused')) {
      await setHeld(tx, after.locationId, id, after.state === 'paused')
    }
    return after
  })

const endRuns = ({ now }: Context, tx: Transaction, { locationId, id }: Workflow, why: string) =>
  stopRuns(tx, { locationId, workflowId: id }, why, now())

/** From what was sent to a definition that makes sense as far as it goes. */
function read(name: string, wanted: DraftChange, before?: Definition): Definition {
  const { definition, issues: hidden } = withSecrets(named(complete({ ...wanted }, name)), before)
  const issues = [...issuesIn(definition, { isDraft: true }), ...hidden]
  if (issues.length > 0) throw invalid(...issues)
  return definition as unknown as Definition
}

/** Triggers and actions by their types, where a person wrote what they are called. */
function named(definition: Record<string, unknown>): Record<string, unknown> {
  const { trigger, steps } = definition
  return {
    ...definition,
    trigger:
      isRecord(trigger) && typeof trigger.type === 'string' ? { ...trigger, type: typeNamed(trigger.type) } : trigger,
    steps: namedSteps(steps),
  }
}

function namedSteps(steps: unknown): unknown {
  if (!Array.isArray(steps)) return steps
  return steps.map((step: unknown) => {
    if (!isRecord(step) || typeof step.type !== 'string') return step
    const branches = isRecord(step.branches)
      ? {
          branches: Object.fromEntries(Object.entries(step.branches).map(([name, inner]) => [name, namedSteps(inner)])),
        }
      : {}
    return { ...step, type: actionNamed(step.type), ...branches }
  })
}

/** The one door for writing a workflow: the row and its event. */
async function record(ctx: Context, tx: Transaction, before: Workflow | null, after: Workflow): Promise<Workflow> {
  const isWritten = before?.draft !== after.draft
  const stepIds = isWritten ? keptStepIds(before, after.draft.steps) : after.stepIds
  const kept = await withAddress(tx, { ...after, stepIds })
  await (before ? workflows.update(tx, kept) : workflows.insert(tx, kept))
  await tell(ctx, tx, before, kept)
  return kept
}

/** From the first draft on there is an address to send to, so that payloads can be looked at before it is published. */
async function withAddress(tx: Transaction, workflow: Workflow): Promise<Workflow> {
  if (workflow.hookSecret !== null || workflow.draft.trigger?.type !== inboundWebhook.type) return workflow
  return { ...workflow, hookSecret: await newAddress(tx, workflow) }
}

async function newAddress(tx: Transaction, { locationId, id }: Workflow): Promise<string> {
  const secret = newId(40)
  await keepAddress(tx, { locationId, workflowId: id }, secret)
  return secret
}

async function tell(ctx: Context, tx: Transaction, before: Workflow | null, after: Workflow | null) {
  const type: EventType = !before ? 'WorkflowCreate' : after ? 'WorkflowUpdate' : 'WorkflowDelete'
  const { id: recordId, locationId } = (after ?? before) as Workflow
  const sides = { before: before && shown(before), after: after && shown(after) }
  const listens = { before: isListener(before), after: isListener(after) }
  await keepListening(tx, locationId, listens, () =>
    append(ctx, tx, { types: [type], record: 'workflow', recordId, ...sides }),
  )
}

const isListener = (workflow: Workflow | null) => workflow !== null && workflow.state !== 'draft'

/** History is kept for ever: without secrets, and without what the versions keep. Dispatch goes by state and version. */
const shown = ({ id, locationId, name, state, version }: Workflow) => ({ id, locationId, name, state, version })
