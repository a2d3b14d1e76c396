import { noteTextOf } from './noteText.ts'

/* The JSON schemas of triggers and actions, and what kind of field each part of them is. */

export interface Schema {
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  enum?: string[]
  patternProperties?: Record<string, Schema>
  description?: string
  /** An id of one of these. */
  refers?: Kind
  pattern?: string
  /** `text/html`: a person writes it as text. */
  contentMediaType?: string
  minimum?: number
  exclusiveMinimum?: number
  maximum?: number
  maxLength?: number
}
export type Kind = 'pipeline' | 'stage' | 'user' | 'lostReason' | 'workflow'

export type FieldKind =
  | 'reference'
  | 'choice'
  | 'day'
  | 'text'
  | 'longText'
  | 'note'
  | 'amount'
  | 'number'
  | 'flag'
  | 'many'
  | 'duration'
  | 'conditions'
  | 'groups'
  | 'pairs'
  | 'customFields'
  | 'object'

/** From the longest text on that is more than a line. */
const long = 5000

/** Which field a person fills such a part in with. */
export function kindOf(schema: Schema): FieldKind {
  if (schema.anyOf) return manyOf(schema)?.properties?.conditions ? 'groups' : 'many'
  if (schema.refers) return 'reference'
  if (schema.enum) return 'choice'
  if (Array.isArray(schema.type)) return 'amount'
  if (schema.type === 'boolean') return 'flag'
  if (schema.type === 'number' || schema.type === 'integer') return 'number'
  if (schema.type === 'array') return ofArray(schema)
  if (schema.patternProperties) return 'pairs'
  if (schema.type === 'object') return ofObject(schema)
  if (schema.pattern?.includes('d{4}')) return 'day'
  if (schema.contentMediaType === 'text/html') return 'note'
  return (schema.maxLength ?? 0) >= long ? 'longText' : 'text'
}

function ofArray({ items }: Schema): FieldKind {
  if (items?.properties?.is) return 'conditions'
  return items?.type === 'object' ? 'customFields' : 'many'
}

const ofObject = ({ properties = {} }: Schema): FieldKind =>
  'days' in properties && 'seconds' in properties ? 'duration' : 'object'

/** What a list consists of, or what may stand alone or in a list. */
export const manyOf = ({ anyOf, items }: Schema): Schema | undefined =>
  items ?? anyOf?.find((one) => one.type !== 'array')

/** Whether one of them is written without a list around it. */
export const mayStandAlone = ({ anyOf }: Schema): boolean => anyOf !== undefined

/** Which properties a form shows: all of a few; of many, those that are needed or set, and the others on demand. */
export function shownOf({ properties = {}, required = [] }: Schema, values: Record<string, unknown>, added: string[]) {
  const names = Object.keys(properties)
  if (names.length <= few) return { shown: names, left: [] }
  const isShown = (name: string) => required.includes(name) || values[name] !== undefined || added.includes(name)
  return { shown: names.filter(isShown), left: names.filter((name) => !isShown(name)) }
}

const few = 5

/** Settings as a person reads them: of what is HTML, the text. */
export function readable(settings: Record<string, unknown>, schema: Schema = {}): Record<string, unknown> {
  const entries = Object.entries(settings).map(([name, value]) => [
    name,
    isNote(schema.properties?.[name]) && typeof value === 'string' ? noteTextOf(value) : value,
  ])
  return Object.fromEntries(entries)
}

const isNote = (schema: Schema | undefined) => schema !== undefined && kindOf(schema) === 'note'
