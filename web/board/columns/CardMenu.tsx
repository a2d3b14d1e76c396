import { ArrowRight, Ban, PanelRight, RotateCcw, ThumbsDown, Trash2, Trophy, UserRound } from 'lucide-react'
import { useRef } from 'react'
import { Popover } from 'react-aria-components'
import { useUsers } from '../../api/lookups.ts'
import { type MenuChoice, type MenuGroup, MenuList } from '../../ui/actions/Menu.tsx'
import { boardWords as words } from '../../words/board.ts'
import { useBoard } from '../BoardContext.ts'
import type { Card } from '../deck/cards.ts'
import type { Moves } from '../moving/useMoves.ts'

export interface MenuAt {
  card: Card
  rect: DOMRect
}

interface Props {
  at: MenuAt
  moves: Moves
  onLose: (card: Card) => void
  onClose: () => void
}

/** One menu for all cards: beside the three dots, at the pointer, or at the card for the menu key. */
export function CardMenu({ at: { card, rect }, moves, onLose, onClose }: Props) {
  const anchor = useRef<HTMLDivElement>(null)
  const groups = useChoices(card, moves, onLose).map(({ choices }) => ({ choices: choices.map(closingFirst(onClose)) }))

  return (
    <>
      <div
        ref={anchor}
        className="menu-anchor"
        style={{ left: rect.x, top: rect.y, width: rect.width, height: rect.height }}
      />
      <Popover
        className="popover menu-popover"
        aria-label={words.actionsOf(card.name)}
        triggerRef={anchor}
        isOpen
        onOpenChange={(isOpen) => !isOpen && onClose()}
        placement={rect.width > 40 || rect.width === 0 ? 'bottom start' : 'bottom end'}
        offset={4}
      >
        <MenuList label={words.actionsOf(card.name)} groups={groups} onClose={onClose} />
      </Popover>
    </>
  )
}

/** A choice further in closes its own menu alone, if it is not told to. */
const closingFirst =
  (onClose: () => void) =>
  ({ onAction, choices, ...choice }: MenuChoice): MenuChoice => ({
    ...choice,
    ...(choices && { choices: choices.map(closingFirst(onClose)) }),
    ...(onAction && {
      onAction: () => {
        onClose()
        onAction()
      },
    }),
  })

function useChoices(card: Card, moves: Moves, onLose: (card: Card) => void): MenuGroup[] {
  const { pipeline, hrefOf } = useBoard()
  const users = useUsers()
  const stages = pipeline.stages.map((stage) => ({
    id: stage.id,
    label: stage.name,
    color: stage.color,
    isChosen: stage.id === card.stageId,
    onAction: () => moves.move(card, stage),
  }))
  const owners = [{ id: null, name: words.noOwner }, ...users].map((owner) => ({
    id: owner.id ?? 'nobody',
    label: owner.name,
    isChosen: owner.id === card.ownerId,
    onAction: () => moves.assign(card, owner),
  }))
  const closing = [
    { id: 'won' as const, label: words.win, icon: Trophy, onAction: () => moves.close(card, 'won') },
    { id: 'lost' as const, label: words.lose, icon: ThumbsDown, onAction: () => onLose(card) },
    { id: 'abandoned' as const, label: words.abandon, icon: Ban, onAction: () => moves.close(card, 'abandoned') },
    { id: 'open' as const, label: words.reopen, icon: RotateCcw, onAction: () => moves.close(card, 'open') },
  ]
  return [
    {
      choices: [
        { id: 'details', label: words.open, icon: PanelRight, href: hrefOf(card.id) },
        { id: 'move', label: words.moveTo, icon: ArrowRight, choices: stages },
        { id: 'assign', label: words.assign, icon: UserRound, choices: owners },
      ],
    },
    { choices: closing.filter(({ id }) => id !== card.status) },
    {
      choices: [
        { id: 'delete', label: words.delete, icon: Trash2, isDanger: true, onAction: () => moves.remove(card) },
      ],
    },
  ]
}
