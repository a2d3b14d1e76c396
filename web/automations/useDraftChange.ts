import { useChange } from '../api/change.ts'
import { put } from '../api/client.ts'
import { tellFailure } from '../ui/feedback/toast.ts'
import { isOutdated } from './DraftConflict.tsx'
import type { Definition } from './editor/definition.ts'
import type { Workflow } from './wire.ts'

interface Options {
  says?: string
  /** What could not be done, for a toast. Where somebody was quicker, that is asked about instead. */
  refused?: string
  done?: () => void
}

type Wanted = Partial<Definition> & { basedOn: string | undefined }

/**
 * A change of the draft from outside of the editor, refused where somebody else has changed the draft since it was shown.
 * `conflict` is what can be done about that then.
 */
export function useDraftChange({ id }: Workflow, { says, refused, done }: Options) {
  const change = useChange<Wanted>({
    run: (wanted) => put(`/console/workflows/${id}`, wanted),
    isAlone: true,
    ...(says && { says: () => says }),
    refetch: [['workflow', id], ['workflows']],
    ...(done && { done }),
  })
  const save = (wanted: Wanted) =>
    void change.mutateAsync(wanted).catch((error: Error) => {
      if (refused && !isOutdated(error)) tellFailure(refused, error.message)
    })
  const { variables, error, isPending, reset } = change
  const overwrite = () => variables && save({ ...variables, basedOn: undefined })
  return {
    save,
    isPending,
    error: isOutdated(error) ? null : error,
    conflict: isOutdated(error) ? { onDiscard: reset, onOverwrite: overwrite, isPending } : null,
  }
}
