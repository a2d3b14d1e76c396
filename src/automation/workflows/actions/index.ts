import type { Action } from './action.ts'
import { addOwner, removeOwner } from './assign.ts'
import { addNote, addTag, addTask, removeTag } from './contact.ts'
import createOpportunity from './createOpportunity.ts'
import findOpportunity from './findOpportunity.ts'
import { addFollowers, removeFollowers } from './followers.ts'
import ifElse from './ifElse.ts'
import { addToWorkflow, removeFromWorkflow, stop } from './others.ts'
import putOpportunity from './putOpportunity.ts'
import removeOpportunity from './removeOpportunity.ts'
import updateOpportunity from './updateOpportunity.ts'
import wait from './wait.ts'
import webhook from './webhook.ts'

/** Everything that a workflow can do, in the order in which a person is offered it. */
export const actions: Action[] = [
  createOpportunity,
  updateOpportunity,
  findOpportunity,
  removeOpportunity,
  putOpportunity,
  addOwner,
  removeOwner,
  addFollowers,
  removeFollowers,
  addTag,
  removeTag,
  addNote,
  addTask,
  webhook,
  ifElse,
  wait,
  addToWorkflow,
  removeFromWorkflow,
  stop,
]

const byType = new Map(actions.map((action) => [action.type, action]))

export const actionOf = (type: string): Action | undefined => byType.get(type)

/** The type that a person means who writes an action's title; as it was written where none has it. */
export function actionNamed(name: string): string {
  const wanted = name.trim().toLowerCase()
  return actions.find(({ type, title }) => [type, title].some((one) => one.toLowerCase() === wanted))?.type ?? name
}
