import { Ban, CircleCheck, CircleDashed, CirclePause, TriangleAlert } from 'lucide-react'
import { Badge } from '../ui/marks/Badge.tsx'
import { webhookWords as words } from '../words/webhooks.ts'
import { type HealthState, healthOf } from './health.ts'
import type { Webhook } from './useWebhooks.ts'

const looks = {
  healthy: { tone: 'won', icon: CircleCheck },
  quiet: { tone: 'neutral', icon: CircleDashed },
  failing: { tone: 'stale', icon: TriangleAlert },
  paused: { tone: 'abandoned', icon: CirclePause },
  disabled: { tone: 'lost', icon: Ban },
} as const satisfies Record<HealthState, object>

export function Health({ webhook }: { webhook: Webhook }) {
  const health = healthOf(webhook)
  return <Badge {...looks[health]}>{words.health[health]}</Badge>
}
