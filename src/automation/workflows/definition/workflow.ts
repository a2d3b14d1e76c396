import { type Static, Type } from '@sinclair/typebox'
import { notBlank } from '../../../domain/validate.ts'
import type { StepIds } from './stepIds.ts'

/** One thing that a workflow does, with the ways that it may go on where there are several. */
export interface Step {
  type: string
  /** A person's own word for it. */
  name?: string
  settings: Record<string, unknown>
  branches?: Record<string, Step[]>
}

export const Settings = Type.Object(
  {
    allowMultiple: Type.Boolean({
      default: true,
      description: 'Whether what went through once may enter again; where false, each enters once',
    }),
    allowMultipleOpportunity: Type.Boolean({
      default: true,
      description: 'Where each enters once: whether that is each opportunity (true) or each contact (false)',
    }),
  },
  { additionalProperties: false },
)
export type Settings = Static<typeof Settings>

export const defaultSettings: Settings = { allowMultiple: true, allowMultipleOpportunity: true }

/** What a person writes: what starts it, and what it does. A draft may lack its trigger or steps. */
export interface Definition {
  name: string
  trigger: { type: string; filters: Record<string, unknown> } | null
  steps: Step[]
  settings: Settings
}

/** The outer shape; what stands in `filters` and `settings` is up to the trigger and each action. */
export const Shape = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 255, pattern: notBlank }),
    trigger: Type.Union([
      Type.Object(
        { type: Type.String(), filters: Type.Record(Type.String(), Type.Unknown()) },
        { additionalProperties: false },
      ),
      Type.Null(),
    ]),
    steps: Type.Array(Type.Record(Type.String(), Type.Unknown())),
    settings: Settings,
  },
  { additionalProperties: false },
)

export const StepShape = Type.Object(
  {
    type: Type.String({ minLength: 1 }),
    name: Type.Optional(Type.String({ maxLength: 255 })),
    settings: Type.Record(Type.String(), Type.Unknown()),
    branches: Type.Optional(Type.Record(Type.String(), Type.Array(Type.Record(Type.String(), Type.Unknown())))),
  },
  { additionalProperties: false },
)

/** draft: does nothing; draining: takes nobody in; paused: takes nobody in, and its runs stand still. */
export const states = ['draft', 'published', 'draining', 'paused'] as const
export type State = (typeof states)[number]

export interface Workflow {
  id: string
  locationId: string
  name: string
  state: State
  /** The last one published; 0 before the first. */
  version: number
  draft: Definition
  stepIds: StepIds
  /** What the published version begins by. */
  triggerType: string | null
  /** The secret part of the address that its inbound webhook is sent to. */
  hookSecret: string | null
  createdAt: number
  updatedAt: number
}

/** A published version that somebody or something may enter. */
export interface Published {
  id: string
  locationId: string
  version: number
  state: State
  definition: Definition
  stepIds: StepIds
}

/** The definition with everything that may be left out; as it is kept. */
export function complete(wanted: Record<string, unknown>, name: string): Record<string, unknown> {
  const { trigger = null, steps = [], settings = {}, ...rest } = wanted
  return {
    ...rest,
    name,
    trigger: isRecord(trigger) ? { filters: {}, ...trigger } : trigger,
    steps: Array.isArray(steps) ? steps.map(completeStep) : steps,
    settings: isRecord(settings) ? { ...defaultSettings, ...settings } : settings,
  }
}

function completeStep(step: unknown): unknown {
  if (!isRecord(step)) return step
  const { branches } = step
  return { settings: {}, ...step, ...(isRecord(branches) && { branches: completeBranches(branches) }) }
}

const completeBranches = (branches: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(branches).map(([name, steps]) => [name, Array.isArray(steps) ? steps.map(completeStep) : steps]),
  )

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
