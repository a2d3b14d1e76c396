import { expect, test } from 'vitest'
import { at, textAt } from './path.ts'

const payload = { id: 'e1', data: { list: [{ email: 'a@b.c' }], amount: 12, empty: ' ' } }

test.each([
  ['id', 'e1'],
  ['$.data.list[0].email', 'a@b.c'],
  ['data.list.0.email', 'a@b.c'],
  ['data.amount', 12],
  ['data.list[1].email', undefined],
  ['data.toString', undefined],
  ['id.length', undefined],
])('at %s a payload has %s', (path, found) => {
  expect(at(payload, path)).toBe(found)
})

test('the first place with something to say counts', () => {
  expect(textAt(payload, ['data.missing', 'data.empty', 'data.amount', 'id'])).toBe('12')
  expect(textAt(payload, 'data.list')).toBeUndefined()
  expect(textAt(payload, undefined)).toBeUndefined()
})
