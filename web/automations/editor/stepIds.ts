import type { Step } from './definition.ts'

/** It goes with a step through every change that is not saved yet, is left behind by its double, and never travels. */
const calledBy = Symbol('stepId')

/** What the server calls the step; nothing of one that it has not seen. */
export const stepIdOf = (step: Step): string | undefined => (step as { [calledBy]?: string })[calledBy]

/** The steps of the draft as it is saved, each with what it is called. `stepIds`: by their places, such as `1.yes.0`. */
export function withStepIds(steps: Step[], stepIds: Record<string, string>, within = ''): Step[] {
  return steps.map((step, at) => {
    const place = `${within}${at}`
    const branches = Object.entries(step.branches ?? {}).map(([name, list]) => [
      name,
      withStepIds(list, stepIds, `${place}.${name}.`),
    ])
    return { ...step, ...(step.branches && { branches: Object.fromEntries(branches) }), [calledBy]: stepIds[place] }
  })
}
