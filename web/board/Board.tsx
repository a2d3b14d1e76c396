import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  Suspense,
  useMemo,
  useState,
} from 'react'
import { useLocation } from 'wouter'
import { Awaited } from '../page/Awaited.tsx'
import { later } from '../page/later.ts'
import { useShortcut } from '../page/shortcuts.ts'
import { boardWords as words } from '../words/board.ts'
import { BoardProvider, type BoardState } from './BoardContext.ts'
import type { MenuAt } from './columns/CardMenu.tsx'
import { ColumnView } from './columns/ColumnView.tsx'
import type { Card } from './deck/cards.ts'
import { ClosingStrip } from './moving/ClosingStrip.tsx'
import { letGo, type Target } from './moving/drag.ts'
import { followCard, goTo, pressKey } from './moving/keys.ts'
import { LiftedSays } from './moving/LiftedSays.tsx'
import { press } from './moving/pointer.ts'
import type { Moves } from './moving/useMoves.ts'

const CardMenu = later(async () => ({ default: (await import('./columns/CardMenu.tsx')).CardMenu }))
const LostDialog = later(() => import('../deals/LostDialog.tsx'))

interface Props {
  board: Omit<BoardState, 'current'>
  moves: Moves
}

/** The columns of a pipeline. What happens on any card is heard here. */
export function Board({ board, moves }: Props) {
  const { deck, pipeline, isReadonly } = board
  const [, navigate] = useLocation()
  const [touched, setTouched] = useState<string | null>(null)
  const [menu, setMenu] = useState<MenuAt | null>(null)
  const [losing, setLosing] = useState<{ card: Card; from?: DOMRect } | null>(null)

  const followed = useMemo(() => following(moves, (card) => followCard(board, card)), [moves, board])
  const dropped = useMemo(
    () => following(moves, (card) => followCard(board, card, { isDropped: true })),
    [moves, board],
  )

  const shared = useMemo(() => ({ ...board, current: touched }), [board, touched])

  function putDown(card: Card, target: Exclude<Target, null>, from?: DOMRect) {
    const by = from ? dropped : followed
    const stage = pipeline.stages.find(({ id }) => 'stageId' in target && id === target.stageId)
    if (stage) by.move(card, stage, from)
    if (!('status' in target)) return
    if (target.status === 'lost') setLosing({ card, ...(from && { from }) })
    else by.close(card, target.status, null, from)
  }
  function cardAt(event: { target: EventTarget }): { card: Card; slot: HTMLElement } | undefined {
    const slot = (event.target as Element).closest<HTMLElement>('[data-card]')
    const card = deck.find(slot?.dataset.card ?? '')
    return slot && card ? { card, slot } : undefined
  }
  function onPointerDown(event: PointerEvent) {
    const at = cardAt(event)
    if (!at || isReadonly || (event.target as Element).closest('[data-menu]')) return
    press(event.nativeEvent, at.card, at.slot, putDown)
  }
  function onClick(event: MouseEvent) {
    const at = cardAt(event)
    const button = (event.target as Element).closest('[data-menu]')
    if (at && button) return setMenu({ card: at.card, rect: button.getBoundingClientRect() })
    if (!at || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    navigate(board.hrefOf(at.card.id))
  }
  function onContextMenu(event: MouseEvent) {
    const at = cardAt(event)
    if (!at || isReadonly) return
    event.preventDefault()
    // The menu key tells no place.
    const isByKey = event.button !== 2 || (event.clientX === 0 && event.clientY === 0)
    const rect = isByKey ? at.slot.getBoundingClientRect() : new DOMRect(event.clientX, event.clientY, 0, 0)
    setMenu({ card: at.card, rect })
  }
  function onKeyDown(event: KeyboardEvent) {
    const at = cardAt(event)
    if (!at || (event.target as Element).closest('[data-menu]')) return
    if (pressKey(board, event, at.card, putDown)) event.preventDefault()
  }
  const enter = () => goToCard(board, touched)
  useShortcut('ArrowDown', words.keys.enter, enter, board.openId === null)
  // The card hears these itself; they stand in the help.
  useShortcut('Space', words.keys.lift, nothing, !isReadonly)
  useShortcut('Shift+ArrowRight', words.keys.shift, nothing, !isReadonly)
  useShortcut('Shift+F10', words.keys.menu, nothing, !isReadonly)

  return (
    <BoardProvider value={shared}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it hears what happens on the links and buttons in it */}
      <div
        className="board"
        style={{ '--columns': pipeline.stages.length } as CSSProperties}
        data-board
        onPointerDown={onPointerDown}
        onClick={onClick}
        onContextMenu={onContextMenu}
        onKeyDown={onKeyDown}
        onBlur={letGo}
        onFocus={(event) => setTouched(cardAt(event)?.card.id ?? touched)}
      >
        {pipeline.stages.map((stage) => (
          <ColumnView key={stage.id} stage={stage} />
        ))}
      </div>
      <ClosingStrip />
      <LiftedSays pipeline={pipeline} />
      <Suspense fallback={<Awaited onLeave={() => setMenu(null)} />}>
        {menu && (
          <CardMenu at={menu} moves={followed} onLose={(card) => setLosing({ card })} onClose={() => setMenu(null)} />
        )}
      </Suspense>
      <Suspense>
        {losing && (
          <LostDialog
            title={words.lostTitle(losing.card.name)}
            isLow
            onLose={(reasonId) => followed.close(losing.card, 'lost', reasonId, losing.from)}
            onClose={() => setLosing(null)}
          />
        )}
      </Suspense>
    </BoardProvider>
  )
}

/** The same moves, each with the focus going along. */
const following = (moves: Moves, follow: (card: Card) => void): Moves => {
  const along =
    <Rest extends unknown[]>(move: (card: Card, ...rest: Rest) => void) =>
    (card: Card, ...rest: Rest) => {
      move(card, ...rest)
      follow(card)
    }
  return {
    move: along(moves.move),
    close: along(moves.close),
    assign: along(moves.assign),
    remove: along(moves.remove),
  }
}

const nothing = () => {}

type Parts = Omit<BoardState, 'current'>

/** The card that had the focus last, or else the first of all. */
function goToCard(board: Parts, id: string | null): void {
  const { deck, pipeline } = board
  const card = deck.find(id ?? '') ?? pipeline.stages.map((stage) => deck.cards(stage.id)[0]).find((first) => first)
  if (!card) return
  const index = deck.cards(card.stageId).findIndex((other) => other.id === card.id)
  goTo(board, card.stageId, index)
}
