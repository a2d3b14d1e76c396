import { type TSchema, Type } from '@sinclair/typebox'

/*
 * The shapes that settings and filters are made of. `refers` says what an id must be that of: whoever publishes is told
 * where it is not, and a form offers those that there are.
 */

export type Kind = 'pipeline' | 'stage' | 'user' | 'lostReason' | 'workflow'

export const strict = { additionalProperties: false } as const

/** The id of something that must be there; a merge field may stand for it. */
export const idOf = (refers: Kind, description: string) =>
  Type.String({ minLength: 1, maxLength: 255, refers, description })

export const text = (description: string, maxLength = 5000) => Type.String({ maxLength, description })

export const requiredText = (description: string, maxLength = 5000) =>
  Type.String({ minLength: 1, maxLength, description })

/** What a person writes as text, in a form that knows to write it as HTML. What merge fields put there is text in it. */
export const requiredHtml = (description: string, maxLength = 5000) =>
  Type.String({ minLength: 1, maxLength, contentMediaType: 'text/html', description })

/** One of these words. */
export const oneOf = <const T extends string>(values: readonly T[], description: string) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values], description })

/** A number, or a merge field that stands for one. */
export const number = (description: string) =>
  Type.Unsafe<number | string>({ type: ['number', 'string'], description, message: 'must be a number' })

/** One of something, or a list of which any will do. */
export const anyOf = <T extends TSchema>(item: T) =>
  Type.Union([item, Type.Array(item, { minItems: 1, maxItems: 100 })])

/** Any of those that a filter lists, or all where it lists none. */
export function isAmong(wanted: string | string[] | undefined, value: string | null): boolean {
  if (wanted === undefined) return true
  return value !== null && [wanted].flat().includes(value)
}

/** A stretch of time, in parts that are added up. */
export const Duration = Type.Object(
  {
    days: Type.Optional(Type.Number({ minimum: 0, maximum: 3650 })),
    hours: Type.Optional(Type.Number({ minimum: 0, maximum: 87600 })),
    minutes: Type.Optional(Type.Number({ minimum: 0, maximum: 5_256_000 })),
    seconds: Type.Optional(Type.Number({ minimum: 0, maximum: 315_360_000 })),
  },
  { ...strict, minProperties: 1, description: 'Such as `{ "days": 3, "hours": 12 }`' },
)

/** Milliseconds. */
export const lengthOf = ({ days = 0, hours = 0, minutes = 0, seconds = 0 }: Record<string, number | undefined>) =>
  Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000)
