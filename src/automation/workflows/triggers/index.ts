import contactCreated from './contactCreated.ts'
import contactTag from './contactTag.ts'
import inboundWebhook from './inboundWebhook.ts'
import opportunityChanged from './opportunityChanged.ts'
import opportunityCreated from './opportunityCreated.ts'
import opportunityStale from './opportunityStale.ts'
import opportunityStatusChanged from './opportunityStatusChanged.ts'
import pipelineStageChanged from './pipelineStageChanged.ts'
import type { Trigger } from './trigger.ts'

/** Everything that can start a workflow, in the order in which a person is offered it. */
export const triggers: Trigger[] = [
  opportunityCreated,
  opportunityChanged,
  opportunityStatusChanged,
  pipelineStageChanged,
  opportunityStale,
  contactCreated,
  contactTag,
  inboundWebhook,
]

const byType = new Map(triggers.map((trigger) => [trigger.type, trigger]))

export const triggerOf = (type: string): Trigger | undefined => byType.get(type)

/** The type that a person means who writes any of a trigger's names; as it was written where nobody has it. */
export function typeNamed(name: string): string {
  const wanted = name.trim().toLowerCase()
  const names = ({ type, title, alsoCalled }: Trigger) => [type, title, ...alsoCalled]
  return triggers.find((trigger) => names(trigger).some((one) => one.toLowerCase() === wanted))?.type ?? name
}

/** Those that have the text in any of the names that people look for them under. */
export function findTriggers(query = ''): Trigger[] {
  const part = query.trim().toLowerCase()
  return triggers.filter(({ type, title, alsoCalled, lookedForAs = [] }) =>
    [type, title, ...alsoCalled, ...lookedForAs].some((name) => name.toLowerCase().includes(part)),
  )
}
