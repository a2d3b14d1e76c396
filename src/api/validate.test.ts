import { type TSchema, Type } from '@sinclair/typebox'
import { describe, expect, test } from 'vitest'
import { nullable, oneOf, strict, text } from './schemas.ts'
import { coercingly, strictly } from './validate.ts'

const Body = Type.Object(
  {
    name: text(5),
    status: oneOf(['open', 'won']),
    value: Type.Optional(nullable(Type.Number({ minimum: 0, maximum: 10 }))),
    count: Type.Optional(Type.Integer()),
    flag: Type.Optional(Type.Boolean()),
    tags: Type.Optional(Type.Array(text(5), { minItems: 1, maxItems: 2 })),
    inner: Type.Optional(Type.Object({ deep: Type.String() }, strict)),
    code: Type.Optional(Type.String({ pattern: '^#', message: 'must begin with #' })),
    mark: Type.Optional(Type.String({ pattern: '^x' })),
    long: Type.Optional(Type.String({ minLength: 3 })),
  },
  strict,
)
const good = { name: 'Ada', status: 'open' }

function issues(value: unknown, schema: TSchema = Body, check = strictly): string[] {
  try {
    check(schema)(value)
  } catch (error) {
    return (error as { details: { issues: string[] } }).details.issues
  }
  return []
}

test('what fits passes', () => {
  expect(issues(good)).toEqual([])
  expect(issues({ ...good, value: null, tags: ['a'], inner: { deep: '' }, code: '#', flag: false })).toEqual([])
})

describe('a sentence for each thing that is wrong', () => {
  test.each<[object, ...string[]]>([
    [{ name: undefined }, 'name should not be empty', 'name must be a string'],
    [{ name: null }, 'name should not be empty', 'name must be a string'],
    [{ name: '' }, 'name should not be empty'],
    [{ name: 5 }, 'name must be a string'],
    [{ name: 'much too long' }, 'name must be shorter than or equal to 5 characters'],
    [{ status: 'lost' }, 'status must be one of the following values: open, won'],
    [{ value: '5' }, 'value must be a number conforming to the specified constraints'],
    [{ value: -1 }, 'value must not be less than 0'],
    [{ value: 11 }, 'value must not be greater than 10'],
    [{ count: 1.5 }, 'count must be an integer number'],
    [{ flag: 'true' }, 'flag must be a boolean value'],
    [{ tags: 'a' }, 'tags must be an array'],
    [{ tags: [] }, 'tags must contain at least 1 elements'],
    [{ tags: ['a', 'b', 'c'] }, 'tags must contain no more than 2 elements'],
    [{ tags: ['a', 5] }, 'tags.1 must be a string'],
    [{ inner: 'x' }, 'inner must be an object'],
    [{ inner: {} }, 'inner.deep should not be empty', 'inner.deep must be a string'],
    [{ inner: { deep: 'x', extra: 1 } }, 'inner.property extra should not exist'],
    [{ code: 'red' }, 'code must begin with #'],
    [{ mark: 'y' }, 'mark must match ^x regular expression'],
    [{ long: 'ab' }, 'long must be longer than or equal to 3 characters'],
    [{ extra: 1 }, 'property extra should not exist'],
  ])('%j', (fields, ...expected) => {
    expect(issues(JSON.parse(JSON.stringify({ ...good, ...fields })))).toEqual(expected)
  })

  test('comes in the order of the schema, what is unknown first', () => {
    expect(issues({ flag: 1, value: 'x', extra: 1, another: 2 })).toEqual([
      'property extra should not exist',
      'property another should not exist',
      'name should not be empty',
      'name must be a string',
      'status should not be empty',
      'status must be one of the following values: open, won',
      'value must be a number conforming to the specified constraints',
      'flag must be a boolean value',
    ])
  })

  test('comes once', () => {
    expect(issues({ ...good, tags: [5, 5] })).toEqual(['tags.0 must be a string', 'tags.1 must be a string'])
    expect(new Set(issues({ ...good, value: {} })).size).toBe(issues({ ...good, value: {} }).length)
  })

  test('says what a field must be where the schema is made of several', () => {
    const Whole = Type.Intersect([Type.Object({ id: Type.String() }), Type.Object({ id: Type.String() })])

    expect(issues({ id: 5 }, Whole)).toEqual(['id must be a string'])
    expect(issues('x', Type.Object({}))).toEqual(['body must be an object'])
  })
})

describe('where everything arrives as text', () => {
  const Query = Type.Object(
    { limit: Type.Optional(Type.Integer({ minimum: 1 })), all: Type.Optional(Type.Boolean()) },
    strict,
  )

  test('numbers and flags are read in place', () => {
    const query = { limit: '20', all: 'true' }

    coercingly(Query)(query)

    expect(query).toEqual({ limit: 20, all: true })
  })

  test('what is none is refused', () => {
    expect(issues({ limit: 'many', all: 'yes' }, Query, coercingly)).toEqual([
      'limit must be an integer number',
      'all must be a boolean value',
    ])
    expect(issues({ limit: '0' }, Query, coercingly)).toEqual(['limit must not be less than 1'])
    expect(issues({ limit: ['1', '2'] }, Query, coercingly)).toEqual(['limit must be an integer number'])
  })
})
