import { raw } from 'sql-template-tag'
import { parts } from '../opportunities/totals.ts'

/** So many opportunities, and what they are worth together, in the location's currency. */
export interface Sum {
  count: number
  value: number
}

const whole = `cast(round(o.monetary_value * ${parts}) as bigint)`

/** The value of an opportunity `o` in ten-thousandths: whole numbers, whose sums are exact in whatever order. */
export const unitsOfOne = raw(`coalesce(${whole}, 0)`)
export const units = raw(`coalesce(sum(${whole}), 0)`)

/** As a statement finds it. */
export interface Counted {
  count: number
  units: number
}

export function sumOf(rows: Counted[]): Sum {
  const all = rows.reduce((sum, { count, units }) => ({ count: sum.count + count, units: sum.units + units }), nothing)
  return { count: all.count, value: fromUnits(all.units) }
}

const nothing: Counted = { count: 0, units: 0 }

export const fromUnits = (units: number): number => units / parts

/** Of a value times a chance: hundredths. */
export const toCents = (units: number): number => Math.round(units / (parts / 100)) / 100

/** A part of a whole, 0 to 1 in ten-thousandths; null where there is no whole. */
export const ratio = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000

const aDay = 86_400_000

/** Milliseconds as days, in hundredths. */
export const toDays = (ms: number): number => Math.round((ms / aDay) * 100) / 100
