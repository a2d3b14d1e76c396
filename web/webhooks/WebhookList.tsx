import { Plus, ShieldCheck, Webhook as WebhookIcon } from 'lucide-react'
import { type ReactNode, Suspense, useMemo } from 'react'
import { useMay } from '../api/session.tsx'
import { useCommands } from '../page/commands.ts'
import { Page } from '../page/Page.tsx'
import { useShortcut } from '../page/shortcuts.ts'
import { useOpenNew } from '../page/useOpenNew.ts'
import { Button, LinkButton } from '../ui/actions/Button.tsx'
import { EmptyState } from '../ui/feedback/EmptyState.tsx'
import { ErrorState } from '../ui/feedback/ErrorState.tsx'
import { pageNames } from '../words/pages.ts'
import { webhookWords as words } from '../words/webhooks.ts'
import { WebhookDialog } from './later.ts'
import { ListSkeleton } from './skeletons.tsx'
import { useWebhooks, type Webhook } from './useWebhooks.ts'
import { WebhookRow } from './WebhookRow.tsx'

export function WebhookList() {
  const mayChange = useMay()('webhooks.write')
  const [isCreating, setCreating] = useOpenNew()
  const create = () => setCreating(true)
  useShortcut('n', words.create, create, mayChange)
  useCommands(
    'webhooks',
    useMemo(() => commands(mayChange, () => setCreating(true)), [mayChange, setCreating]),
  )
  return (
    <Page
      title={pageNames.webhooks}
      actions={
        <>
          <LinkButton href="/webhooks/verify" icon={ShieldCheck}>
            {words.verify}
          </LinkButton>
          {mayChange && (
            <Button look="primary" icon={Plus} onPress={create}>
              {words.create}
            </Button>
          )}
        </>
      }
    >
      <Listed
        button={
          mayChange && (
            <Button icon={Plus} onPress={create}>
              {words.create}
            </Button>
          )
        }
      />
      <Suspense>{isCreating && <WebhookDialog onClose={() => setCreating(false)} />}</Suspense>
    </Page>
  )
}

function Listed({ button }: { button: ReactNode }) {
  const { data, error, refetch } = useWebhooks()
  if (data?.length) return <Rows webhooks={data} />
  if (data) {
    return (
      <EmptyState icon={WebhookIcon} title={words.none} action={button} command={command}>
        {words.noneHelp}
      </EmptyState>
    )
  }
  if (!error) return <ListSkeleton />
  return (
    <ErrorState title={words.failed} onRetry={() => void refetch()}>
      {error.message}
    </ErrorState>
  )
}

const Rows = ({ webhooks }: { webhooks: Webhook[] }) => (
  <ul className="webhook-rows" aria-label={words.list}>
    {webhooks.map((webhook) => (
      <WebhookRow key={webhook.id} webhook={webhook} />
    ))}
  </ul>
)

const commands = (mayChange: boolean, run: () => void) => [
  ...(mayChange ? [{ id: 'create webhook', label: words.create, icon: Plus, keys: 'n', run }] : []),
  { id: 'verify webhooks', label: words.verify, href: '/webhooks/verify' },
]

const command = `curl ${location.origin}/console/webhooks \\
  -H 'Authorization: Bearer pit-…' \\
  -H 'Content-Type: application/json' \\
  -d '{
    "url": "https://example.com/hooks",
    "types": ["OpportunityStatusUpdate"]
  }'`
