import { Pencil, Webhook as WebhookIcon } from 'lucide-react'
import { Suspense, useState } from 'react'
import { isRefusal } from '../api/errors.ts'
import { useMay } from '../api/session.tsx'
import { Page } from '../page/Page.tsx'
import { Button, LinkButton } from '../ui/actions/Button.tsx'
import { EmptyState } from '../ui/feedback/EmptyState.tsx'
import { ErrorState } from '../ui/feedback/ErrorState.tsx'
import { SkeletonRows } from '../ui/feedback/Skeleton.tsx'
import { Tabs } from '../ui/lists/Tabs.tsx'
import { deliveryWords } from '../words/deliveries.ts'
import { pageNames } from '../words/pages.ts'
import { webhookWords as words } from '../words/webhooks.ts'
import { Details } from './Details.tsx'
import { Deliveries } from './deliveries/Deliveries.tsx'
import { Health } from './Health.tsx'
import { WebhookDialog } from './later.ts'
import { Notice } from './Notice.tsx'
import { Up } from './Up.tsx'
import { useWebhook, type Webhook } from './useWebhooks.ts'
import { WebhookMenu } from './WebhookMenu.tsx'

/** One webhook: how it does, what was sent to it, how it is set up. */
export function WebhookPage({ id }: { id: string }) {
  const { data: webhook, error, refetch } = useWebhook(id)
  if (error && isRefusal(error, 404)) return <Gone />
  if (webhook) return <Shown webhook={webhook} />
  return (
    <Page title={pageNames.webhooks} layout="filled">
      {error ? (
        <ErrorState title={words.oneFailed} onRetry={() => void refetch()}>
          {error.message}
        </ErrorState>
      ) : (
        <SkeletonRows />
      )}
    </Page>
  )
}

const Gone = () => (
  <Page title={pageNames.webhooks}>
    <EmptyState icon={WebhookIcon} title={words.gone} action={<LinkButton href="/webhooks">{words.back}</LinkButton>}>
      {words.goneHelp}
    </EmptyState>
  </Page>
)

const Shown = ({ webhook }: { webhook: Webhook }) => (
  <Page
    title={webhook.name}
    heading={<Heading webhook={webhook} />}
    layout="filled"
    actions={<Actions webhook={webhook} />}
  >
    <div className="webhook">
      <Notice webhook={webhook} />
      <Tabs
        label={webhook.name}
        tabs={[
          { id: 'deliveries', label: deliveryWords.title, content: <Deliveries webhook={webhook} /> },
          { id: 'details', label: words.details, content: <Details webhook={webhook} /> },
        ]}
      />
    </div>
  </Page>
)

const Heading = ({ webhook }: { webhook: Webhook }) => (
  <span className="webhook-heading">
    <Up />
    <span className="one-line">{webhook.name}</span>
    <Health webhook={webhook} />
  </span>
)

function Actions({ webhook }: { webhook: Webhook }) {
  const [isEditing, setEditing] = useState(false)
  const mayChange = useMay()('webhooks.write')
  return (
    <>
      {mayChange && (
        <Button icon={Pencil} onPress={() => setEditing(true)}>
          {words.edit}
        </Button>
      )}
      <WebhookMenu webhook={webhook} hasEdit={false} />
      <Suspense>{isEditing && <WebhookDialog webhook={webhook} onClose={() => setEditing(false)} />}</Suspense>
    </>
  )
}
