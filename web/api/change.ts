import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useReducer, useRef } from 'react'
import { tell, tellFailure } from '../ui/feedback/toast.ts'
import { askAnew } from './live/askAnew.ts'

interface Change<V, R> {
  run: (wanted: V) => Promise<R>
  /** What happened, for the toast; nothing is said without it. */
  says?: (wanted: V, reply: R) => string
  /** Offered in the toast for eight seconds. */
  undo?: (wanted: V, reply: R) => void
  /** Whether this takes something back, so that the toast offers to do it again. */
  isUndo?: (wanted: V) => boolean
  /**
   * What could not be done, for the toast: the server's reason stands below. Without it, and where it answers null, the
   * page shows the error.
   */
  refused?: (wanted: V, error: Error) => string | null
  /** Shows the outcome before the server has answered; answers how to take it back. */
  foresee?: (wanted: V) => () => void
  /** Asked anew afterwards, whatever the outcome. */
  refetch?: unknown[][]
  done?: (reply: R, wanted: V) => void
  /** For what makes something: wanted again before it is done, such as by Enter twice, it is made once all the same. */
  isAlone?: boolean
  /**
   * For what goes out anew each time: whether this is what was wanted before. Wanted again while that is under way, or
   * within a moment, as by a double click, it is done once. Anything else goes out beside it.
   */
  isSame?: (wanted: V, before: V) => boolean
}

type Changing<V, R> = UseMutationResult<R, Error, V, { takeBack?: () => void }>

/** A change with all that goes with it: shown at once, told in a toast with Undo, taken back with a reason if refused. */
export function useChange<V = void, R = unknown>(change: Change<V, R>): Changing<V, R> {
  const { run, says, undo, isUndo, refused, foresee, refetch = [], done, isAlone = false, isSame } = change
  const client = useQueryClient()
  const changing = useMutation<R, Error, V, { takeBack?: () => void }>({
    mutationFn: run,
    onMutate: async (wanted) => {
      if (!foresee) return {}
      await Promise.all(refetch.map((queryKey) => client.cancelQueries({ queryKey })))
      return { takeBack: foresee(wanted) }
    },
    onSuccess: (reply, wanted) => {
      if (says)
        tell(says(wanted, reply), undo && { undo: () => undo(wanted, reply), isUndone: isUndo?.(wanted) ?? false })
      done?.(reply, wanted)
    },
    onError: (error, wanted, context) => {
      context?.takeBack?.()
      const failure = refused?.(wanted, error)
      if (failure) tellFailure(failure, error.message)
    },
    onSettled: () => Promise.all(refetch.map((queryKey) => askAnew({ queryKey }))).then(() => undefined),
  })
  const alone = useAlone(changing, isSame)
  return isAlone || isSame ? alone : changing
}

/** Two presses within so many milliseconds are a double click. */
const moment = 500

interface Begun<V, R> {
  wanted: V
  at: number
  reply: Promise<R>
  isOver: boolean
  isDrawn: boolean
}

/** One at a time, until its outcome is drawn: by then the form is gone, empty or shows why it was refused. */
function useAlone<V, R>(changing: Changing<V, R>, isSame?: (wanted: V, before: V) => boolean): Changing<V, R> {
  const last = useRef<Begun<V, R>>(undefined)
  const [, draw] = useReducer((turns: number) => turns + 1, 0)
  useEffect(() => {
    if (last.current?.isOver) last.current.isDrawn = true
  })
  const isStill = ({ wanted, at, isDrawn }: Begun<V, R>, again: V) =>
    isSame ? isSame(again, wanted) && (!isDrawn || performance.now() - at < moment) : !isDrawn
  const begin = (...wanted: Parameters<typeof changing.mutateAsync>) => {
    const reply = changing.mutateAsync(...wanted)
    const begun: Begun<V, R> = { wanted: wanted[0] as V, at: performance.now(), reply, isOver: false, isDrawn: false }
    const end = () => {
      begun.isOver = true
      // The outcome may have been drawn already, for another reason.
      draw()
    }
    reply.then(end, end)
    return begun
  }
  const mutateAsync: typeof changing.mutateAsync = (...wanted) => {
    if (!last.current || !isStill(last.current, wanted[0] as V)) last.current = begin(...wanted)
    return last.current.reply
  }
  return { ...changing, mutateAsync, mutate: (...wanted) => void mutateAsync(...wanted).catch(() => undefined) }
}
