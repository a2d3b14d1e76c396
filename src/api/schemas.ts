import { type TSchema, Type } from '@sinclair/typebox'
import { notBlank } from '../domain/validate.ts'

/** One of these words. */
export const oneOf = <const T extends string>(values: readonly T[], options: object = {}) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values], ...options })

/** The value, or null to clear it. */
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** A required text: blanks alone are none. It is kept as it was sent. */
export const text = (maxLength: number, options: object = {}) =>
  Type.String({ minLength: 1, maxLength, pattern: notBlank, ...options })

export const strict = { additionalProperties: false } as const

/** An id as clients send it: any text; what does not exist is not found, never malformed (contract 0.5). */
export const id = (description: string, example?: string) =>
  Type.String({ minLength: 1, maxLength: 255, description, ...(example && { examples: [example] }) })

/** Contract 0.4: `2021-08-03T04:55:17.355Z`. */
export const Timestamp = Type.String({
  description: 'ISO 8601, UTC, milliseconds',
  examples: ['2021-08-03T04:55:17.355Z'],
})

/** Epoch milliseconds as the wire shows them. */
export function iso(at: number): string {
  const day = Math.floor(at / aDay)
  const ms = at - day * aDay
  return `${dateOf(day)}${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${three(ms % 1000)}Z`
}

// A reply holds half a dozen times of a few days; `toISOString` formats each with the C library's printf.
const aDay = 86_400_000
const dates = new Map<number, string>()
const datesKept = 4096

function dateOf(day: number): string {
  const known = dates.get(day)
  if (known) return known
  if (dates.size >= datesKept) dates.clear()
  const date = new Date(day * aDay).toISOString().slice(0, 11)
  dates.set(day, date)
  return date
}

const digits = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'))
const three = (number: number) => digits[Math.floor(number)]
const two = (number: number) => twoDigits[Math.floor(number)]
const twoDigits = digits.slice(0, 60).map((text) => text.slice(1))
export const isoOrNull = (at: number | null) => (at === null ? null : iso(at))
