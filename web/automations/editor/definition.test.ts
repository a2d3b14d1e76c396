import { describe, expect, test } from 'vitest'
import {
  countSteps,
  duplicateStep,
  insertStep,
  listAt,
  moveStep,
  placeBeside,
  removeStep,
  type Step,
  stepAt,
  withSetting,
  writtenIn,
} from './definition.ts'
import { issueOf, issuesBelow, readIssues } from './issues.ts'

const step = (type: string, branches?: Record<string, Step[]>): Step => ({
  type,
  settings: {},
  ...(branches && { branches }),
})
const steps = [step('a'), step('fork', { yes: [step('b'), step('inner', { no: [step('c')] })] }), step('d')]

/** `a fork(yes: b inner(no: c)) d` */
const shape = (list: Step[]): string =>
  list
    .map(({ type, branches }) => {
      const inner = Object.entries(branches ?? {}).map(([name, steps]) => `${name}: ${shape(steps)}`)
      return inner.length > 0 ? `${type}(${inner.join(', ')})` : type
    })
    .join(' ')

describe('the steps of a workflow', () => {
  test.each([
    ['steps.0', 'a'],
    ['steps.1.branches.yes.0', 'b'],
    ['steps.1.branches.yes.1.branches.no.0', 'c'],
    ['steps.1.branches.no.0', undefined],
    ['steps.9', undefined],
  ])('%s is %s', (path, type) => {
    expect(stepAt(steps, path)?.type).toBe(type)
  })

  test.each([
    ['steps', 0, 'x a fork(yes: b inner(no: c)) d'],
    ['steps.1.branches.yes', 1, 'a fork(yes: b x inner(no: c)) d'],
    ['steps.1.branches.no', 0, 'a fork(yes: b inner(no: c), no: x) d'],
    ['steps.1.branches.yes.1.branches.no', 1, 'a fork(yes: b inner(no: c x)) d'],
  ])('a new one is put into %s at %d', (list, at, expected) => {
    expect(shape(insertStep(steps, list, at, step('x')))).toBe(expected)
  })

  test('one is removed with its branches, and the others stay', () => {
    expect(shape(removeStep(steps, 'steps.1.branches.yes.1'))).toBe('a fork(yes: b) d')
    expect(shape(removeStep(steps, 'steps.1'))).toBe('a d')
  })

  test('one is doubled with its branches', () => {
    expect(shape(duplicateStep(steps, 'steps.1.branches.yes.1'))).toBe('a fork(yes: b inner(no: c) inner(no: c)) d')
  })

  test('one moves within its list, and no further', () => {
    expect(shape(moveStep(steps, 'steps.2', -1))).toBe('a d fork(yes: b inner(no: c))')
    expect(shape(moveStep(steps, 'steps.1.branches.yes.0', 1))).toBe('a fork(yes: inner(no: c) b) d')
    expect(shape(moveStep(steps, 'steps.0', -1))).toBe(shape(steps))
    expect(placeBeside(steps, 'steps.2', 1)).toBeUndefined()
  })

  test('are counted with those of branches', () => {
    expect(countSteps(steps)).toBe(6)
    expect(listAt(steps, 'steps.1.branches.yes')).toHaveLength(2)
    expect(listAt(steps, 'steps.1.branches.no')).toEqual([])
  })

  test('a setting that is emptied is left out', () => {
    expect(withSetting({ a: 1, b: 2 }, 'a', '')).toEqual({ b: 2 })
    expect(withSetting({ a: 1 }, 'b', [])).toEqual({ a: 1 })
    expect(withSetting({ a: 1 }, 'b', false)).toEqual({ a: 1, b: false })
  })
})

describe('what stands in the way of publishing', () => {
  const issues = readIssues([
    'trigger should not be empty',
    'trigger.filters.signature.secret should not be empty',
    'trigger.filters.signature.secret must be a string',
    'steps.2.branches.yes.0.settings.body should not be empty',
    'steps.1.settings must have exactly one of for, until and condition',
    'steps must contain at least 1 elements',
  ])

  test('is read to the card and the field that it belongs to, once for each', () => {
    expect(issues.map(({ card, field }) => [card, field])).toEqual([
      ['trigger', ''],
      ['trigger', 'signature.secret'],
      ['steps.2.branches.yes.0', 'body'],
      ['steps.1', ''],
      ['steps', ''],
    ])
  })

  test('is found by its field, and below it', () => {
    expect(issueOf(issues, 'body')).toBe('This is needed.')
    expect(issueOf(issuesBelow(issues, 'signature'), 'secret')).toBe('This is needed.')
    expect(issueOf(issues, 'title')).toBeUndefined()
  })

  test('is said as a sentence', () => {
    expect(issues[3]?.says).toBe('Must have exactly one of for, until and condition')
  })
})

test('a draft that is to win over another one takes along only what was written in it, and never the name', () => {
  const settings = { allowMultiple: true, allowMultipleOpportunity: false }
  const before = { name: 'Before', trigger: null, steps, settings }
  const written = { ...structuredClone(before), name: 'Never written here', steps: removeStep(steps, 'steps.0') }

  expect(writtenIn(written, before)).toEqual({ steps: written.steps })
  expect(writtenIn(written)).toEqual({ trigger: null, steps: written.steps, settings })
})
