import fc from 'fast-check'
import type { Endpoint } from '../../src/api/endpoint.ts'
import { randomFrom } from './random.ts'

/** As much of JSON Schema as the rows use. */
export interface Schema {
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  enum?: unknown[]
  examples?: unknown[]
  patternProperties?: Record<string, Schema>
  minimum?: number
  maximum?: number
  maxLength?: number
}

/** A request as it will travel. Ids that exist stand in it as marks, so that each run finds records that are alive. */
export interface Asked {
  method: string
  path: string
  body: string | undefined
}

/** Alive ids by the names of the fields that hold them. */
export type Pool = Record<string, string[]>

const prototypes = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype']
const oddTexts = [
  ...['', ' ', '0', '12', '-1', 'true', 'null', 'undefined', 'NaN', 'Infinity', '1e999', '0x10', '[]', '{}', ','],
  ...[
    '\u0000',
    'a\u0000b',
    '\ud800',
    'x\udfff',
    '\u{1f469}\u200d\u{1f469}',
    '\u202eabc',
    '\ufeff',
    '\u0301',
    '\u{10ffff}',
  ],
  ...["' or 1=1 --", '"', '%', '%%%', '_', '\\', '\\u0000', '../..', '?', '#', '&a=b', '\r\n', 'ﬀ', 'İ', 'ß'],
  ...['2030-02-30', '2030-01-01T99:99', '-271821-04-20T00:00:00Z', '+275760-09-13', '99-99-9999', '9'.repeat(30)],
  ...['__none__', 'custom_fields.x', 'open', 'all', 'x'.repeat(256), 'ab'.repeat(2000), 'x'.repeat(70_000)],
  ...prototypes,
]
/** Whole signs of one to four bytes in no order, which no index can press together, and such as fold to many. */
const longText = fc
  .tuple(
    fc.constantFrom([0x21, 94], [0xc0, 0x140], [0x4e00, 20_000], [0xac00, 11_172], [0x1f400, 200], [0xfdfa, 1]),
    fc.constantFrom(255, 256, 257, 700, 1000, 3000, 9000),
    fc.nat(2 ** 31),
  )
  .map(([[first = 0, count = 1], length, seed]) => {
    const { below } = randomFrom(seed)
    return Array.from({ length }, () => String.fromCodePoint(first + below(count))).join('')
  })

/** What JSON can say and `JSON.stringify` cannot; see `write`. */
const oddNumbers = ['1e999', '-1e999', '-0', '1E400', '12345678901234567890', '1e-400', '9007199254740993', '0.1e1']

const nested = (depth: number, list: boolean): unknown =>
  depth === 0 ? 'x' : list ? [nested(depth - 1, list)] : { filters: nested(depth - 1, list) }

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    2 ** 31,
    2 ** 53,
    -(2 ** 63),
    1e308,
    5e-324,
    [],
    {},
    [[]],
    [null],
    [{}],
  ),
  fc.constantFrom(...oddTexts),
  longText,
  fc.tuple(longText, longText).map(([key, value]) => ({ [key]: value, list: [value, key] })),
  fc.constantFrom(...oddNumbers).map((text) => `@number ${text}@`),
  fc.constantFrom(...prototypes).map((name) => Object.fromEntries([[name, { name: 'x' }]])),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.double(),
  fc.jsonValue({ maxDepth: 3 }),
  fc.array(fc.constantFrom(...oddTexts.slice(0, 20)), { maxLength: 8 }),
  fc.tuple(fc.constantFrom(3, 20, 60, 63, 64, 65, 200), fc.boolean()).map(([depth, list]) => nested(depth, list)),
  fc
    .tuple(fc.constantFrom('x', 1, {}, '@contactId 0@'), fc.constantFrom(11, 501, 40_000))
    .map(([item, times]) => Array(times).fill(item)),
)

function fitting(schema: Schema, name: string, pool: Pool): fc.Arbitrary<unknown> {
  if (pool[name]) return alive(name)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => fitting(one, name, pool)))
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const type = [schema.type].flat()[0]
  if (type === 'object' && schema.properties) return object(schema, pool)
  if (type === 'object')
    return fc.dictionary(fc.string({ maxLength: 8 }), fc.constantFrom('x', true, null), { maxKeys: 3 })
  if (type === 'array') return list(schema.items ?? {}, singular(name), pool)
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  if (type === 'integer' || type === 'number') return number(schema, type)
  if (type === 'string') return text(schema)
  return fc.oneof(odd, conditions(pool))
}

const alive = (name: string) => fc.nat({ max: 5 }).map((at) => `@${name} ${at}@`)
const singular = (name: string) =>
  ({ followers: 'assignedTo', contacts: 'contactId', contactId: 'contactId' })[name] ?? name

const list = (items: Schema, name: string, pool: Pool) =>
  fc
    .tuple(fc.array(fitting(items, name, pool), { maxLength: 4 }), odd, fc.nat({ max: 7 }))
    .map(([fit, wrong, dice]) => (dice === 0 ? [...fit, wrong] : fit))

