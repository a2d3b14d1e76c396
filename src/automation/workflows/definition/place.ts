import type { Step } from './workflow.ts'

/*
 * A place says which step of a definition comes next: `2` is the third step, `2.yes.0` the first one on its branch `yes`.
 * Behind the last step of a branch a run goes on behind the step that branched.
 */

export const beginning = '0'

/** The step at a place; undefined behind the last one. */
export function stepAt(steps: Step[], place: string): Step | undefined {
  const [at = '', branch, ...rest] = place.split('.')
  const step = steps[Number(at)]
  return branch === undefined ? step : step && stepAt(step.branches?.[branch] ?? [], rest.join('.'))
}

/** Where a run goes on behind a step, on one of its branches where that has steps; null at the end. */
export function placeAfter(steps: Step[], place: string, branch?: string): string | null {
  const inside = branch === undefined ? undefined : `${place}.${branch}.0`
  if (inside && stepAt(steps, inside)) return inside
  const parts = place.split('.')
  const next = [...parts.slice(0, -1), Number(parts.at(-1)) + 1].join('.')
  if (stepAt(steps, next)) return next
  return parts.length > 2 ? placeAfter(steps, parts.slice(0, -2).join('.')) : null
}
