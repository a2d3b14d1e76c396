import type { Status } from '../../filters/filters.ts'
import { listWords as words } from '../../words/list.ts'
import type { Deal } from '../deals.ts'

/** What can be done to several deals at once, as the console's bulk request has it. */
export type Action =
  | { action: 'move'; pipelineId: string; pipelineStageId: string }
  | { action: 'status'; status: Status; lostReasonId?: string | null }
  | { action: 'assign'; assignedTo: string | null }
  | { action: 'delete' }

/** An action, with what the ids in it are called. */
export interface Wish {
  action: Action
  /** The stage, or the owner; null is nobody. */
  target?: string | null
}

/** What has happened, in a sentence: by name where it happened to one deal. */
export function saysOf({ action, target = null }: Wish, deals: Deal[]): string {
  const [first] = deals
  const one = deals.length === 1 && first ? first.name : null
  const { length: count } = deals
  switch (action.action) {
    case 'move':
      return one ? words.one.move(one, target ?? '') : words.many.move(count, target ?? '')
    case 'assign':
      return one ? words.one.assign(one, target) : words.many.assign(count, target)
    case 'status':
      return one ? words.one.status[action.status](one) : words.many.status[action.status](count)
    case 'delete':
      return one ? words.one.delete(one) : words.many.delete(count)
  }
}

/** Whether the deal is as the action leaves it: what somebody has changed since is not undone. */
export function isAsLeft(action: Action, deal: Deal): boolean {
  switch (action.action) {
    case 'move':
      return deal.stageId === action.pipelineStageId
    case 'assign':
      return deal.ownerId === action.assignedTo
    case 'status':
      return deal.status === action.status
    case 'delete':
      return false
  }
}

/** The actions that put deals back to how they were, each with its ids; a deletion is undone by the bin instead. */
export function undoing(action: Action, before: Deal[]): { action: Action; ids: string[] }[] {
  const groups = new Map<string, { action: Action; ids: string[] }>()
  for (const deal of before) {
    const back = backTo(action, deal)
    const key = JSON.stringify(back)
    const group = groups.get(key) ?? { action: back, ids: [] }
    group.ids.push(deal.id)
    groups.set(key, group)
  }
  return [...groups.values()]
}

function backTo(action: Action, { pipelineId, stageId, ownerId, status, reasonId }: Deal): Action {
  switch (action.action) {
    case 'move':
      return { action: 'move', pipelineId, pipelineStageId: stageId }
    case 'assign':
      return { action: 'assign', assignedTo: ownerId }
    case 'status':
      return { action: 'status', status, ...(status === 'lost' && { lostReasonId: reasonId }) }
    case 'delete':
      return action
  }
}
