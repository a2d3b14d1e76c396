import { EllipsisVertical, Link, Printer, Trash2 } from 'lucide-react'
import { useMay } from '../api/session.tsx'
import { IconButton } from '../ui/actions/Button.tsx'
import { Menu } from '../ui/actions/Menu.tsx'
import { tell } from '../ui/feedback/toast.ts'
import { dealWords as words } from '../words/opportunity.ts'
import type { Deal } from './deal.ts'
import { useDealRemoval } from './useDealChanges.ts'

export function DealMenu({ deal, onDeleted }: { deal: Deal; onDeleted: () => void }) {
  const mayWrite = useMay()('opportunities.write')
  const removal = useDealRemoval(onDeleted)
  const copyLink = () =>
    navigator.clipboard
      .writeText(new URL(`/app/opportunities/${deal.id}`, location.href).href)
      .then(() => tell(words.linkCopied))
  return (
    <Menu
      label={words.actions}
      groups={[
        {
          choices: [
            { id: 'link', label: words.copyLink, icon: Link, onAction: () => void copyLink() },
            { id: 'print', label: words.print, icon: Printer, onAction: () => setTimeout(print) },
          ],
        },
        {
          choices: mayWrite
            ? [
                {
                  id: 'delete',
                  label: words.delete,
                  icon: Trash2,
                  isDanger: true,
                  onAction: () => removal.mutate(deal),
                },
              ]
            : [],
        },
      ]}
    >
      <IconButton icon={EllipsisVertical} label={words.actions} />
    </Menu>
  )
}
