import { type Static, Type } from '@sinclair/typebox'
import { written } from '../merge/render.ts'
import { lookUp, type View } from '../merge/view.ts'
import { oneOf, requiredText, strict } from './fields.ts'

const operators = [
  'equals',
  'notEquals',
  'contains',
  'notContains',
  'greaterThan',
  'atLeast',
  'lessThan',
  'atMost',
  'isEmpty',
  'isNotEmpty',
] as const

export const Condition = Type.Object(
  {
    field: requiredText('A merge field without its braces, such as `opportunity.monetaryValue` or `contact.tags`', 255),
    is: oneOf(operators, 'How it is compared'),
    value: Type.Optional(
      Type.Unsafe<string | number | boolean>({
        type: ['string', 'number', 'boolean'],
        message: 'must be a text, a number or a flag',
      }),
    ),
  },
  strict,
)
export type Condition = Static<typeof Condition>

export const conditions = {
  conditions: Type.Array(Condition, { minItems: 1, maxItems: 50 }),
  match: Type.Optional(oneOf(['all', 'any'], 'How many of them must hold; all unless given')),
}

/** Of a comparison with nothing nobody knows what is meant: whoever means that asks for `isEmpty`. */
export const issuesOfConditions = ({ conditions }: { conditions?: Condition[] }): string[] =>
  (conditions ?? []).flatMap(({ is, value }, at) =>
    value === undefined && is !== 'isEmpty' && is !== 'isNotEmpty'
      ? [`conditions.${at}.value should not be empty; whether there is nothing is asked by isEmpty`]
      : [],
  )

export function holds(view: View, { conditions, match = 'all' }: { conditions: Condition[]; match?: 'all' | 'any' }) {
  const test = (condition: Condition) => passes(lookUp(view, condition.field), condition)
  return match === 'any' ? conditions.some(test) : conditions.every(test)
}

function passes(found: unknown, { is, value = '' }: Condition): boolean {
  switch (is) {
    case 'isEmpty':
      return isEmpty(found)
    case 'isNotEmpty':
      return !isEmpty(found)
    case 'equals':
      return isSame(found, value)
    case 'notEquals':
      return !isSame(found, value)
    case 'contains':
      return has(found, value)
    case 'notContains':
      return !has(found, value)
    default:
      return isInOrder(found, is, value)
  }
}

const isEmpty = (found: unknown) => found === null || found === undefined || found === '' || written(found) === ''

/** Texts as people compare them, numbers as numbers however they were written. */
function isSame(found: unknown, value: unknown): boolean {
  if (Array.isArray(found)) return found.some((item) => isSame(item, value))
  if (isEmpty(found) || isEmpty(value)) return isEmpty(found) && isEmpty(value)
  const [one, other] = [Number(found), Number(value)]
  if (!Number.isNaN(one) && !Number.isNaN(other)) return one === other
  return fold(found) === fold(value)
}

const has = (found: unknown, value: unknown) =>
  Array.isArray(found) ? found.some((item) => isSame(item, value)) : fold(found).includes(fold(value))

const fold = (value: unknown) => written(value).trim().toLowerCase()

/** Numbers by size, everything else, such as days, by the order of its signs. What is not there is in no order. */
function isInOrder(found: unknown, is: string, value: unknown): boolean {
  if (isEmpty(found) || isEmpty(value)) return false
  const [one, other] = [Number(found), Number(value)]
  const areNumbers = !Number.isNaN(one) && !Number.isNaN(other)
  const order = areNumbers ? one - other : compare(fold(found), fold(value))
  if (is === 'greaterThan') return order > 0
  if (is === 'atLeast') return order >= 0
  return is === 'lessThan' ? order < 0 : order <= 0
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
