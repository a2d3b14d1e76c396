import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { tell, tellFailure } from '../ui/feedback/toast.ts'

interface Change<V, R> {
  run: (wanted: V) => Promise<R>
  /** What happened, for the toast; nothing is said without it. */
  says?: (wanted: V, reply: R) => string
  /** Offered in the toast for eight seconds. */
  undo?: (wanted: V, reply: R) => void
  /** What could not be done, for the toast: the server's reason stands below. Without it the page shows the error. */
  refused?: (wanted: V) => string
  /** Shows the outcome before the server has answered; answers how to take it back. */
  foresee?: (wanted: V) => () => void
  /** Asked anew afterwards, whatever the outcome. */
  refetch?: unknown[][]
  done?: (reply: R, wanted: V) => void
}

/** A change with all that goes with it: shown at once, told in a toast with Undo, taken back with a reason if refused. */
export function useChange<V = void, R = unknown>(
  change: Change<V, R>,
): UseMutationResult<R, Error, V, { takeBack?: () => void }> {
  const { run, says, undo, refused, foresee, refetch = [], done } = change
  const client = useQueryClient()
  return useMutation<R, Error, V, { takeBack?: () => void }>({
    mutationFn: run,
    onMutate: async (wanted) => {
      if (!foresee) return {}
      await Promise.all(refetch.map((queryKey) => client.cancelQueries({ queryKey })))
      return { takeBack: foresee(wanted) }
    },
    onSuccess: (reply, wanted) => {
      if (says) tell(says(wanted, reply), undo && { undo: () => undo(wanted, reply) })
      done?.(reply, wanted)
    },
    onError: (error, wanted, context) => {
      context?.takeBack?.()
      if (refused) tellFailure(refused(wanted), error.message)
    },
    onSettled: () =>
      Promise.all(refetch.map((queryKey) => client.invalidateQueries({ queryKey }))).then(() => undefined),
  })
}
