import { useParams } from 'wouter'
import { VerifyPage } from './verify/VerifyPage.tsx'
import { WebhookList } from './WebhookList.tsx'
import { WebhookPage } from './WebhookPage.tsx'
import './webhooks.css'

/** All webhooks, how to verify what they send, or one of them with its log. */
export function WebhooksPage() {
  const { webhookId } = useParams<{ webhookId?: string }>()
  if (!webhookId) return <WebhookList />
  if (webhookId === 'verify') return <VerifyPage />
  return <WebhookPage key={webhookId} id={webhookId} />
}
