import type { Pipeline } from '../../api/lookups.ts'
import { boardWords as words } from '../../words/board.ts'
import { stageOf, statusOf, useDrag } from './drag.ts'

/** Tells those who cannot see it what a card that was lifted by the keyboard is held over. */
export function LiftedSays({ pipeline }: { pipeline: Pipeline }) {
  const card = useDrag((drag) => (drag?.by === 'keys' ? drag.card : null))
  const stageId = useDrag((drag) => stageOf(drag?.target))
  const status = useDrag((drag) => statusOf(drag?.target))
  const nameOf = (id: string | null) => pipeline.stages.find((stage) => stage.id === id)?.name ?? ''
  const isAtHome = card?.stageId === stageId
  return (
    <p className="unseen" role="status">
      {card && (isAtHome ? words.lifted(card.name, nameOf(stageId)) : status ? words.targets[status] : nameOf(stageId))}
    </p>
  )
}
