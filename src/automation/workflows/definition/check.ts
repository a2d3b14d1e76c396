import type { TSchema } from '@sinclair/typebox'
import { issuesOf } from '../../../domain/validate.ts'
import { actionOf, actions } from '../actions/index.ts'
import { namesIn } from '../merge/render.ts'
import { isKnown } from '../merge/view.ts'
import { triggerOf, triggers } from '../triggers/index.ts'
import { type Definition, isRecord, Shape, type Step, StepShape } from './workflow.ts'

const mostSteps = 200
const deepestBranch = 8

/** How strict to be: a draft may lack what it does not have yet. `fields` are the keys that the location has given. */
export interface Strictness {
  isDraft: boolean
  fields?: Record<string, string[]>
}

/** Everything that is wrong with a definition by itself, a sentence each that begins with the path. */
export function issuesIn(definition: unknown, how: Strictness): string[] {
  const issues = issuesOf(Shape, definition, '')
  if (!isRecord(definition)) return issues
  const { trigger, steps } = definition as unknown as Definition
  return [...issues, ...issuesOfTrigger(trigger, how), ...(Array.isArray(steps) ? issuesOfAll(steps, how) : [])]
}

function issuesOfTrigger(trigger: unknown, how: Strictness): string[] {
  if (!isRecord(trigger)) return how.isDraft || trigger !== null ? [] : ['trigger should not be empty']
  const { type, filters } = trigger
  if (typeof type !== 'string' || !isRecord(filters)) return []
  const known = triggerOf(type)
  if (!known) return [`trigger.type must be one of the following values: ${triggers.map((one) => one.type).join(', ')}`]
  return issuesOfSettings(known.filters, known.check, filters, 'trigger.filters', how)
}

function issuesOfAll(steps: unknown[], how: Strictness): string[] {
  const count = countSteps(steps)
  if (count > mostSteps) return [`steps must contain no more than ${mostSteps} elements, branches included`]
  const none = count === 0 && !how.isDraft ? ['steps must contain at least 1 elements'] : []
  return [...none, ...issuesOfSteps(steps, 'steps', how, 0)]
}

function countSteps(steps: unknown[]): number {
  const within = (step: unknown) =>
    isRecord(step) && isRecord(step.branches) ? Object.values(step.branches).filter(Array.isArray) : []
  return steps.reduce<number>((sum, step) => sum + 1 + within(step).reduce((all, one) => all + countSteps(one), 0), 0)
}

function issuesOfSteps(steps: unknown[], at: string, how: Strictness, depth: number): string[] {
  if (depth > deepestBranch) return [`${at} must not branch deeper than ${deepestBranch} levels`]
  return steps.flatMap((step, index) => issuesOfStep(step, `${at}.${index}`, how, depth))
}

function issuesOfStep(step: unknown, at: string, how: Strictness, depth: number): string[] {
  const shape = issuesOf(StepShape, step, at)
  if (shape.length > 0 || !isRecord(step) || typeof step.type !== 'string') return shape
  const { type, settings, branches = {} } = step as unknown as Step
  const action = actionOf(type)
  if (!action) return [`${at}.type must be one of the following values: ${actions.map((one) => one.type).join(', ')}`]
  const own = action.branches ?? []
  return [
    ...issuesOfSettings(action.settings, action.check, settings, `${at}.settings`, how),
    ...Object.keys(branches)
      .filter((name) => !own.includes(name))
      .map(
        (name) =>
          `${at}.branches.property ${name} should not exist${own.length ? `; there are ${own.join(', ')}` : ''}`,
      ),
    ...Object.entries(branches).flatMap(([name, inner]) =>
      issuesOfSteps(inner, `${at}.branches.${name}`, how, depth + 1),
    ),
    ...issuesOfTexts(settings, `${at}.settings`, how),
  ]
}

/** By the schema, and by its further rules where what is there has its shape. */
function issuesOfSettings(schema: TSchema, check: Check | undefined, value: object, at: string, how: Strictness) {
  const issues = issuesOf(schema, value, at, how)
  if (how.isDraft || issuesOf(schema, value, at, { isDraft: true }).length > 0) return issues
  const further = (check?.(value as never) ?? []).map((issue) =>
    issue.startsWith('must ') ? `${at} ${issue}` : `${at}.${issue}`,
  )
  return [...issues, ...further]
}

type Check = (value: never) => string[]

/** Merge fields whose braces do not close, and in what is to be published, those that nothing is known by. */
function issuesOfTexts(value: unknown, at: string, how: Strictness): string[] {
  if (typeof value === 'string') return issuesOfText(value, at, how)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'field' && typeof inner === 'string'
      ? unknownNames([inner], `${at}.${name}`, how)
      : issuesOfTexts(inner, `${at}.${name}`, how),
  )
}

function issuesOfText(text: string, at: string, how: Strictness): string[] {
  try {
    return unknownNames(namesIn(text), at, how)
  } catch {
    return [`${at} has a merge field that is not closed`]
  }
}

const unknownNames = (names: string[], at: string, { isDraft, fields }: Strictness): string[] =>
  isDraft
    ? []
    : names.filter((name) => !isKnown(name, fields)).map((name) => `${at} has no merge field ${name} to be filled in`)
