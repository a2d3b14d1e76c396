import { type TSchema, Type } from '@sinclair/typebox'

/** One of these words. */
export const oneOf = <const T extends string>(values: readonly T[], options: object = {}) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values], ...options })

/** The value, or null to clear it. */
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** A required text. */
export const text = (maxLength: number, options: object = {}) => Type.String({ minLength: 1, maxLength, ...options })

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
  if (at !== lastAt) lastText = new Date(at).toISOString()
  lastAt = at
  return lastText
}

// Most of a record's times are the same moment.
let lastAt: number | undefined
let lastText = ''
export const isoOrNull = (at: number | null) => (at === null ? null : iso(at))
