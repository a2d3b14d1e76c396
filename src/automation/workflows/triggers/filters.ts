import { type Static, Type } from '@sinclair/typebox'
import { type Opportunity, statuses } from '../../../domain/opportunities/opportunity.ts'
import { instant } from '../../../domain/time.ts'
import { anyOf, idOf, isAmong, oneOf, requiredText, strict } from '../definition/fields.ts'
import type { Change } from './trigger.ts'

const Range = Type.Object(
  { min: Type.Optional(Type.Number()), max: Type.Optional(Type.Number()) },
  { ...strict, minProperties: 1, description: 'Both ends belong to it' },
)

const aDay = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  description: 'YYYY-MM-DD',
  message: 'must be a YYYY-MM-DD date',
})
const Days = Type.Object(
  { from: Type.Optional(aDay), to: Type.Optional(aDay) },
  { ...strict, minProperties: 1, description: 'Both days belong to it' },
)

export const status = (description: string) => anyOf(oneOf(statuses, description))
export const pipelineId = anyOf(idOf('pipeline', 'In pipeline'))
export const pipelineStageId = anyOf(idOf('stage', 'In stage'))
export const tag = anyOf(requiredText('The contact has this tag', 255))

/** What any trigger about opportunities can be narrowed by (contract 7). All that are named must fit. */
export const opportunityFilters = {
  pipelineId: Type.Optional(pipelineId),
  pipelineStageId: Type.Optional(pipelineStageId),
  status: Type.Optional(status('With this status')),
  assignedTo: Type.Optional(anyOf(idOf('user', 'Assigned to'))),
  unassigned: Type.Optional(Type.Boolean({ description: 'Whether nobody is assigned' })),
  monetaryValue: Type.Optional(Range),
  tag: Type.Optional(tag),
  withoutTag: Type.Optional(anyOf(requiredText('The contact does not have this tag', 255))),
  lostReasonId: Type.Optional(anyOf(idOf('lostReason', 'Lost for this reason'))),
  expectedCloseDate: Type.Optional(Days),
  forecastProbability: Type.Optional(Range),
}

const Filters = Type.Object(opportunityFilters)

/** What no opportunity could ever pass. */
export function checkFilters({ monetaryValue, forecastProbability, expectedCloseDate = {} }: Static<typeof Filters>) {
  const ranges = { monetaryValue, forecastProbability }
  const { from, to } = expectedCloseDate
  return [
    ...Object.entries(ranges).flatMap(([name, range]) =>
      (range?.min ?? -Infinity) > (range?.max ?? Infinity) ? [`${name}.max must not be less than its min`] : [],
    ),
    ...Object.entries(expectedCloseDate).flatMap(([name, day]) =>
      instant(day) === undefined ? [`expectedCloseDate.${name} must be a day of the calendar`] : [],
    ),
    ...(from !== undefined && to !== undefined && from > to
      ? ['expectedCloseDate.to must not be before its from']
      : []),
  ]
}

/** Whether an opportunity, as it is after the change, passes. Tags are asked for last: they must be read. */
export async function fits(filters: Static<typeof Filters>, change: Pick<Change<Opportunity>, 'after' | 'tags'>) {
  return fitsItself(filters, change.after) && fitsTags(filters, change.tags)
}

function fitsItself(filters: Static<typeof Filters>, it: Opportunity): boolean {
  return (
    isAmong(filters.pipelineId, it.pipelineId) &&
    isAmong(filters.pipelineStageId, it.pipelineStageId) &&
    isAmong(filters.status, it.status) &&
    isAmong(filters.assignedTo, it.assignedTo) &&
    isAmong(filters.lostReasonId, it.lostReasonId) &&
    (filters.unassigned === undefined || filters.unassigned === (it.assignedTo === null)) &&
    isWithin(filters.monetaryValue, it.monetaryValue) &&
    isWithin(filters.forecastProbability, it.forecastProbability) &&
    isBetween(filters.expectedCloseDate, it.forecastExpectedCloseDate)
  )
}

async function fitsTags({ tag: wanted, withoutTag: unwanted }: Static<typeof Filters>, tags: () => Promise<string[]>) {
  if (wanted === undefined && unwanted === undefined) return true
  const own = await tags()
  return (wanted === undefined || hasAny(own, wanted)) && (unwanted === undefined || !hasAny(own, unwanted))
}

/** Tags are kept in lower case. */
export const hasAny = (own: string[], wanted: string | string[]): boolean =>
  [wanted].flat().some((name) => own.includes(name.trim().toLowerCase()))

function isWithin(range: Static<typeof Range> | undefined, value: number | null): boolean {
  if (!range) return true
  return value !== null && value >= (range.min ?? -Infinity) && value <= (range.max ?? Infinity)
}

/** A day has no time of its own, so both ends are meant whole. */
function isBetween(days: Static<typeof Days> | undefined, at: number | null): boolean {
  if (!days) return true
  const from = days.from === undefined ? -Infinity : (instant(days.from) ?? Infinity)
  const to = days.to === undefined ? Infinity : (instant(days.to) ?? -Infinity)
  return at !== null && at >= from && at <= to
}
