import type { Webhook } from './useWebhooks.ts'

export type HealthState = 'healthy' | 'quiet' | 'failing' | 'paused' | 'disabled'

/** How a webhook does, in one word: what somebody chose goes before how the receiver answers. */
export function healthOf(webhook: Pick<Webhook, 'state' | 'failuresInARow' | 'deliveries'>): HealthState {
  const { state, failuresInARow, deliveries } = webhook
  if (state !== 'active') return state
  if (failuresInARow > 0) return 'failing'
  return deliveries.delivered + deliveries.failed > 0 ? 'healthy' : 'quiet'
}
