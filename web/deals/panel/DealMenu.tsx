import { EllipsisVertical, Link, Printer, Trash2 } from 'lucide-react'
import { useMemo } from 'react'
import { useMay } from '../../api/session.tsx'
import { IconButton } from '../../ui/actions/Button.tsx'
import { Menu, type MenuChoice } from '../../ui/actions/Menu.tsx'
import { tell } from '../../ui/feedback/toast.ts'
import { dealWords as words } from '../../words/deals.ts'
import type { Deal } from '../deal.ts'
import { useDealRemoval } from '../useDealChanges.ts'
import { type DealAction, useDealCommands } from './useDealCommands.ts'

export function DealMenu({ deal, onDeleted }: { deal: Deal; onDeleted: () => void }) {
  const mayWrite = useMay()('opportunities.write')
  const { mutate: remove } = useDealRemoval(onDeleted)
  const harmless = useMemo(() => harmlessOf(deal.id), [deal.id])
  const removal = useMemo(
    () => (mayWrite ? [{ id: 'delete', label: words.delete, icon: Trash2, run: () => remove(deal) }] : []),
    [mayWrite, deal, remove],
  )
  useDealCommands(
    'menu',
    deal,
    useMemo(() => [...harmless, ...removal], [harmless, removal]),
  )
  return (
    <Menu
      label={words.actions}
      groups={[
        { choices: harmless.map(choiceOf) },
        { choices: removal.map((action) => ({ ...choiceOf(action), isDanger: true })) },
      ]}
    >
      <IconButton icon={EllipsisVertical} label={words.actions} />
    </Menu>
  )
}

const choiceOf = ({ run, ...choice }: DealAction): MenuChoice => ({ ...choice, onAction: run })

/** Printed once the menu has gone from the page. */
const harmlessOf = (id: string): DealAction[] => [
  { id: 'link', label: words.copyLink, icon: Link, run: () => void copyLink(id) },
  { id: 'print', label: words.print, icon: Printer, run: () => setTimeout(print) },
]

const copyLink = (id: string) =>
  navigator.clipboard
    .writeText(new URL(`/app/opportunities/${id}`, location.href).href)
    .then(() => tell(words.linkCopied))
