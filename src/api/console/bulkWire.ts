import { type Static, Type } from '@sinclair/typebox'
import { DomainError, invalid } from '../../domain/errors.ts'
import type { BulkAction, BulkResult } from '../../domain/opportunities/bulk.ts'
import { type Status, statuses } from '../../domain/opportunities/opportunity.ts'
import type { Wish } from '../../domain/opportunities/rules.ts'
import { id, nullable, oneOf, strict, text } from '../schemas.ts'

const actions = ['move', 'status', 'assign', 'tag', 'delete'] as const

export const BulkBody = Type.Object(
  {
    locationId: Type.Optional(Type.String()),
    ids: Type.Array(id('An opportunity'), { minItems: 1, maxItems: 500 }),
    action: oneOf(actions),
    pipelineId: Type.Optional(id('move: where to; the pipeline that each is in unless given')),
    pipelineStageId: Type.Optional(id('move: the stage; the first of the pipeline unless given')),
    status: Type.Optional(oneOf(statuses)),
    lostReasonId: Type.Optional(nullable(id('status lost: why'))),
    assignedTo: Type.Optional(nullable(id("assign: a user's id, or null for nobody"))),
    tags: Type.Optional(
      Type.Array(text(255), { minItems: 1, maxItems: 50, description: 'tag: given to the contact of each' }),
    ),
  },
  strict,
)
type BulkBody = Static<typeof BulkBody>

export const BulkReply = Type.Object({
  results: Type.Array(
    Type.Object({ id: Type.String(), ok: Type.Boolean(), error: Type.Optional(Type.String()) }, strict),
    { description: 'In the order of the ids' },
  ),
  done: Type.Integer(),
  refused: Type.Integer(),
})

/** Which fields belong to an action; others beside it would mean something that is not done. */
const fieldsOf: Record<(typeof actions)[number], readonly (keyof BulkBody)[]> = {
  move: ['pipelineId', 'pipelineStageId'],
  status: ['status', 'lostReasonId'],
  assign: ['assignedTo'],
  tag: ['tags'],
  delete: [],
}

export function readIds({ ids }: BulkBody): string[] {
  const twice = ids.findIndex((one, at) => ids.indexOf(one) !== at)
  if (twice >= 0) throw invalid(`ids.${twice} must not be there twice`)
  return ids
}

export function readAction(body: BulkBody, scopes: ReadonlySet<string>): BulkAction {
  const others = Object.values(fieldsOf).flat()
  const stray = others.filter((field) => body[field] !== undefined && !fieldsOf[body.action].includes(field))
  if (stray.length > 0) throw invalid(...stray.map((field) => `${field} does not belong to the action ${body.action}`))
  if (body.action === 'delete') return { delete: true }
  if (body.action === 'tag' && !scopes.has('contacts.write')) throw withoutScope()
  return { change: readWish(body) }
}

function readWish({ action, pipelineId, pipelineStageId, status, lostReasonId, assignedTo, tags }: BulkBody): Wish {
  if (action === 'move') {
    if (!pipelineId && !pipelineStageId) throw invalid('pipelineStageId should not be empty')
    return { ...(pipelineId && { pipelineId }), ...(pipelineStageId && { pipelineStageId }) }
  }
  if (action === 'assign') {
    if (assignedTo === undefined) throw invalid('assignedTo should not be empty; null assigns to nobody')
    return { assignedTo }
  }
  if (action === 'tag') {
    if (!tags) throw invalid('tags should not be empty', 'tags must be an array')
    return { contact: { tags } }
  }
  return readStatus(status, lostReasonId)
}

function readStatus(status: Status | undefined, lostReasonId: string | null | undefined): Wish {
  if (!status) throw invalid(`status must be one of the following values: ${statuses.join(', ')}`)
  return { status, ...(lostReasonId !== undefined && { lostReasonId }) }
}

const withoutScope = () => new DomainError('unauthorized', 'The token is not authorized for this scope.')

export function writeResults(results: BulkResult[]): Static<typeof BulkReply> {
  const done = results.filter(({ ok }) => ok).length
  return { results, done, refused: results.length - done }
}
