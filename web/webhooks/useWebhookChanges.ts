import { useChange } from '../api/change.ts'
import { del, post } from '../api/client.ts'
import { webhookWords as words } from '../words/webhooks.ts'
import type { Webhook } from './useWebhooks.ts'

const refetch = [['webhooks']]

/** What can be done with a webhook besides changing it. */
export function useWebhookChanges() {
  const resume = useChange<Webhook>({
    run: ({ id }) => post(`/console/webhooks/${id}/resume`),
    says: ({ name }) => words.resumed(name),
    refused: ({ name }) => words.notResumed(name),
    refetch,
  })
  const pause = useChange<Webhook>({
    run: ({ id }) => post(`/console/webhooks/${id}/pause`),
    says: ({ name }) => words.paused(name),
    undo: (webhook) => resume.mutate(webhook),
    refused: ({ name }) => words.notPaused(name),
    refetch,
  })
  return { pause, resume }
}

export const useDeletion = (done: () => void) =>
  useChange<Webhook>({
    run: ({ id }) => del(`/console/webhooks/${id}`),
    says: ({ name }) => words.removed(name),
    refused: ({ name }) => words.notDeleted(name),
    done,
    refetch: [['webhooks', 'list']],
  })
