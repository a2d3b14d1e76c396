import type { Static } from '@sinclair/typebox'
import type { RangeBody } from '../../../src/api/console/deliveryWire.ts'
import { ownZone, spanOf } from './search.ts'

export const states = ['failed', 'delivered', 'waiting'] as const
export type State = (typeof states)[number]

export const spans = ['hour', 'day', 'week', 'all', 'days'] as const
export type Span = (typeof spans)[number]

export interface Range {
  span: Span
  /** Days of the viewer, for `days`; no last one means until now. */
  from: string | null
  to: string | null
  states: State[]
}

const hour = 3_600_000
const lengths = { hour, day: 24 * hour, week: 7 * 24 * hour }

/** As the API takes it: from a moment on, until one that is not included, or until now. */
export function rangeBody({ span, from, to, states }: Range, now: number): Static<typeof RangeBody> {
  if (span === 'days') {
    const days = spanOf(from ?? '', to ?? '', ownZone())
    return { states, from: days.from, ...(days.to && { to: days.to }) }
  }
  const begin = span === 'all' ? 0 : now - lengths[span]
  return { states, from: new Date(begin).toISOString() }
}
