import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
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
  /** What could not be done, for the toast: the server's reason stands below. Without it the page shows the error. */
  refused?: (wanted: V) => string
  /** Shows the outcome before the server has answered; answers how to take it back. */
  foresee?: (wanted: V) => () => void
  /** Asked anew afterwards, whatever the outcome. */
  refetch?: unknown[][]
  done?: (reply: R, wanted: V) => void
  /** For what makes something: wanted again before it is done, such as by Enter twice, it is made once all the same. */
  isAlone?: boolean
}

type Changing<V, R> = UseMutationResult<R, Error, V, { takeBack?: () => void }>

/** A change with all that goes with it: shown at once, told in a toast with Undo, taken back with a reason if refused. */
export function useChange<V = void, R = unknown>(change: Change<V, R>): Changing<V, R> {
  const { run, says, undo, isUndo, refused, foresee, refetch = [], done, isAlone = false } = change
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
      if (refused) tellFailure(refused(wanted), error.message)
    },
    onSettled: () => Promise.all(refetch.map((queryKey) => askAnew({ queryKey }))).then(() => undefined),
  })
  const alone = useAlone(changing)
  return isAlone ? alone : changing
}

/** One at a time, until its outcome is drawn: by then the form is gone, empty or shows why it was refused. */
function useAlone<V, R>(changing: Changing<V, R>): Changing<V, R> {
  const underWay = useRef<{ reply: Promise<R>; isOver: boolean }>(undefined)
  useEffect(() => {
    if (underWay.current?.isOver) underWay.current = undefined
  })
  const begin = (...wanted: Parameters<typeof changing.mutateAsync>) => {
    const reply = changing.mutateAsync(...wanted)
    const begun = { reply, isOver: false }
    const end = () => {
      begun.isOver = true
    }
    reply.then(end, end)
    return begun
  }
  const mutateAsync: typeof changing.mutateAsync = (...wanted) => {
    underWay.current ??= begin(...wanted)
    return underWay.current.reply
  }
  return { ...changing, mutateAsync, mutate: (...wanted) => void mutateAsync(...wanted).catch(() => undefined) }
}
