import { type Static, Type } from '@sinclair/typebox'
import type { NamedStepRun, StepCount } from '../../automation/workflows/queries.ts'
import type { StepSearch } from '../../automation/workflows/runs/atSteps.ts'
import type { NamedRun } from '../../automation/workflows/runs/names.ts'
import { runStates, type StepEntry } from '../../automation/workflows/runs/run.ts'
import type { RunSearch } from '../../automation/workflows/runs/table.ts'
import { invalid } from '../../domain/errors.ts'
import { iso, isoOrNull, nullable, oneOf, strict, Timestamp } from '../schemas.ts'

export const RunId = Type.Object({ runId: Type.String() })
export const StepId = Type.Object({
  workflowId: Type.String(),
  stepId: Type.String({ description: 'One of the workflow’s `stepIds`' }),
})

const limit = { default: 25, most: 100 }

const page = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limit.most })),
  cursor: Type.Optional(Type.String({ description: '`nextCursor` of the page before' })),
  locationId: Type.Optional(Type.String()),
}

export const RunsQuery = Type.Object({
  workflowId: Type.Optional(Type.String()),
  contactId: Type.Optional(Type.String()),
  state: Type.Optional(oneOf(runStates)),
  ...page,
})
export const StepRunsQuery = Type.Object(page)

export const readRuns = ({ workflowId, contactId, state, cursor, ...query }: Static<typeof RunsQuery>): RunSearch => ({
  workflowId,
  contactId,
  state,
  after: startedBefore(readCursor(cursor)),
  limit: query.limit ?? limit.default,
})

const startedBefore = (last: StepSearch['after']) => last && { startedAt: last.at, id: last.id }

export const readStepRuns = (stepId: string, { cursor, ...query }: Static<typeof StepRunsQuery>): StepSearch => ({
  stepId,
  after: readCursor(cursor),
  limit: query.limit ?? limit.default,
})

function readCursor(cursor: string | undefined): StepSearch['after'] {
  if (cursor === undefined) return undefined
  const [, at, id] = /^(\d{1,16})-([A-Za-z0-9]{1,40})$/.exec(cursor) ?? []
  if (!at || !id) throw invalid('cursor must be the nextCursor of a page before')
  return { at: Number(at), id }
}

const WireRun = Type.Object(
  {
    id: Type.String(),
    workflowId: Type.String(),
    version: Type.Integer(),
    state: oneOf(runStates),
    isPaused: Type.Boolean({ description: 'Stands still while its workflow is paused' }),
    contactId: nullable(Type.String()),
    contactName: nullable(Type.String({ description: 'As it is now; null where the contact is gone' })),
    opportunityId: nullable(Type.String()),
    opportunityName: nullable(Type.String()),
    place: Type.String({ description: 'The step that is next, or where it ended: `1.yes.0`' }),
    nextAt: nullable(Timestamp),
    error: nullable(Type.String()),
    depth: Type.Integer({ description: 'How many runs it was begun through' }),
    startedAt: Timestamp,
    endedAt: nullable(Timestamp),
  },
  strict,
)
const WireStep = Type.Object(
  {
    place: Type.String(),
    type: Type.String(),
    state: oneOf(['done', 'skipped', 'failed']),
    attempt: Type.Integer(),
    input: Type.Unknown(),
    result: Type.Unknown(),
    error: nullable(Type.String()),
    at: Timestamp,
  },
  strict,
)

export const RunsReply = Type.Object({ runs: Type.Array(WireRun), nextCursor: nullable(Type.String()) })
export const StepRunsReply = Type.Object({
  runs: Type.Array(
    Type.Object(
      {
        run: WireRun,
        step: Type.Union([WireStep, Type.Null()], {
          description: 'The last that the step did for the run; null before it did anything',
        }),
        at: Timestamp,
        isHere: Type.Boolean({ description: 'Stands at the step now' }),
      },
      strict,
    ),
  ),
  nextCursor: nullable(Type.String()),
})
export const StepsReply = Type.Object({
  steps: Type.Array(
    Type.Object(
      {
        id: Type.String(),
        place: nullable(Type.String({ description: 'In the draft: `1.yes.0`; null where the draft has it no more' })),
        runs: Type.Record(Type.String(), Type.Integer(), {
          description: 'How many that are not over stand at it, by their state',
        }),
      },
      strict,
    ),
  ),
})
export const RunReply = Type.Object({ run: WireRun })
export const StoryReply = Type.Object({
  run: WireRun,
  trigger: Type.Object({}, { description: 'What it began by' }),
  steps: Type.Array(WireStep),
})

export const TestBody = Type.Object(
  {
    contactId: Type.Optional(Type.String()),
    opportunityId: Type.Optional(Type.String()),
    data: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'What the trigger would tell' })),
    locationId: Type.Optional(Type.String()),
  },
  strict,
)
export const TestReply = Type.Object({
  state: oneOf(runStates),
  error: nullable(Type.String()),
  steps: Type.Array(WireStep),
})

export const writeRun = (run: NamedRun): Static<typeof WireRun> => ({
  id: run.id,
  workflowId: run.workflowId,
  version: run.version,
  state: run.state,
  isPaused: run.held,
  contactId: run.contactId,
  contactName: run.contactName,
  opportunityId: run.opportunityId,
  opportunityName: run.opportunityName,
  place: run.place,
  nextAt: isoOrNull(run.dueAt),
  error: run.error,
  depth: run.depth,
  startedAt: iso(run.startedAt),
  endedAt: isoOrNull(run.endedAt),
})

export const writeStep = ({ seq: _, at, ...step }: StepEntry): Static<typeof WireStep> => ({ ...step, at: iso(at) })

export function writeRuns(found: NamedRun[], { limit: wanted }: Pick<RunSearch, 'limit'>): Static<typeof RunsReply> {
  const last = found.length === wanted ? found.at(-1) : undefined
  return { runs: found.map(writeRun), nextCursor: last ? `${last.startedAt}-${last.id}` : null }
}

export const writeSteps = (steps: StepCount[]): Static<typeof StepsReply> => ({ steps })

export function writeStepRuns(found: NamedStepRun[], { limit: wanted }: StepSearch): Static<typeof StepRunsReply> {
  const last = found.length === wanted ? found.at(-1) : undefined
  const runs = found.map(({ run, entry, at, isHere }) => ({
    ...{ run: writeRun(run), step: entry && writeStep(entry), at: iso(at), isHere },
  }))
  return { runs, nextCursor: last ? `${last.at}-${last.run.id}` : null }
}
