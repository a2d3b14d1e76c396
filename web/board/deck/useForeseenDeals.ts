import { useEffect, useRef } from 'react'
import type { Deal } from '../../deals/deal.ts'
import { useForeseenChanges } from '../../deals/foreseen.ts'
import type { Card } from './cards.ts'
import type { Deck } from './deck.ts'

/** What is changed of a deal beside the board shows on its card at once too, also while it waits to be sent. */
export function useForeseenDeals(deck: Deck): void {
  const changes = useForeseenChanges()
  const begun = useRef(new Map<object, () => void>()).current
  useEffect(() => {
    for (const { change, id, part } of changes) {
      const card = begun.has(change) ? undefined : deck.find(id)
      if (card) begun.set(change, deck.foresee(card, { ...card, ...partOf(part) }).done)
    }
    end(begun, (change) => !changes.some((one) => one.change === change))
  }, [changes, deck, begun])
  useEffect(() => () => end(begun, () => true), [begun])
}

/** What became of it, and whether it was refused, the deck finds out. */
function end(begun: Map<object, () => void>, isOver: (change: object) => boolean): void {
  for (const [change, done] of [...begun]) {
    if (!isOver(change)) continue
    begun.delete(change)
    done()
  }
}

function partOf({
  name,
  monetaryValue,
  assignedTo,
  pipelineId,
  pipelineStageId,
  status,
  lostReasonId,
  lastStageChangeAt,
}: Partial<Deal>): Partial<Card> {
  return {
    ...(name !== undefined && { name }),
    ...(monetaryValue !== undefined && { value: monetaryValue }),
    ...(assignedTo !== undefined && { ownerId: assignedTo }),
    ...(pipelineId && { pipelineId }),
    ...(pipelineStageId && { stageId: pipelineStageId }),
    ...(status && { status }),
    ...(lostReasonId !== undefined && { reasonId: lostReasonId }),
    ...(lastStageChangeAt && { stageChangedAt: Date.parse(lastStageChangeAt) }),
  }
}
