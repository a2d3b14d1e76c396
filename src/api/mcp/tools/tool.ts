import { type TObject, type TSchema, Type } from '@sinclair/typebox'
import { type Call, callOf } from '../../call.ts'
import type { Endpoint } from '../../endpoint.ts'
import { plain } from '../../openapi.ts'
import { strict } from '../../schemas.ts'
import type { Marks } from './marks.ts'

/** A tool as the tables write it: a row of the dialect, and what a model needs besides the row's own schemas. */
export interface ToolRow {
  /** The row's id. */
  row: string
  /** The row's summary unless said. */
  title?: string
  description: string
  marks: Marks
  /** Arguments that are not called as on the wire: `{ id: 'opportunityId' }`. */
  names?: Record<string, string>
  /** The fields of the body that are arguments, and whether each must be given; all of them unless said. */
  body?: Record<string, 'required' | 'optional'>
  /** What has no effect here, and would only be in a model's way. */
  omit?: string[]
  /** What an argument is for, where its schema does not say or says it too briefly, by its name as an argument. */
  about?: Record<string, string>
}

export type ToolTable = Record<`ghl_${string}`, ToolRow>

type Place = 'params' | 'query' | 'body'
/** An argument and where on the wire it goes. */
type Slot = [string, { place: Place; name: string }]
type JsonObject = Record<string, unknown>

/** A tool ready to be listed and called. */
export interface Tool {
  name: string
  row: Endpoint
  call: Call
  /** Where on the wire each argument goes; `dryRun` goes nowhere. */
  slots: ReadonlyMap<string, { place: Place; name: string }>
  /** As `tools/list` shows it. */
  listed: {
    name: string
    title: string
    description: string
    inputSchema: JsonObject & { type: 'object'; properties: Record<string, object>; required: string[] }
    outputSchema: JsonObject & { type: 'object' }
    annotations: Marks & { title: string }
  }
}

const places = ['params', 'query', 'body'] as const
/** Always the token's own. */
const ownLocation = ['locationId', 'location_id']

/** Composes a tool of its row: the arguments are the row's parameters, query and body in one object. */
export function toolOf(name: string, wanted: ToolRow, given: Endpoint): Tool {
  const row = narrowed(given, wanted.body)
  const slots = slotsOf(row, wanted)
  const { title = row.summary, description, marks } = wanted
  const listed: Tool['listed'] = {
    name,
    title,
    description,
    inputSchema: inputOf(row, wanted, slots),
    outputSchema: outputOf(row, marks),
    annotations: { title, ...marks },
  }
  return { name, row, call: callOf(row, { checksLocation: true }), slots: new Map(slots), listed }
}

function slotsOf(row: Endpoint, { names = {}, omit = [] }: ToolRow): Slot[] {
  const left = [...ownLocation, ...omit]
  return places.flatMap((place) =>
    Object.keys(row[place]?.properties ?? {})
      .filter((name) => !left.includes(name))
      .map((name): Slot => [names[name] ?? name, { place, name }]),
  )
}

/** The row with no more of its body than the tool takes, so that the row's own checks are the tool's. */
function narrowed(row: Endpoint, body: ToolRow['body']): Endpoint {
  if (!body || !row.body) return row
  const all: Record<string, TSchema> = Type.Required(row.body).properties
  const taken = Object.entries(body).map(([name, need]): [string, TSchema] => {
    const schema = all[name] as TSchema
    return [name, need === 'required' ? schema : Type.Optional(schema)]
  })
  return { ...row, body: Type.Object(Object.fromEntries(taken), strict) }
}

function inputOf(row: Endpoint, { about = {}, marks }: ToolRow, slots: Slot[]) {
  const properties = slots.map(([argument, { place, name }]) => {
    const schema = plain(row[place]?.properties[name] as TSchema) as JsonObject
    return [argument, about[argument] ? { ...schema, description: about[argument] } : schema]
  })
  return {
    type: 'object' as const,
    properties: { ...Object.fromEntries(properties), ...(!marks.readOnlyHint && { dryRun }) },
    required: slots.filter(([, { place, name }]) => row[place]?.required?.includes(name)).map(([argument]) => argument),
    additionalProperties: false,
  }
}

const dryRun = {
  type: 'boolean',
  description: 'Check everything and answer what would be, but change nothing',
  default: false,
}

/** The row's reply without its trace; of a dry run it says so. */
function outputOf({ reply }: Endpoint, { readOnlyHint }: Marks) {
  const { properties, required = [], ...rest } = plain(reply) as JsonObject & Pick<TObject, 'properties' | 'required'>
  const { traceId: _, ...own } = properties
  return {
    ...rest,
    type: 'object' as const,
    properties: { ...own, ...(!readOnlyHint && { dryRun: { type: 'boolean', description: 'Nothing was changed' } }) },
    required: required.filter((name) => name !== 'traceId'),
  }
}
