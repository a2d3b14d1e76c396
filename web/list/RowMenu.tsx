import { ArrowRight, Ellipsis, PanelRight, Trash2, UserRound } from 'lucide-react'
import { IconButton } from '../ui/actions/Button.tsx'
import { Menu } from '../ui/actions/Menu.tsx'
import { listWords as words } from '../words/list.ts'
import type { Wish } from './bulk/actions.ts'
import type { ChoicesFor } from './bulk/useChoices.ts'
import type { Deal } from './deals.ts'

export interface RowActions {
  choices: ChoicesFor
  run: (wish: Wish, deal: Deal) => void
  lose: (deal: Deal) => void
  open: (deal: Deal) => void
}

/** What can be done with the deal of one row. */
export function RowMenu({ deal, choices: choicesFor, run, lose, open }: RowActions & { deal: Deal }) {
  const choices = choicesFor(
    (wish) => run(wish, deal),
    () => lose(deal),
    deal,
  )
  return (
    <span className="row-actions">
      <Menu
        label={words.actionsOf(deal.name)}
        groups={[
          {
            choices: [
              { id: 'details', label: words.open, icon: PanelRight, onAction: () => open(deal) },
              { id: 'move', label: words.move, icon: ArrowRight, choices: choices.stages },
              { id: 'assign', label: words.assign, icon: UserRound, choices: choices.owners },
            ],
          },
          { choices: choices.statuses },
          {
            choices: [
              {
                id: 'delete',
                label: words.delete,
                icon: Trash2,
                isDanger: true,
                onAction: () => run({ action: { action: 'delete' } }, deal),
              },
            ],
          },
        ]}
      >
        <IconButton icon={Ellipsis} label={words.actionsOf(deal.name)} />
      </Menu>
    </span>
  )
}
