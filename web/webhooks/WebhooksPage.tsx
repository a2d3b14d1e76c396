import { Suspense } from 'react'
import { useParams } from 'wouter'
import { PageSkeleton } from '../page/states.tsx'
import { pageNames } from '../words/pages.ts'
import { VerifyPage, WebhookPage } from './later.ts'
import { WebhookList } from './WebhookList.tsx'
import './webhooks.css'

/** All webhooks, how to verify what they send, or one of them with its log. */
export function WebhooksPage() {
  const { webhookId } = useParams<{ webhookId?: string }>()
  if (!webhookId) return <WebhookList />
  return (
    <Suspense fallback={<PageSkeleton title={pageNames.webhooks} />}>
      {webhookId === 'verify' ? <VerifyPage /> : <WebhookPage key={webhookId} id={webhookId} />}
    </Suspense>
  )
}
