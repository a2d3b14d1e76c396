import { type Static, Type } from '@sinclair/typebox'
import { invalid } from '../../domain/errors.ts'
import type { Board, BoardSearch } from '../../domain/opportunities/board.ts'
import { statuses } from '../../domain/opportunities/opportunity.ts'
import { usualStaleDays } from '../../domain/reports/timeInStage.ts'
import { none } from '../../domain/search/compare.ts'
import type { Filter } from '../../domain/search/filter.ts'
import { instant, isMoment } from '../../domain/time.ts'
import { id, oneOf, strict } from '../schemas.ts'

const someOf = (description: string) =>
  Type.Optional(
    Type.Union([Type.String({ maxLength: 255 }), Type.Array(Type.String({ maxLength: 255 }), { maxItems: 100 })], {
      description: `${description}; several by naming it again`,
    }),
  )
const moment = (description: string) =>
  Type.Optional(Type.String({ maxLength: 40, description: `${description}; ISO 8601 or epoch milliseconds` }))

/** Each is a filter of the search by POST, in v3 too; what it is there stands behind the arrow. */
export const BoardQuery = Type.Object({
  pipelineId: id('→ `pipeline_id`'),
  status: Type.Optional(oneOf([...statuses, 'all'], { description: '→ `status`; `all` unless named' })),
  query: Type.Optional(Type.String({ maxLength: 75, description: '→ `query`, beside the filters' })),
  assignedTo: someOf("→ `assigned_to`; a user's id, or `none`, there `__none__`"),
  tag: someOf('→ `tags`; of the contact'),
  minValue: Type.Optional(Type.Number({ description: '→ `monetary_value`, `gte`' })),
  maxValue: Type.Optional(Type.Number({ description: '→ `monetary_value`, `lte`' })),
  createdAfter: moment('→ `date_added`, `gte`'),
  createdBefore: moment('→ `date_added`, `lt`'),
  stageChangedAfter: moment('→ `last_stage_change_date`, `gte`'),
  stageChangedBefore: moment('→ `last_stage_change_date`, `lt`; the age in the stage'),
  filters: Type.Optional(
    Type.String({ maxLength: 8000, description: 'As in the search by POST, written as JSON; beside the others' }),
  ),
  locationId: Type.Optional(Type.String()),
})
type BoardQuery = Static<typeof BoardQuery>

export function readBoard(query: BoardQuery): BoardSearch {
  const { pipelineId, status = 'all', query: text, assignedTo, tag } = query
  const users = listed(assignedTo).map((user) => (user === 'none' ? none : user))
  return {
    pipelineId,
    status: status === 'all' ? undefined : status,
    text,
    filters: [
      ...equal('assigned_to', users),
      ...equal('tags', listed(tag)),
      ...range('monetary_value', { gte: query.minValue, lte: query.maxValue }),
      ...range('date_added', moments(query, 'createdAfter', 'createdBefore')),
      ...range('last_stage_change_date', moments(query, 'stageChangedAfter', 'stageChangedBefore')),
      ...readFilters(query.filters),
    ],
  }
}

const listed = (value: string | string[] = []): string[] => [value].flat().filter((one) => one !== '')

const equal = (field: string, value: string[]): Filter[] =>
  value.length === 0 ? [] : [{ field, operator: 'eq', value }]

type MomentName = `${'created' | 'stageChanged'}${'After' | 'Before'}`

const moments = (query: BoardQuery, from: MomentName, to: MomentName) => ({
  gte: readMoment(query, from),
  lt: readMoment(query, to),
})

function readMoment(query: BoardQuery, name: MomentName): number | undefined {
  const text = query[name]
  if (text === undefined || text === '') return undefined
  const at = /^\d{10,}$/.test(text) ? Number(text) : instant(text)
  if (!isMoment(at)) throw invalid(`${name} must be epoch milliseconds or an ISO 8601 date`)
  return at
}

function range(field: string, limits: Record<string, number | undefined>): Filter[] {
  const named = Object.entries(limits).filter(([, limit]) => limit !== undefined)
  return named.length > 0 ? [{ field, operator: 'range', value: Object.fromEntries(named) }] : []
}

function readFilters(text: string | undefined): Filter[] {
  if (!text) return []
  try {
    return [JSON.parse(text) as Filter | Filter[]].flat()
  } catch {
    throw invalid('filters must be JSON: a list of filters, or a group of them')
  }
}

const sum = {
  count: Type.Integer(),
  value: Type.Number({ description: "In the location's currency" }),
  weightedValue: Type.Number({ description: 'Each value times its `effectiveProbability`' }),
}

export const BoardReply = Type.Object({
  stages: Type.Array(Type.Object({ pipelineStageId: Type.String(), ...sum }, strict), {
    description: 'Every stage of the pipeline, in order',
  }),
  ...sum,
  statuses: Type.Array(Type.Object({ status: oneOf(statuses), ...sum }, strict), {
    description: 'What the other filters leave of each status, whichever is asked for',
  }),
  staleDays: Type.Integer({
    description: 'Days without anything done to an open deal, after which it is stale; the reports count by them too',
  }),
})

export const writeBoard = ({ total, ...board }: Board): Static<typeof BoardReply> => ({
  ...total,
  ...board,
  staleDays: usualStaleDays,
})