/** Of the fields that are there, most often none or one is odd: a second one would hide what the first one does. */
function object({ properties = {}, required = [] }: Schema, pool: Pool): fc.Arbitrary<unknown> {
  const names = Object.keys(properties)
  const parts = Object.entries(properties).map(([name, schema]) =>
    fc.option(fitting(schema, name === 'id' && properties.field_value ? 'customFieldId' : name, pool), {
      freq: required.includes(name) ? 30 : 2,
      nil: undefined,
    }),
  )
  const spots = [...names, ...names, 'extra', ...prototypes.slice(0, 2)]
  const oddOnes = fc.array(fc.tuple(fc.constantFrom(...spots), odd), { maxLength: 2 })
  return fc.tuple(fc.tuple(...parts), oddOnes, fc.boolean()).map(([values, wrong, isOdd]) => {
    const entries = names.map((name, at): [string, unknown] => [name, values[at]])
    return Object.fromEntries([...entries, ...(isOdd ? wrong : [])].filter(([, value]) => value !== undefined))
  })
}

const number = ({ minimum = -1e6, maximum = 1e6 }: Schema, type: string) =>
  type === 'integer'
    ? fc.integer({ min: Math.max(minimum, -1e9), max: Math.min(maximum, 1e9) })
    : fc.double({ min: minimum, max: maximum, noNaN: true })

const text = ({ examples = [], maxLength = 9000 }: Schema) => {
  const made = fc.string({ unit: 'grapheme', minLength: 1, maxLength: Math.min(maxLength, 60) })
  const long = longText.map((one) => [...one].slice(0, maxLength).join(''))
  const known = examples.filter((one) => typeof one === 'string')
  const usual = fc.constantFrom(...(known.length > 0 ? known : ['red', '+14155550100']))
  return fc.oneof({ weight: 3, arbitrary: usual }, { weight: 3, arbitrary: made }, { weight: 1, arbitrary: long })
}

const fields = [
  'name',
  'status',
  'monetary_value',
  'assigned_to',
  'email',
  'tags',
  'followers',
  'date_added',
  'dnd',
  'custom_fields.x',
  'id',
  'phone',
  'toString',
]
const operators = ['eq', 'not_eq', 'contains', 'not_contains', 'exists', 'not_exists', 'range', 'constructor']

/** Filters of a search, which no schema describes. */
function conditions(pool: Pool): fc.Arbitrary<unknown> {
  const value = fc.oneof(
    odd,
    fc.constantFrom(
      'open',
      'x',
      1,
      ['a', 'b'],
      { gte: 1 },
      { lte: 'soon' },
      ...Object.keys(pool).map((name) => `@${name} 0@`),
    ),
  )
  const one = fc.record(
    { field: fc.constantFrom(...fields), operator: fc.constantFrom(...operators), value },
    { requiredKeys: [] },
  )
  const group = fc.record(
    { group: fc.constantFrom('AND', 'OR', 'XOR'), filters: fc.array(one, { maxLength: 3 }) },
    { requiredKeys: [] },
  )
  return fc.array(fc.oneof(one, group), { maxLength: 4 })
}

/** A request to the row; `idsOf` names the pool that a parameter of its path is taken from. */
export function requestTo(row: Endpoint, pool: Pool, idsOf: (name: string) => string): fc.Arbitrary<Asked> {
  const names = [...row.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const param = (name: string) =>
    fc.oneof(
      { weight: 8, arbitrary: alive(idsOf(name)) },
      { weight: 1, arbitrary: fc.constantFrom(...oddTexts.filter((text) => text !== '' && text.length < 5000)) },
    )
  return fc
    .record({
      method: fc.constantFrom(...[row.method].flat()),
      params: fc.tuple(...names.map(param)),
      query: row.query ? fitting(row.query as Schema, '', pool) : fc.constant({}),
      body: row.body
        ? fc.oneof({ weight: 12, arbitrary: fitting(row.body as Schema, '', pool) }, { weight: 1, arbitrary: odd })
        : fc.constant(undefined),
    })
    .map(({ method, params, query, body }) => ({
      method,
      path: row.path.replace(/:(\w+)/g, (_, name) => escaped(params[names.indexOf(name)] ?? '')) + search(query),
      body: body === undefined ? undefined : JSON.stringify(body).replace(/"@number (\S+?)@"/g, '$1'),
    }))
}

/** Marks of living ids become those ids. */
export function enliven({ method, path, body }: Asked, pool: Pool): Asked {
  const live = (text: string) =>
    text.replace(/@(\w+) (\d)@/g, (mark, name, at) => pool[name]?.[Number(at) % (pool[name]?.length ?? 1)] ?? mark)
  return { method, path: live(path), body: body && live(body) }
}

function search(query: unknown): string {
  if (typeof query !== 'object' || query === null) return ''
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value]
      .flat()
      .slice(0, 20)
      .map((one) => [name, one]),
  )
  return `?${pairs.map(([name, value]) => `${encodeURIComponent(String(name).replace(/\p{Cs}/gu, '\ufffd'))}=${escaped(shown(value))}`).join('&')}`.slice(
    0,
    8000,
  )
}

const shown = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))

/** Percent-encoded, but for marks. */
const escaped = (text: string) =>
  /^@\w+ \d@$/.test(text) ? text : encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))
