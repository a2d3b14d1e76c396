import { expect, test } from 'vitest'
import { changesBetween } from './changes.ts'
import type { Definition, Step } from './definition.ts'

const tag = (...tags: string[]): Step => ({ type: 'tag', settings: { tags } })
const note = (body: string): Step => ({ type: 'note', settings: { body } })
const fork = (yes: Step[]): Step => ({ type: 'fork', settings: {}, branches: { yes, no: [] } })

const flow = (steps: Step[], more: Partial<Definition> = {}): Definition => ({
  name: 'A workflow',
  trigger: { type: 'won', filters: { to: 'won' } },
  steps,
  settings: { allowMultiple: true, allowMultipleOpportunity: true },
  ...more,
})
const changes = (before: Definition, after: Definition) => changesBetween(before, after, (type) => type.toUpperCase())

test.each([
  ['nothing', [tag('a')], [tag('a')], []],
  ['a step more', [tag('a')], [tag('a'), note('b')], ['New: NOTE']],
  ['a step less, in a branch', [fork([tag('a'), note('b')])], [fork([tag('a')])], ['Removed: NOTE']],
  ['other settings', [tag('a')], [tag('b')], ['Changed: TAG']],
  ['another order', [tag('a'), note('b')], [note('b'), tag('a')], ['The order of the steps']],
  ['a step that went into a branch', [fork([]), tag('a')], [fork([tag('a')])], ['The order of the steps']],
])('publishing tells of %s', (_, before, after, expected) => {
  expect(changes(flow(before), flow(after))).toEqual(expected)
})

test('publishing tells of another name, other filters, another trigger and who may enter', () => {
  const other = { name: 'Other', settings: { allowMultiple: false, allowMultipleOpportunity: true } }
  expect(changes(flow([]), flow([], { ...other, trigger: { type: 'won', filters: {} } }))).toEqual([
    'It is called “Other”',
    'The trigger’s filters are others',
    'Who may enter again',
  ])
  expect(changes(flow([]), flow([], { trigger: { type: 'lost', filters: {} } }))).toEqual(['The trigger is LOST'])
})

test('what is secret counts as the same, for versions do not tell it', () => {
  const hook = (secret: string, key: string) => ({
    ...flow([{ type: 'webhook', settings: { headers: { key } } }]),
    trigger: { type: 'hook', filters: { signature: { secret } } },
  })
  expect(changes(hook('•••', '•••'), hook('known to both', 'abc'))).toEqual([])
})
