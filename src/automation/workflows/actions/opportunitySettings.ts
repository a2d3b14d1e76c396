import { type Static, Type } from '@sinclair/typebox'
import { DomainError, invalid } from '../../../domain/errors.ts'
import { statuses } from '../../../domain/opportunities/opportunity.ts'
import type { Wish } from '../../../domain/opportunities/rules.ts'
import { instant } from '../../../domain/time.ts'
import { idOf, number, oneOf, strict, text } from '../definition/fields.ts'
import { hasMergeFields } from '../merge/render.ts'
import { given } from './action.ts'

const CustomField = Type.Object(
  { id: Type.Optional(Type.String()), key: Type.Optional(Type.String()), value: Type.Unknown() },
  { ...strict, description: 'By id or by key' },
)

/** What of an opportunity a step can set. */
export const opportunityFields = {
  pipelineId: Type.Optional(idOf('pipeline', 'Pipeline')),
  pipelineStageId: Type.Optional(idOf('stage', 'Stage')),
  name: Type.Optional(text('Name', 255)),
  status: Type.Optional(oneOf(statuses, 'Status')),
  lostReasonId: Type.Optional(idOf('lostReason', 'Lost reason; only together with the status lost')),
  monetaryValue: Type.Optional(number('Value')),
  source: Type.Optional(text('Source', 255)),
  assignedTo: Type.Optional(idOf('user', 'Assigned to')),
  expectedCloseDate: Type.Optional(text('YYYY-MM-DD', 100)),
  forecastProbability: Type.Optional(number('0 to 100')),
  customFields: Type.Optional(Type.Array(CustomField, { maxItems: 100 })),
}

const Fields = Type.Object(opportunityFields)
export type Fields = Static<typeof Fields>

/** Contract 7: a reason is set in the step that loses the deal, or not at all. */
const checkLostReason = ({ lostReasonId, status }: Fields): string[] =>
  lostReasonId !== undefined && status !== 'lost' ? ['lostReasonId is only allowed when status is lost'] : []

/** What can be seen to be wrong before anything is filled in. */
export function checkFields(settings: Fields): string[] {
  const written = Object.entries(settings).filter(([, value]) => !hasMergeFields(value))
  return [...checkLostReason(settings), ...complaintsOf(() => wishOf(Object.fromEntries(written)))]
}

export function complaintsOf(work: () => unknown): string[] {
  try {
    work()
    return []
  } catch (error) {
    if (error instanceof DomainError) return error.details.issues ?? [error.message]
    throw error
  }
}

/** From rendered settings to what is asked of the opportunity; a text that came out empty asks for nothing. */
export function wishOf({ expectedCloseDate, monetaryValue, forecastProbability, ...settings }: Fields): Wish {
  const { name, source, assignedTo, pipelineId, pipelineStageId, status, lostReasonId, customFields } = settings
  return given({
    name: name || undefined,
    source: source || undefined,
    assignedTo: assignedTo || undefined,
    pipelineId: pipelineId || undefined,
    pipelineStageId: pipelineStageId || undefined,
    status,
    lostReasonId: lostReasonId || undefined,
    customFields: customFields?.map((field) => given(field) as { value: unknown }),
    monetaryValue: numberOf('monetaryValue', monetaryValue),
    forecastProbability: percentOf(numberOf('forecastProbability', forecastProbability)),
    forecastExpectedCloseDate: dayOf(expectedCloseDate),
  })
}

export function numberOf(field: string, value: number | string | undefined): number | undefined {
  if (value === undefined || value === '') return undefined
  const read = typeof value === 'number' ? value : Number(value.trim() || 'x')
  if (!Number.isFinite(read)) throw invalid(`${field} must be a number, not "${value}"`)
  return read
}

function percentOf(value: number | undefined): number | undefined {
  if (value !== undefined && (value < 0 || value > 100)) throw invalid('forecastProbability must be from 0 to 100')
  return value
}

function dayOf(value: string | undefined): number | undefined {
  if (!value) return undefined
  const day = instant(value.slice(0, 10))
  if (day === undefined) throw invalid(`expectedCloseDate must be a day such as 2026-01-31, not "${value}"`)
  return day
}
