import { type Static, type TProperties, Type } from '@sinclair/typebox'
import { strict } from '../schemas.ts'
import * as v2 from '../v2/opportunities/searchWire.ts'
import { camel } from '../v2/spelling.ts'

const { properties } = v2.SearchQuery

/** The names of v2's query by those of v3. */
const v2Names = Object.fromEntries(Object.keys(properties).map((name) => [camel(name), name]))

/** Contract 5.1: v2's query in camelCase, and with shorter texts. */
export const spelling: v2.Spelling = {
  query: Type.Object(
    {
      ...(rename(properties, camel) as TProperties),
      q: Type.Optional(Type.String({ ...properties.q, maxLength: 75 })),
    },
    strict,
  ),
  location: { in: 'query', name: 'locationId', misspelt: 'location_id' },
  read: (sent) => rename(sent, (name) => v2Names[name] ?? name) as v2.SearchQuery,
  write: (query) => rename(query, camel),
}

function rename(named: object, to: (name: string) => string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [to(name), value]))
}

export const SearchBody = Type.Object(
  {
    ...v2.SearchBody.properties,
    page: Type.Optional(Type.Integer({ minimum: 0, description: 'From 0; `searchAfter` reaches further' })),
  },
  strict,
)

/** v2 counts its pages from 1 (contract, conflict 19). */
export const readSearchBody = (body: Static<typeof SearchBody>) =>
  body.page === undefined ? body : { ...body, page: body.page + 1 }
