import { Ellipsis, KeyRound, Pause, Pencil, Play, RotateCw, Trash2 } from 'lucide-react'
import { Suspense, useState } from 'react'
import { useLocation } from 'wouter'
import { useMay } from '../api/session.tsx'
import { IconButton } from '../ui/actions/Button.tsx'
import { Menu, type MenuGroup } from '../ui/actions/Menu.tsx'
import { Confirm } from '../ui/overlays/Dialog.tsx'
import { webhookWords as words } from '../words/webhooks.ts'
import { RangeDialog, RotateDialog, WebhookDialog } from './later.ts'
import { useDeletion, useWebhookChanges } from './useWebhookChanges.ts'
import type { Webhook } from './useWebhooks.ts'

type Opened = 'edit' | 'rotate' | 'resend' | 'remove'

/** The three dots, and the dialogs behind them. */
export function WebhookMenu({ webhook, hasEdit = true }: { webhook: Webhook; hasEdit?: boolean }) {
  const [opened, open] = useState<Opened | null>(null)
  const { pause, resume } = useWebhookChanges()
  const mayChange = useMay()('webhooks.write')
  if (!mayChange) return null
  const close = () => open(null)
  const groups: MenuGroup[] = [
    {
      choices: [
        ...(hasEdit ? [{ id: 'edit', label: words.edit, icon: Pencil, onAction: () => open('edit') }] : []),
        webhook.state === 'active'
          ? { id: 'pause', label: words.pause, icon: Pause, onAction: () => pause.mutate(webhook) }
          : { id: 'resume', label: words.resume, icon: Play, onAction: () => resume.mutate(webhook) },
        { id: 'resend', label: words.resend, icon: RotateCw, onAction: () => open('resend') },
        { id: 'rotate', label: words.rotate, icon: KeyRound, onAction: () => open('rotate') },
      ],
    },
    { choices: [{ id: 'remove', label: words.remove, icon: Trash2, isDanger: true, onAction: () => open('remove') }] },
  ]
  return (
    <span className="webhook-menu">
      <Menu label={words.actions(webhook.name)} groups={groups}>
        <IconButton icon={Ellipsis} label={words.actions(webhook.name)} />
      </Menu>
      <Suspense>
        {opened === 'edit' && <WebhookDialog webhook={webhook} onClose={close} />}
        {opened === 'rotate' && <RotateDialog webhook={webhook} onClose={close} />}
        {opened === 'resend' && <RangeDialog webhook={webhook} onClose={close} />}
      </Suspense>
      {opened === 'remove' && <DeleteDialog webhook={webhook} onClose={close} />}
    </span>
  )
}

function DeleteDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const [, navigate] = useLocation()
  const remove = useDeletion(() => {
    onClose()
    navigate('/webhooks', { replace: true })
  })
  return (
    <Confirm
      title={words.removeTitle(webhook.name)}
      action={words.removeAction}
      isDanger
      isPending={remove.isPending}
      onConfirm={() => remove.mutate(webhook)}
      onClose={onClose}
    >
      <p>{words.removeHelp(webhook.deliveries.waiting)}</p>
    </Confirm>
  )
}
