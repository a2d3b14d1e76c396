import { Link } from 'react-aria-components'
import { useFormats } from '../ui/marks/formats.ts'
import { Time } from '../ui/marks/Time.tsx'
import { webhookWords as words } from '../words/webhooks.ts'
import { every } from './eventTypes.ts'
import { Health } from './Health.tsx'
import { healthOf } from './health.ts'
import type { Webhook } from './useWebhooks.ts'
import { WebhookMenu } from './WebhookMenu.tsx'

/** The whole row leads to the webhook; its menu lies above that. */
export const WebhookRow = ({ webhook }: { webhook: Webhook }) => (
  <li className="webhook-row">
    <div className="webhook-words">
      <Link href={`/webhooks/${webhook.id}`} className="webhook-name one-line">
        {webhook.name}
      </Link>
      <span className="soft small one-line" title={webhook.url}>
        {webhook.url}
      </span>
    </div>
    <span className="webhook-events soft small">{eventsOf(webhook)}</span>
    <Counts webhook={webhook} />
    <div className="webhook-health">
      <Health webhook={webhook} />
      <Since webhook={webhook} />
    </div>
    <WebhookMenu webhook={webhook} />
  </li>
)

export const eventsOf = ({ types }: Pick<Webhook, 'types'>) =>
  types.includes(every) ? words.everyEvent : words.events(types.length)

function Counts({ webhook: { deliveries } }: { webhook: Webhook }) {
  const { count } = useFormats()
  return (
    <dl className="webhook-counts small figures">
      {(['delivered', 'waiting', 'failed'] as const).map((state) => (
        <div key={state}>
          <dd>{count(deliveries[state])}</dd>
          <dt className="faint">{words.counts[state]}</dt>
        </div>
      ))}
    </dl>
  )
}

function Since({ webhook }: { webhook: Webhook }) {
  const { failingSince, stateAt } = webhook
  const health = healthOf(webhook)
  const at = health === 'failing' ? failingSince : health === 'paused' || health === 'disabled' ? stateAt : null
  return (
    at && (
      <span className="faint small">
        <Time at={at} />
      </span>
    )
  )
}
