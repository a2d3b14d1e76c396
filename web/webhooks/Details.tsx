import { Copy } from '../ui/marks/Copy.tsx'
import { useFormats } from '../ui/marks/formats.ts'
import { webhookWords as words } from '../words/webhooks.ts'
import { every } from './eventTypes.ts'
import type { Webhook } from './useWebhooks.ts'
import { eventsOf } from './WebhookRow.tsx'

/** How a webhook is set up. */
export function Details({ webhook }: { webhook: Webhook }) {
  const { moment } = useFormats()
  const { url, types, retryMode, headerNames, appId, legacySignature, oldSecretEndsAt } = webhook
  return (
    <dl className="webhook-facts webhook-details">
      <dt>{words.url}</dt>
      <dd>
        <Copy text={url} />
      </dd>
      <dt>{words.told}</dt>
      <dd>{types.includes(every) ? eventsOf(webhook) : <TypeList types={types} />}</dd>
      <dt>{words.retries}</dt>
      <dd>{words.modes[retryMode]}</dd>
      <dt>{words.signatures}</dt>
      <dd>
        {legacySignature ? words.both : words.one}
        {oldSecretEndsAt && (
          <p className="soft">
            {words.oldSecretUntil} {moment(Date.parse(oldSecretEndsAt))}.
          </p>
        )}
      </dd>
      {headerNames.length > 0 && (
        <>
          <dt>{words.headers}</dt>
          <dd>
            <code>{headerNames.join(', ')}</code>
          </dd>
        </>
      )}
      {appId && (
        <>
          <dt>{words.app}</dt>
          <dd>
            <code>{appId}</code>
          </dd>
        </>
      )}
    </dl>
  )
}

const TypeList = ({ types }: { types: string[] }) => (
  <ul className="webhook-types">
    {types.map((type) => (
      <li key={type}>{type}</li>
    ))}
  </ul>
)
