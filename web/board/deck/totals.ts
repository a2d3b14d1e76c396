import type { Totals } from './ask.ts'
import type { Card } from './cards.ts'

type Sum = { count: number; value: number; weightedValue: number }

/**
 * The sums as they will be once a card has left one place for another, either of which may be off the board. What it
 * weighs in its new stage the server says a moment later; until then it weighs what it did.
 */
export function shift(totals: Totals, from: Card | null, to: Card | null): Totals {
  const change = (sum: Sum, isFrom: boolean, isTo: boolean): Sum => {
    const taken = isFrom && from ? added(sum, from, -1) : sum
    return isTo && to ? added(taken, to, 1) : taken
  }
  return {
    ...totals,
    ...change(totals, true, true),
    stages: totals.stages.map((stage) => ({
      ...stage,
      ...change(stage, stage.pipelineStageId === from?.stageId, stage.pipelineStageId === to?.stageId),
    })),
  }
}

const added = ({ count, value, weightedValue }: Sum, card: Card, times: 1 | -1): Sum => ({
  count: count + times,
  value: value + times * (card.value ?? 0),
  weightedValue: weightedValue + (times * (card.value ?? 0) * (card.probability ?? 0)) / 100,
})
