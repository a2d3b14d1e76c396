import { describe, expect, test } from 'vitest'
import { keptStepIds, stepIdAt, stepIdsOf } from './stepIds.ts'
import type { Step } from './workflow.ts'

const tag = (name: string): Step => ({ type: 'tag', settings: { name } })
const wait: Step = { type: 'wait', settings: { days: 1 } }
const fork = (yes: Step[], no: Step[] = []): Step => ({ type: 'fork', settings: {}, branches: { yes, no } })

const written = (steps: Step[], stepIds: Record<string, string> = {}) => ({
  ...{
    id: 'w',
    draft: { name: '', trigger: null, steps, settings: { allowMultiple: true, allowMultipleOpportunity: true } },
  },
  stepIds,
})
const own = expect.stringMatching(/^\w{20}$/)

describe('a step keeps what it is called', () => {
  const before = written([tag('a'), fork([tag('b'), wait]), tag('c')])
  const then = { ...before, stepIds: { 0: 'A', 1: 'Fork', '1.yes.0': 'B', '1.yes.1': 'Wait', 2: 'C' } }

  test.each<[what: string, steps: Step[], ids: object]>([
    ['as long as nothing changes', before.draft.steps, then.stepIds],
    [
      'behind one that is new',
      [wait, ...before.draft.steps],
      { 0: own, 1: 'A', 2: 'Fork', '2.yes.0': 'B', '2.yes.1': 'Wait', 3: 'C' },
    ],
    ['where another is gone', [fork([wait]), tag('c')], { 0: 'Fork', '0.yes.0': 'Wait', 1: 'C' }],
    ['wherever it is moved', [tag('c'), wait, tag('b')], { 0: 'C', 1: 'Wait', 2: 'B' }],
    [
      'though it is changed where it stands',
      [tag('a'), fork([tag('other'), wait]), tag('c')],
      { ...then.stepIds, '1.yes.0': 'B' },
    ],
    ['though it is changed and moved, if it is the only one of its kind', [{ ...wait, name: 'A day' }], { 0: 'Wait' }],
    ['and its double is new', [tag('a'), fork([tag('b'), wait, wait]), tag('c')], { ...then.stepIds, '1.yes.2': own }],
  ])('%s', (_what, steps, ids) => {
    expect(keptStepIds(then, steps)).toEqual(ids)
  })

  test('and a step of another kind in its place is new', () => {
    expect(keptStepIds(written([wait], { 0: 'Wait' }), [tag('a')])).toEqual({ 0: own })
    expect(keptStepIds(null, [tag('a'), fork([wait])])).toEqual({ 0: own, 1: own, '1.yes.0': own })
  })
})

test('steps from before they were called anything are called by their place, and keep that', () => {
  const workflow = written([wait, fork([], [tag('a')])])

  expect(stepIdAt(workflow, '1.no.0')).toBe('w-1.no.0')
  expect(stepIdsOf(workflow)).toEqual({ 0: 'w-0', 1: 'w-1', '1.no.0': 'w-1.no.0' })
  expect(keptStepIds(workflow, [tag('a')])).toEqual({ 0: 'w-1.no.0' })
})
