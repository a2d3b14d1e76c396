import * as contacts from '../../../../domain/contacts/table.ts'
import { DomainError } from '../../../../domain/errors.ts'
import type { Transaction } from '../../../../store/database.ts'
import { withoutSecrets } from '../../definition/secrets.ts'
import { patience, type Run } from '../run.ts'
import * as runs from '../table.ts'
import { entry, type Next, over } from './step.ts'

/** What the log tells a person; what is our own fault stands in the server's. */
export const reasonOf = (error: unknown): string =>
  error instanceof DomainError ? error.message : 'Something went wrong inside; see the log of the server'

/** What else is known of a failed try. */
interface Known {
  /** For the log. */
  result?: unknown
  /** How long not to try again, at least, in ms. */
  wait?: number
}

/** Notes the failed try. The step is tried again in a while; behind the last try the run waits for a person. */
export async function recordFailure(
  tx: Transaction,
  next: Next,
  reason: string,
  now: number,
  { result, wait = 0 }: Known = {},
) {
  const { run, step } = next
  if (await isContactGone(tx, run)) return runs.update(tx, over(run, 'stopped', 'Its contact was deleted', now), null)
  const delay = patience[run.attempts]
  await runs.insertStep(
    tx,
    run,
    entry(next, now, { state: 'failed', input: withoutSecrets(step.settings), error: reason, result }),
  )
  const after: Run = {
    ...run,
    state: delay === undefined ? 'failed' : 'retrying',
    stepCount: run.stepCount + 1,
    attempts: run.attempts + 1,
    dueAt: delay === undefined ? null : now + Math.max(delay, wait),
    error: reason,
    updatedAt: now,
  }
  return runs.update(tx, after, null)
}

/** Then there is nobody whom trying again could be for. */
const isContactGone = async (tx: Transaction, { locationId, contactId }: Run) =>
  contactId !== null && (await contacts.find(tx, locationId, contactId)) === undefined
