import { expect, test } from 'vitest'
import type { Deal } from '../deals.ts'
import { isAsLeft, saysOf, undoing } from './actions.ts'

const deal = (id: string, fields: Partial<Deal> = {}): Deal =>
  ({ id, name: `Deal ${id}`, pipelineId: 'p', stageId: 's1', ownerId: null, status: 'open', ...fields }) as Deal

test('undoing a move leads each deal back to the stage and the pipeline that it came from', () => {
  const before = [deal('a'), deal('b', { pipelineId: 'q', stageId: 't1' }), deal('c')]

  expect(undoing({ action: 'move', pipelineId: 'p', pipelineStageId: 's9' }, before)).toEqual([
    { action: { action: 'move', pipelineId: 'p', pipelineStageId: 's1' }, ids: ['a', 'c'] },
    { action: { action: 'move', pipelineId: 'q', pipelineStageId: 't1' }, ids: ['b'] },
  ])
})

test('undoing a status restores the reason of those that were lost, and names none for the others', () => {
  const before = [deal('a'), deal('b', { status: 'lost', reasonId: 'r' })]

  expect(undoing({ action: 'status', status: 'won' }, before)).toEqual([
    { action: { action: 'status', status: 'open' }, ids: ['a'] },
    { action: { action: 'status', status: 'lost', lostReasonId: 'r' }, ids: ['b'] },
  ])
})

test('a deal that somebody else has moved on is not as the action left it', () => {
  const moved = { action: 'move', pipelineId: 'p', pipelineStageId: 's2' } as const

  expect(isAsLeft(moved, deal('a', { stageId: 's2' }))).toBe(true)
  expect(isAsLeft(moved, deal('a', { stageId: 's3' }))).toBe(false)
})

test('one deal is told by its name, several are counted', () => {
  const wish = { action: { action: 'assign', assignedTo: null } as const }

  expect(saysOf(wish, [deal('a')])).toBe('Deal a belongs to nobody now.')
  expect(saysOf(wish, [deal('a'), deal('b')])).toBe('2 deals belong to nobody now.')
})
