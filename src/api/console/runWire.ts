import { type Static, Type } from '@sinclair/typebox'
import type { NamedRun } from '../../automation/workflows/runs/names.ts'
import { runStates, type StepEntry } from '../../automation/workflows/runs/run.ts'
import type { RunSearch } from '../../automation/workflows/runs/table.ts'
import { invalid } from '../../domain/errors.ts'
import { iso, isoOrNull, nullable, oneOf, strict, Timestamp } from '../schemas.ts'

export const RunId = Type.Object({ runId: Type.String() })

const limit = { default: 25, most: 100 }

export const RunsQuery = Type.Object({
  workflowId: Type.Optional(Type.String()),
  contactId: Type.Optional(Type.String()),
  state: Type.Optional(oneOf(runStates)),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limit.most })),
  cursor: Type.Optional(Type.String({ description: '`nextCursor` of the page before' })),
  locationId: Type.Optional(Type.String()),
})

export const readRuns = ({ workflowId, contactId, state, cursor, ...query }: Static<typeof RunsQuery>): RunSearch => ({
  workflowId,
  contactId,
  state,
  after: readCursor(cursor),
  limit: query.limit ?? limit.default,
})

function readCursor(cursor: string | undefined): RunSearch['after'] {
  if (cursor === undefined) return undefined
  const [, startedAt, id] = /^(\d{1,16})-([A-Za-z0-9]{1,40})$/.exec(cursor) ?? []
  if (!startedAt || !id) throw invalid('cursor must be the nextCursor of a page before')
  return { startedAt: Number(startedAt), id }
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
  const last = found.at(-1)
  const nextCursor = last && found.length === wanted ? `${last.startedAt}-${last.id}` : null
  return { runs: found.map(writeRun), nextCursor }
}
