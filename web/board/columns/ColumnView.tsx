import { memo, useEffect, useRef } from 'react'
import { useRouter } from 'wouter'
import type { Stage } from '../../api/lookups.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { scrollToRow, useSight } from '../../ui/lists/useSight.ts'
import { mostOnPaper } from '../../ui/marks/printing.ts'
import { boardWords as words } from '../../words/board.ts'
import { ui } from '../../words/ui.ts'
import { useBoard } from '../BoardContext.ts'
import { SkeletonCards } from '../BoardSkeleton.tsx'
import { type Card, indexFor } from '../deck/cards.ts'
import { useColumn } from '../deck/useColumn.ts'
import { getDrag, letGo, stageOf, useDrag } from '../moving/drag.ts'
import { CardView } from './CardView.tsx'
import { ColumnHeader } from './ColumnHeader.tsx'
import './columns.css'

const cardHeight = 78
/** From one card to the next. */
const step = cardHeight + 8

/** A stage: its cards, of which only those in sight exist, so that ten thousand cost no more than fifty. */
export const ColumnView = memo(function ColumnView({ stage }: { stage: Stage }) {
  const board = useBoard()
  const { cards, isPending, isFailed, retry, loadMore, hasMore, isCut, retryRest } = useColumn(board, stage.id)
  const scroller = useRef<HTMLDivElement>(null)
  const isTarget = useDrag((drag) => stageOf(drag?.target) === stage.id)
  const carried = useDrag((drag) => drag?.card ?? null)
  const gapAt = isTarget && carried && carried.stageId !== stage.id ? indexFor(cards, carried) : null
  const { first, last, isOnPaper } = useSight(scroller, step)
  const isCutOnPaper = isOnPaper && (hasMore || isCut || cards.length > last)
  // Before any card had the focus, or after that one has gone, Tab leads to the first of a column.
  const current = board.deck.find(board.current ?? '') ? board.current : cards[0]?.id
  useEffect(() => {
    if (hasMore && !isOnPaper && last >= cards.length - 10) loadMore()
  }, [hasMore, isOnPaper, last, cards.length, loadMore])
  useEffect(
    () => board.columns.enter(stage.id, (index) => scrollToRow(scroller.current, index, step)),
    [board.columns, stage.id],
  )

  return (
    <section className="column" data-column={stage.id} data-target={isTarget || undefined} aria-label={stage.name}>
      <ColumnHeader stage={stage} />
      <div className="column-cards" ref={scroller} tabIndex={-1}>
        {isPending ? (
          <SkeletonCards />
        ) : isFailed ? (
          <Failed says={words.cardsFailed} onRetry={retry} />
        ) : (
          <ul style={{ height: (cards.length + (gapAt === null ? 0 : 1)) * step }}>
            {gapAt !== null && <Slot top={gapAt * step} />}
            {cards.slice(first, last).map((card, at) => {
              const index = first + at
              return (
                <CardSlot
                  key={card.id}
                  card={card}
                  index={index}
                  isCurrent={current === card.id}
                  count={hasMore ? -1 : cards.length}
                  top={(gapAt !== null && index >= gapAt ? index + 1 : index) * step}
                />
              )
            })}
          </ul>
        )}
        {isCutOnPaper && <p className="soft">{ui.printedFirst(Math.min(cards.length, mostOnPaper))}</p>}
        {isCut && <Failed says={words.restFailed} onRetry={retryRest} />}
      </div>
    </section>
  )
})

const Failed = ({ says, onRetry }: { says: string; onRetry: () => void }) => (
  <p className="column-failed soft">
    {says} <Button onPress={onRetry}>{ui.retry}</Button>
  </p>
)

/** Where the card will stand. */
const Slot = ({ top }: { top: number }) => (
  <li className="card-gap" style={{ transform: `translateY(${top}px)`, height: cardHeight }} aria-hidden />
)

/** It has gone from its column, or the board has. */
function leave(id: string) {
  if (getDrag()?.card.id === id) letGo()
}

interface CardSlotProps {
  card: Card
  index: number
  /** Of the column; -1 while more may follow. */
  count: number
  isCurrent: boolean
  top: number
}

const CardSlot = memo(function CardSlot({ card, index, count, isCurrent, top }: CardSlotProps) {
  const { owners, hrefOf, openId, isReadonly, staleDays } = useBoard()
  const { base } = useRouter()
  const isCarried = useDrag((drag) => drag?.card.id === card.id)
  useEffect(() => () => leave(card.id), [card.id])
  return (
    <li
      className="card"
      data-card={card.id}
      data-carried={isCarried || undefined}
      data-open={openId === card.id || undefined}
      aria-posinset={index + 1}
      aria-setsize={count}
      style={{ transform: `translateY(${top}px)`, height: cardHeight }}
    >
      <CardView
        card={card}
        owner={card.ownerId && (owners.get(card.ownerId) ?? null)}
        href={base + hrefOf(card.id)}
        isCurrent={isCurrent}
        isReadonly={isReadonly}
        staleDays={staleDays}
      />
    </li>
  )
})
