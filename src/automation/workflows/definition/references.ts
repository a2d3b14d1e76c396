import { type TSchema, TypeGuard } from '@sinclair/typebox'
import { findUser } from '../../../domain/accounts/users.ts'
import { bareKey } from '../../../domain/customFields/customField.ts'
import { findDefinitions } from '../../../domain/customFields/table.ts'
import { DomainError } from '../../../domain/errors.ts'
import * as locationValues from '../../../domain/locationValues/table.ts'
import { requireLostReason } from '../../../domain/pipelines/lostReasons.ts'
import type { Pipeline } from '../../../domain/pipelines/pipeline.ts'
import * as pipelines from '../../../domain/pipelines/table.ts'
import type { Database } from '../../../store/database.ts'
import { actionOf } from '../actions/index.ts'
import { bareValueKey } from '../merge/load.ts'
import { hasMergeFields } from '../merge/render.ts'
import * as workflows from '../table.ts'
import { triggerOf } from '../triggers/index.ts'
import type { Kind } from './fields.ts'
import { type Definition, isRecord, type Step } from './workflow.ts'

/** An id that a definition names, and what it must be the id of. */
interface Reference {
  at: string
  kind: Kind
  id: string
}

/** What a definition names that is not there, a sentence each. */
export async function missingReferences(db: Database, locationId: string, definition: Definition): Promise<string[]> {
  const named = referencesIn(definition)
  const known = await pipelines.list(db, locationId)
  const issues: string[] = []
  for (const reference of named) {
    if (!(await isThere(db, locationId, known, reference))) issues.push(sentence(reference))
  }
  return [...issues, ...misplacedStages(definition, known)]
}

/** What merge fields may name of the location's own: the keys of custom fields by the model's name, of custom values. */
export async function ownKeys(db: Database, locationId: string): Promise<Record<string, string[]>> {
  const keys = async (model: 'contact' | 'opportunity') =>
    [...(await findDefinitions(db, locationId, model)).values()].map(({ fieldKey }) => bareKey(fieldKey))
  const values = (await locationValues.list(db, locationId)).map(({ fieldKey }) => bareValueKey(fieldKey))
  const own = { custom_values: values, customValues: values }
  return { contact: await keys('contact'), opportunity: await keys('opportunity'), ...own }
}

const nouns: Record<Kind, string> = {
  pipeline: 'pipeline',
  stage: 'stage of a pipeline',
  user: 'user',
  lostReason: 'lost reason',
  workflow: 'workflow',
}

const sentence = ({ at, kind }: Reference) => `${at} must be the id of a ${nouns[kind]} that exists`

async function isThere(db: Database, locationId: string, known: Pipeline[], { kind, id }: Reference): Promise<boolean> {
  if (kind === 'pipeline') return known.some((pipeline) => pipeline.id === id)
  if (kind === 'stage') return known.some(({ stages }) => stages.some((stage) => stage.id === id))
  if (kind === 'workflow') return (await workflows.find(db, locationId, id)) !== undefined
  if (kind === 'lostReason') return hasLostReason(db, locationId, id)
  const user = await findUser(db, locationId, id)
  return user !== undefined && !user.deleted
}

async function hasLostReason(db: Database, locationId: string, id: string): Promise<boolean> {
  try {
    await requireLostReason(db, locationId, id)
    return true
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
}

function referencesIn({ trigger, steps }: Definition): Reference[] {
  const filters = trigger && triggerOf(trigger.type)?.filters
  return [
    ...(filters ? referencesOf(filters, trigger.filters, 'trigger.filters') : []),
    ...eachStep(steps, 'steps').flatMap(({ step, at }) => {
      const settings = actionOf(step.type)?.settings
      return settings ? referencesOf(settings, step.settings, `${at}.settings`) : []
    }),
  ]
}

/** A stage that stands beside a pipeline must be one of its own. */
function misplacedStages({ trigger, steps }: Definition, known: Pipeline[]): string[] {
  const places = [
    { at: 'trigger.filters', values: trigger?.filters ?? {} },
    ...eachStep(steps, 'steps').map(({ step, at }) => ({ at: `${at}.settings`, values: step.settings })),
  ]
  return places.flatMap(({ at, values: { pipelineId, pipelineStageId } }) => {
    if (typeof pipelineId !== 'string' || typeof pipelineStageId !== 'string') return []
    const pipeline = known.find(({ id }) => id === pipelineId)
    const isElsewhere = known.some(({ stages }) => stages.some(({ id }) => id === pipelineStageId))
    const isOwn = pipeline?.stages.some(({ id }) => id === pipelineStageId)
    return pipeline && isElsewhere && !isOwn
      ? [`${at}.pipelineStageId must be a stage of the pipeline ${pipeline.name}`]
      : []
  })
}

function eachStep(steps: Step[], at: string): { step: Step; at: string }[] {
  return steps.flatMap((step, index) => [
    { step, at: `${at}.${index}` },
    ...Object.entries(step.branches ?? {}).flatMap(([name, inner]) =>
      eachStep(inner, `${at}.${index}.branches.${name}`),
    ),
  ])
}

/** Read off the schema: whatever says `refers` is an id. What a merge field will fill in nobody knows yet. */
function referencesOf(schema: TSchema, value: unknown, at: string): Reference[] {
  if (value === undefined || value === null) return []
  // What is empty is missing, which the schema says.
  if (value === '') return []
  if (schema.refers) return hasMergeFields(value) ? [] : [{ at, kind: schema.refers as Kind, id: String(value) }]
  if (TypeGuard.IsUnion(schema)) {
    const fitting = schema.anyOf.find((one) => TypeGuard.IsArray(one) === Array.isArray(value))
    return fitting ? referencesOf(fitting, value, at) : []
  }
  if (TypeGuard.IsArray(schema) && Array.isArray(value)) {
    return value.flatMap((item, index) => referencesOf(schema.items, item, `${at}.${index}`))
  }
  if (!TypeGuard.IsObject(schema) || !isRecord(value)) return []
  return Object.entries(schema.properties).flatMap(([name, inner]) => referencesOf(inner, value[name], `${at}.${name}`))
}
