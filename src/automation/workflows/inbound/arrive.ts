import type { Context } from '../../../domain/context.ts'
import type { Transaction } from '../../../store/database.ts'
import { holds } from '../definition/conditions.ts'
import type { Definition } from '../definition/workflow.ts'
import { viewOf } from '../merge/view.ts'
import type { Run } from '../runs/run.ts'
import { contextWithin } from '../runs/steps/within.ts'
import inboundWebhook, { type InboundSettings } from '../triggers/inboundWebhook.ts'
import { meet } from './meet.ts'

/** Whether what was sent is what the trigger waits for. */
export const isMeant = ({ only = [] }: InboundSettings, data: Record<string, unknown>): boolean => {
  const view = viewOf({ trigger: data })
  return [only].flat().every((condition) => holds(view, condition))
}

/**
 * The run that is tried, with whom its payload is about, as if it had been sent; null where the trigger would pass it over.
 * A run without a payload, or about somebody who was named, stays as it is.
 */
export async function arrive(ctx: Context, tx: Transaction, { trigger }: Definition, run: Run): Promise<Run | null> {
  const { payload } = run.data
  if (trigger?.type !== inboundWebhook.type || payload === undefined) return run
  const settings = trigger.filters as InboundSettings
  if (!isMeant(settings, run.data)) return null
  if (run.contactId) return run
  return { ...run, ...(await meet(contextWithin(ctx, tx, run), tx, settings, payload)) }
}
