import type { TSchema } from '@sinclair/typebox'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { invalid } from './errors.ts'

type Schema = Record<string, unknown> & { properties?: Record<string, Schema>; type?: string; enum?: unknown[] }

const options = { allErrors: true, verbose: true, strict: false, strictNumbers: true } as const
const strict = new Ajv(options)
const coercing = new Ajv({ ...options, coerceTypes: true })

/** A check that throws one `invalid` with a sentence for each thing that is wrong, in the house style of the API. */
export type Check = (value: unknown) => void

/** For bodies: a string is not a number. */
export const strictly = (schema: TSchema): Check => check(strict.compile(schema), schema)

/**
 * What is wrong with a part of something larger, which stands at `at`, such as `steps.2.settings`; none where it is well.
 * Of a draft nothing is wrong that is only missing yet.
 */
export function issuesOf(schema: TSchema, value: unknown, at: string, { isDraft = false } = {}): string[] {
  const validate = strict.compile(schema)
  if (validate(value)) return []
  const errors = ofOneBranch(validate.errors ?? []).filter(({ keyword }) => !isDraft || !missing.has(keyword))
  return errors.length > 0 ? sentences(errors, schema as unknown as Schema, at) : []
}

/** What has the type of one branch of a union was meant for that one: that it has none of the others' says nothing. */
function ofOneBranch(errors: ErrorObject[]): ErrorObject[] {
  return errors.filter(({ schemaPath, instancePath }) => {
    const [own, union] = /^(.*\/anyOf\/)\d+\/type$/.exec(schemaPath) ?? []
    const isOfAnother = (other: ErrorObject) =>
      union !== undefined &&
      other.schemaPath.startsWith(union) &&
      other.schemaPath !== own &&
      !/^\d+\/type$/.test(other.schemaPath.slice(union.length)) &&
      `${other.instancePath}/`.startsWith(`${instancePath}/`)
    return !errors.some(isOfAnother)
  })
}

const missing = new Set(['required', 'minItems', 'minLength', 'minProperties', 'anyOf'])

/** In a pattern: something besides blanks. */
export const notBlank = '\\S'

/** For query and path, where everything arrives as text: "20" is a number, "true" a flag. Changes the value in place. */
export const coercingly = (schema: TSchema): Check => {
  const verify = check(coercing.compile(schema), schema)
  if (!/"(number|integer)"/.test(JSON.stringify(schema))) return verify
  return (value) => {
    verify(value)
    refuseEndless(value as Record<string, unknown>)
  }
}

/** "Infinity" and "1e999" become numbers too, but none that could be counted by. */
function refuseEndless(values: Record<string, unknown>) {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'number' && !Number.isFinite(value)) throw invalid(expected(name, { type: 'number' }))
  }
}

function check(validate: ValidateFunction, schema: TSchema): Check {
  return (value) => {
    if (!validate(value)) throw invalid(...sentences(validate.errors ?? [], schema as unknown as Schema))
  }
}

/** Unknown properties first, then field by field in the schema's order, as the original does. */
function sentences(errors: ErrorObject[], schema: Schema, at = ''): string[] {
  const fields = Object.keys(schema.properties ?? {})
  const place = (error: ErrorObject) => {
    if (error.keyword === 'additionalProperties') return -1
    const first = error.instancePath.split('/')[1] ?? String(error.params.missingProperty)
    const at = fields.indexOf(first)
    return at < 0 ? fields.length : at
  }
  const ordered = errors
    // A nullable field fails twice; that it is not null either says nothing. The summary of a union says less.
    .filter(({ keyword, params }) => keyword !== 'anyOf' && !(keyword === 'type' && params.type === 'null'))
    .sort((a, b) => place(a) - place(b))
  const all = ordered.flatMap((error) => sentence(error, at))
  return all.length > 0 ? [...new Set(all)] : [`${at || 'body'} is invalid`]
}

function sentence(error: ErrorObject, at: string): string[] {
  const path = [at, ...error.instancePath.split('/').slice(1)].filter(Boolean).join('.')
  const { keyword, params, data } = error
  const parent = (error.parentSchema ?? {}) as Schema
  const field = path || 'body'
  const within = path ? `${path}.` : ''

  if (keyword === 'additionalProperties') return [`${within}property ${params.additionalProperty} should not exist`]
  if (keyword === 'required') {
    const missing = `${within}${params.missingProperty}`
    return [`${missing} should not be empty`, expected(missing, parent.properties?.[params.missingProperty] ?? {})]
  }
  if (typeof parent.message === 'string') return [`${field} ${parent.message}`]
  if (keyword === 'type') {
    const wrong = expected(field, parent)
    return data === null || data === '' ? [`${field} should not be empty`, wrong] : [wrong]
  }
  const isEmpty =
    (keyword === 'minLength' && params.limit === 1) || (keyword === 'pattern' && parent.pattern === notBlank)
  if (isEmpty) return [`${field} should not be empty`]
  return [`${field} ${limits[keyword]?.(params) ?? expected('', parent).trim()}`]
}

const limits: Record<string, (params: Record<string, unknown>) => string> = {
  maximum: ({ limit }) => `must not be greater than ${limit}`,
  minimum: ({ limit }) => `must not be less than ${limit}`,
  maxLength: ({ limit }) => `must be shorter than or equal to ${limit} characters`,
  minLength: ({ limit }) => `must be longer than or equal to ${limit} characters`,
  maxItems: ({ limit }) => `must contain no more than ${limit} elements`,
  minItems: ({ limit }) => `must contain at least ${limit} elements`,
  pattern: ({ pattern }) => `must match ${pattern} regular expression`,
}

const types: Record<string, string> = {
  string: 'must be a string',
  number: 'must be a number conforming to the specified constraints',
  integer: 'must be an integer number',
  boolean: 'must be a boolean value',
  array: 'must be an array',
  object: 'must be an object',
}

/** "status must be one of the following values: open, won": what the schema wanted, in words. */
function expected(field: string, schema: Schema): string {
  const inner = (schema.anyOf as Schema[] | undefined)?.find(({ type }) => type !== 'null') ?? schema
  if (typeof inner.message === 'string') return `${field} ${inner.message}`
  if (inner.enum) return `${field} must be one of the following values: ${inner.enum.join(', ')}`
  return `${field} ${types[inner.type ?? ''] ?? 'is invalid'}`
}
