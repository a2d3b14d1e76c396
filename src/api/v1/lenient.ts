import { type TObject, Type } from '@sinclair/typebox'
import type { Dialect, Endpoint } from '../endpoint.ts'

/**
 * The rows as v1 takes requests: what a schema does not name is passed over (contract 0.8) and reaches nothing; a query
 * parameter without a value is none.
 */
export const lenient = (dialect: Dialect): Dialect =>
  Object.fromEntries(Object.entries(dialect).map(([id, row]) => [id, open(row)]))

function open(row: Endpoint): Endpoint {
  const { query, body } = row
  return {
    ...row,
    ...(query && { query: opened(query), prepare: (sent) => dropUnsaid(query, sent) }),
    ...(body && { body: opened(body), run: (ctx, input) => row.run(ctx, { ...input, body: known(body, input.body) }) }),
  }
}

function opened({ properties, additionalProperties: _, required: __, type: ___, ...options }: TObject): TObject {
  return Type.Object(properties, options)
}

function dropUnsaid({ properties }: TObject, query: Record<string, unknown>) {
  for (const [name, value] of Object.entries(query)) {
    if (value === '' || !Object.hasOwn(properties, name)) delete query[name]
  }
}

const known = ({ properties }: TObject, sent: object) =>
  Object.fromEntries(Object.entries(sent).filter(([name]) => Object.hasOwn(properties, name)))
