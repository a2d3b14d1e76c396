import { useMemo } from 'react'
import { useChange } from '../../api/change.ts'
import { del, post, put } from '../../api/client.ts'
import { refuseIfChanged } from '../../deals/refuseIfChanged.ts'
import type { Status } from '../../filters/filters.ts'
import { inTurn } from '../../records/turns.ts'
import { boardWords as words } from '../../words/board.ts'
import type { Columns } from '../BoardContext.ts'
import type { Card } from '../deck/cards.ts'
import type { Deck } from '../deck/deck.ts'
import { followBack, isLeftTo, type Places } from './keys.ts'

/** What can be changed of a card on the board itself. */
export type Part = Partial<Pick<Card, 'stageId' | 'status' | 'ownerId' | 'reasonId'>>

interface Wanted {
  card: Card
  part: Part
  says: string
  /** From where on the screen it was let go. */
  from?: DOMRect
  /** It takes back the change before it, which may itself have taken something back. */
  takesBack?: 'change' | 'undo'
}

export interface Moves {
  move: (card: Card, stage: { id: string; name: string }, from?: DOMRect) => void
  close: (card: Card, status: Status, reasonId?: string | null, from?: DOMRect) => void
  assign: (card: Card, owner: { id: string | null; name: string }) => void
  remove: (card: Card, from?: DOMRect) => void
}

/** Everything that moves a card: shown at once, told in a toast with Undo, taken back with a reason if it is refused. */
export function useMoves(deck: Deck, columns: Columns): Moves {
  const board = useMemo(() => ({ deck, columns }), [deck, columns])
  const { mutate } = useSaving(board)
  const { mutate: remove } = useRemoving(board)
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

function useSaving(board: Places) {
  const { deck } = board
  const foreseen = useForeseen(board)
  const change = useChange<Wanted, unknown>({
    run: ({ card, part, takesBack }) =>
      inTurn(card.id, async () => {
        if (takesBack) await refuseIfChanged(card.id, standingOf(card))
        return put(`/opportunities/${card.id}`, wireOf(part))
      }),
    foresee: (wanted) =>
      foreseen.begin(wanted, deck.foresee(wanted.card, { ...wanted.card, ...wanted.part }, wanted.from)),
    done: (_, wanted) => foreseen.end(wanted),
    says: ({ says }) => says,
    isUndo: ({ takesBack }) => takesBack === 'change',
    undo({ card, part, takesBack }) {
      const moved = { ...card, ...part }
      change.mutate({
        card: moved,
        part: pick(card, part),
        ...(takesBack === 'change'
          ? { says: words.redone(card.name), takesBack: 'undo' }
          : { says: words.undone(card.name), takesBack: 'change' }),
      })
      followBack(board, moved)
    },
    refused: ({ card, takesBack }) => (takesBack ? words.notUndone(card.name) : words.notChanged(card.name)),
  })
  return change
}

function useRemoving(board: Places) {
  const { deck } = board
  const foreseen = useForeseen<{ card: Card; from?: DOMRect }>(board)
  const restore = useChange<Card>({
    run: ({ id }) => post(`/console/bin/${id}/restore`),
    says: ({ name }) => words.restored(name),
    refused: ({ name }) => words.notRestored(name),
    done(_, card) {
      deck.look([card.id])
      followBack(board, card, 2_000)
    },
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

/** Which foreseen change belongs to which wish: settled by `end`, or by what `begin` answers, then with the focus. */
function useForeseen<W extends { card: Card } = Wanted>(board: Places) {
  return useMemo(() => {
    const begun = new WeakMap<W, { done: () => void }>()
    return {
      begin(wanted: W, { done, refused }: { done: () => void; refused: () => void }) {
        begun.set(wanted, { done })
        return () => {
          const isMine = isLeftTo(wanted.card)
          refused()
          if (isMine) followBack(board, wanted.card)
        }
      },
      end: (wanted: W) => begun.get(wanted)?.done(),
    }
  }, [board])
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
