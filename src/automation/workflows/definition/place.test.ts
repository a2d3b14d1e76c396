import { describe, expect, test } from 'vitest'
import { placeAfter, stepAt } from './place.ts'
import type { Step } from './workflow.ts'

const step = (type: string, branches?: Record<string, Step[]>): Step => ({
  type,
  settings: {},
  ...(branches && { branches }),
})

const steps = [step('a'), step('fork', { yes: [step('b'), step('inner', { no: [step('c')] })], no: [] }), step('d')]

describe('a place', () => {
  test.each([
    ['0', 'a'],
    ['1.yes.0', 'b'],
    ['1.yes.1.no.0', 'c'],
    ['3', undefined],
    ['1.no.0', undefined],
    ['0.yes.0', undefined],
  ])('%s is the step %s', (place, type) => {
    expect(stepAt(steps, place)?.type).toBe(type)
  })

  test.each([
    ['0', undefined, '1'],
    ['1', 'yes', '1.yes.0'],
    ['1', 'no', '2'],
    ['1.yes.0', undefined, '1.yes.1'],
    ['1.yes.1', 'no', '1.yes.1.no.0'],
    ['1.yes.1', 'yes', '2'],
    ['1.yes.1.no.0', undefined, '2'],
    ['2', undefined, null],
  ])('behind %s on branch %s comes %s', (place, branch, next) => {
    expect(placeAfter(steps, place, branch)).toBe(next)
  })
})
