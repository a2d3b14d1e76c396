import { Ban, CirclePause, Play, TriangleAlert } from 'lucide-react'
import { useMay } from '../api/session.tsx'
import { Button } from '../ui/actions/Button.tsx'
import { Icon } from '../ui/actions/Icon.tsx'
import { Time } from '../ui/marks/Time.tsx'
import { webhookWords as words } from '../words/webhooks.ts'
import { useLastError } from './deliveries/useDeliveries.ts'
import { healthOf } from './health.ts'
import { useWebhookChanges } from './useWebhookChanges.ts'
import type { Webhook } from './useWebhooks.ts'
import './notice.css'

/** Why nothing arrives, and what to do about it; nothing while all is well. */
export function Notice({ webhook }: { webhook: Webhook }) {
  const lastError = useLastError(webhook)
  const health = healthOf(webhook)
  if (health === 'healthy' || health === 'quiet') return null
  const { icon, tone, title, help } = saying(webhook)[health]
  const why = health === 'disabled' ? webhook.stateReason : health === 'failing' ? lastError : null
  const since = health === 'failing' ? webhook.failingSince : webhook.stateAt
  return (
    <section className={`notice ${tone}`} aria-label={title}>
      <Icon icon={icon} />
      <div className="notice-words">
        <strong>{title}</strong>
        {why && <p className="notice-why">{why}</p>}
        <p className="soft">
          {why?.includes('--allow-private-webhooks') ? words.refusedAddress : help}{' '}
          {since && (
            <>
              {words.since} <Time at={since} />.
            </>
          )}
        </p>
      </div>
      {health !== 'failing' && <ResumeButton webhook={webhook} />}
    </section>
  )
}

const saying = ({ failuresInARow }: Webhook) => ({
  failing: {
    icon: TriangleAlert,
    tone: 'stale',
    title: words.failingTitle,
    help: words.failingHelp(failuresInARow),
  },
  paused: { icon: CirclePause, tone: 'abandoned', title: words.pausedTitle, help: words.pausedHelp },
  disabled: { icon: Ban, tone: 'lost', title: words.disabledTitle, help: words.disabledHelp },
})

function ResumeButton({ webhook }: { webhook: Webhook }) {
  const { resume } = useWebhookChanges()
  const mayChange = useMay()('webhooks.write')
  return (
    mayChange && (
      <Button icon={Play} isPending={resume.isPending} onPress={() => resume.mutate(webhook)}>
        {words.resume}
      </Button>
    )
  )
}
