import { expect, test } from 'vitest'
import { changeStep, duplicateStep, insertStep, moveStep, type Step, stepAt } from './definition.ts'
import { stepIdOf, withStepIds } from './stepIds.ts'

const tag = (name: string): Step => ({ type: 'tag', settings: { name } })
const fork: Step = { type: 'fork', settings: {}, branches: { yes: [tag('b')], no: [] } }
const steps = withStepIds([tag('a'), fork], { 0: 'A', 1: 'Fork', '1.yes.0': 'B' })
const idAt = (steps: Step[], path: string) => stepIdOf(stepAt(steps, path) as Step)

test('a step goes by its id wherever it is moved and however it is changed, but its double does not', () => {
  const moved = moveStep(steps, 'steps.1', -1)
  const changed = changeStep(moved, 'steps.0.branches.yes.0', (step) => ({ ...step, settings: { name: 'c' } }))
  const more = duplicateStep(insertStep(changed, 'steps', 0, tag('new')), 'steps.1')

  const paths = ['steps.0', 'steps.1', 'steps.1.branches.yes.0', 'steps.2', 'steps.2.branches.yes.0', 'steps.3']
  expect(paths.map((path) => idAt(more, path))).toEqual([undefined, 'Fork', 'B', undefined, undefined, 'A'])
})

test('what a step is called is no part of what is saved', () => {
  expect(JSON.stringify(steps)).toBe(JSON.stringify([tag('a'), fork]))
})
