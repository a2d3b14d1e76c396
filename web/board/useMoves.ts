import { useMemo } from 'react'
import { useChange } from '../api/change.ts'
import { del, post, put } from '../api/client.ts'
import type { Status } from '../filters/filters.ts'
import { inTurn, refuseIfChanged } from '../records/turns.ts'
import { boardWords as words } from '../words/board.ts'
import type { Card } from './cards.ts'
import type { Deck } from './deck.ts'

/** What can be changed of a card on the board itself. */
export type Part = Partial<Pick<Card, 'stageId' | 'status' | 'ownerId' | 'reasonId'>>

interface Wanted {
  card: Card
  part: Part
  says: string
  /** From where on the screen it was let go. */
  from?: DOMRect
  isUndo?: boolean
}

export interface Moves {
  move: (card: Card, stage: { id: string; name: string }, from?: DOMRect) => void
  close: (card: Card, status: Status, reasonId?: string | null, from?: DOMRect) => void
  assign: (card: Card, owner: { id: string | null; name: string }) => void
  remove: (card: Card, from?: DOMRect) => void
}

/** Everything that moves a card: shown at once, told in a toast with Undo, taken back with a reason if it is refused. */
export function useMoves(deck: Deck): Moves {
  const { mutate } = useSaving(deck)
  const { mutate: remove } = useRemoving(deck)
  return useMemo(() => {
    const save = (card: Card, part: Part, says: string, from?: DOMRect) =>
      mutate({ card, part, says, ...(from && { from }) })
    return {
      move(card, { id, name }, from) {
        if (id !== card.stageId) save(card, { stageId: id }, words.moved(card.name, name), from)
      },
      close(card, status, reasonId = null, from) {
        if (status === card.status && reasonId === card.reasonId) return
        save(card, { status, reasonId: status === 'lost' ? reasonId : null }, words.closed[status](card.name), from)
      },
      assign(card, { id, name }) {
        if (id !== card.ownerId) save(card, { ownerId: id }, words.assigned(card.name, id && name))
      },
      remove: (card, from) => remove({ card, ...(from && { from }) }),
    }
  }, [mutate, remove])
}

function useSaving(deck: Deck) {
  const foreseen = useForeseen()
  const change = useChange<Wanted, unknown>({
    run: ({ card, part, isUndo }) =>
      inTurn(card.id, async () => {
        if (isUndo) await refuseIfChanged(card.id, standingOf(card))
        return put(`/opportunities/${card.id}`, wireOf(part))
      }),
    foresee: (wanted) =>
      foreseen.begin(wanted, deck.foresee(wanted.card, { ...wanted.card, ...wanted.part }, wanted.from)),
    done: (_, wanted) => foreseen.end(wanted),
    says: ({ says }) => says,
    undo: ({ card, part, isUndo }) =>
      change.mutate({
        card: { ...card, ...part },
        part: pick(card, part),
        says: isUndo ? words.redone(card.name) : words.undone(card.name),
        isUndo: true,
      }),
    refused: ({ card, isUndo }) => (isUndo ? words.notUndone(card.name) : words.notChanged(card.name)),
  })
  return change
}

function useRemoving(deck: Deck) {
  const foreseen = useForeseen<{ card: Card; from?: DOMRect }>()
  const restore = useChange<Card>({
    run: ({ id }) => post(`/console/bin/${id}/restore`),
    says: ({ name }) => words.restored(name),
    refused: ({ name }) => words.notRestored(name),
    done: (_, { id }) => deck.look([id]),
  })
  return useChange<{ card: Card; from?: DOMRect }>({
    run: ({ card }) => inTurn(card.id, () => del(`/opportunities/${card.id}`)),
    foresee: (wanted) => foreseen.begin(wanted, deck.foresee(wanted.card, null, wanted.from)),
    done: (_, wanted) => foreseen.end(wanted),
    says: ({ card }) => words.deleted(card.name),
    undo: ({ card }) => restore.mutate(card),
    refused: ({ card }) => words.notDeleted(card.name),
  })
}

/** Which foreseen change belongs to which wish: settled by `end`, or by what `begin` answers. */
function useForeseen<W extends object = Wanted>() {
  return useMemo(() => {
    const begun = new WeakMap<W, { done: () => void }>()
    return {
      begin(wanted: W, { done, refused }: { done: () => void; refused: () => void }) {
        begun.set(wanted, { done })
        return refused
      },
      end: (wanted: W) => begun.get(wanted)?.done(),
    }
  }, [])
}

/** What nobody else may have changed since. */
const standingOf = ({ stageId, status, ownerId }: Card) => ({ pipelineStageId: stageId, status, assignedTo: ownerId })

/** The same parts as they were. */
const pick = (card: Card, part: Part): Part =>
  Object.fromEntries(Object.keys(part).map((name) => [name, card[name as keyof Part]]))

function wireOf({ stageId, status, ownerId, reasonId }: Part) {
  return {
    ...(stageId && { pipelineStageId: stageId }),
    ...(status && { status }),
    ...(status === 'lost' && { lostReasonId: reasonId ?? null }),
    ...(ownerId !== undefined && { assignedTo: ownerId }),
  }
}
