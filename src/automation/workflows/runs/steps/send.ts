import type { Automation } from '../../../context.ts'
import { readRetryAfter } from '../../../retryAfter.ts'
import { withoutSecrets } from '../../definition/secrets.ts'
import type { OutgoingRequest, Run } from '../run.ts'
import * as runs from '../table.ts'
import { recordFailure } from './failure.ts'
import { type Claimed, takeUp } from './perform.ts'
import { advanced, entry, type Next } from './step.ts'

/**
 * Sends what a step has to say to the world, then notes what came of it. Killed in between, it is sent again: the
 * receiver knows it by its key, which is the same at every try.
 */
export async function performRequest(automation: Automation, claimed: Claimed, signal: AbortSignal): Promise<void> {
  const { store, now, wake, outbound } = automation
  const run = await runs.find(store, claimed.locationId, claimed.id)
  if (!run?.request) return
  const answer = await outbound.post({ ...posted(run, run.request), signal })
  // The server stops: whoever comes next sends it again.
  if (signal.aborted && answer.status === null) return
  await store.transaction(async (tx) => {
    // What was sent was sent, though its workflow was paused meanwhile.
    const next = await takeUp(tx, claimed, now(), ['published', 'draining', 'paused'])
    if (!next) return
    const told = { status: answer.status, ms: answer.ms, response: answer.response }
    if (answer.error !== null) {
      const wait = readRetryAfter(answer.retryAfter, now())
      return void (await recordFailure(tx, next, answer.error, now(), { result: told, wait }))
    }
    await runs.insertStep(tx, next.run, entry(next, now(), { state: 'done', input: shown(next), result: told }))
    await runs.update(tx, advanced(next, {}, now()), null)
  })
  wake()
  store.announce(claimed.locationId)
}

const posted = (run: Run, { url, headers, body }: OutgoingRequest) => ({
  url,
  ownHeaders: headers,
  headers: { 'content-type': 'application/json', 'idempotency-key': keyOf(run) },
  body,
})

/** A run comes to each of its places once. */
const keyOf = ({ id, place }: Run) => `${id}-${place}`

const shown = ({ run, step }: Next) => withoutSecrets({ ...step.settings, url: run.request?.url })
