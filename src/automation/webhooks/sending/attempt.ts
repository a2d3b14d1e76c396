import type { Automation } from '../../context.ts'
import type { Delivery } from '../deliveries/delivery.ts'
import type { SigningKey } from '../signing/keys.ts'
import { signatures } from '../signing/sign.ts'
import type { Webhook } from '../webhook.ts'
import type { Judged } from './judge.ts'

/** Sends a delivery once. Null where it was stopped before anybody answered: that says nothing about the receiver. */
export async function attempt(
  { now, outbound }: Automation,
  webhook: Webhook,
  { id, body }: Delivery,
  keys: SigningKey[],
  signal: AbortSignal,
): Promise<Judged | null> {
  const at = now()
  const headers = { 'content-type': 'application/json', ...signatures(webhook, { id, body, at }, keys) }
  const answer = await outbound.post({ url: webhook.url, headers, ownHeaders: webhook.headers, body, signal })
  if (signal.aborted && answer.status === null) return null
  return { at, ...answer }
}
