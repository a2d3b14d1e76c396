import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { useChange } from '../../api/change.ts'
import { post, put } from '../../api/client.ts'
import type { Pipeline } from '../../api/lookups.ts'
import { queryClient } from '../../api/queries.ts'
import { useSession } from '../../api/session.tsx'
import { useNewest } from '../../api/useNewest.ts'
import { useDraft } from '../../ui/fields/useDraft.ts'
import { pipelineWords as words } from '../../words/settings/pipelines.ts'
import { useDeletion } from './deletion.ts'
import { bodyOf, draftOf, goalsOf, goingIds, keyedAs, onTopOf, type PipelineDraft, staying } from './draft.ts'

/** A pipeline while it is edited: kept until it is saved, and saved only after saying which deals that would move. */
export function usePipelineDraft(id: string | undefined, told: PipelineDraft) {
  const { location } = useSession()
  const [, navigate] = useLocation()
  const [keys, setKeys] = useState<Record<string, string>>({})
  const [given, setNewest] = useNewest(told)
  const initial = useMemo(() => keyedAs(given, keys), [given, keys])
  const [draft, change, forget, discard] = useDraft(`pipeline.${id ?? 'new'}`, initial, true)
  const [isAsking, setAsking] = useState(false)
  const [moveTo, setMoveTo] = useState<string | null>(null)
  const going = goingIds(draft.stages)
  const deletion = useDeletion(id ?? '', going, Boolean(id) && going.length > 0)

  const save = useChange<PipelineDraft & { moveTo?: string }, Pipeline>({
    run({ moveTo, ...wanted }) {
      const body = bodyOf(wanted)
      if (!id) return post('/opportunities/pipelines', { locationId: location.id, ...body })
      return moveTo ? put(`/console/pipelines/${id}`, { ...body, moveTo }) : put(`/opportunities/pipelines/${id}`, body)
    },
    isAlone: true,
    says: ({ name }) => (id ? words.saved(name) : words.created(name)),
    refetch: [['lookups', 'pipelines'], ['board']],
    done: (pipeline, wanted) => {
      stop()
      keep(pipeline)
      if (id) setNewest(draftOf(pipeline))
      setKeys({ ...keys, ...keysOf(pipeline, wanted) })
      forget()
      if (!id) navigate(`/settings/pipelines/${pipeline.id}`, { replace: true })
    },
  })

  const moving = deletion.data?.count ?? 0
  const goals = goalsOf(draft.stages)
  const goal = goals.find(({ key }) => key === moveTo) ?? goals[0]
  // What oneself is saving comes back from the server before it has answered.
  const isOvertaken = draft.basedOn !== initial.basedOn && !save.isPending
  function submit() {
    if (isOvertaken) return
    if (moving > 0 && !isAsking) setAsking(true)
    else save.mutate({ ...draft, ...(isAsking && goal?.id && { moveTo: goal.id }) })
  }
  function stop() {
    setAsking(false)
    setMoveTo(null)
  }
  function takeTheirs() {
    stop()
    forget()
  }
  function goOn() {
    const mine = onTopOf(draft, initial)
    if (goingIds(mine.stages).length === 0) stop()
    change(mine)
  }
  return {
    draft,
    change,
    forget,
    discard,
    submit,
    save,
    isChanged: JSON.stringify(draft) !== JSON.stringify(initial),
    /** Changed by somebody else since this edit began: saving would take theirs away. */
    overtaken: isOvertaken ? { takeTheirs, goOn } : null,
    deletion: deletion.data,
    isCounting: going.length > 0 && deletion.isPending && Boolean(id),
    goal,
    asking: isAsking ? { stop, goals, choose: setMoveTo } : null,
  }
}

/** What the stages that were sent were known by, in the order in which they were. */
const keysOf = ({ stages }: Pipeline, wanted: PipelineDraft) =>
  Object.fromEntries(staying(wanted.stages).map(({ key }, at) => [stages[at]?.id ?? key, key]))

/** What the server answered is what is there now: nothing of the time before shows up in between. */
function keep({ id, ...rest }: Pipeline): void {
  queryClient.setQueryData<Pipeline[]>(['lookups', 'pipelines'], (pipelines = []) =>
    pipelines.some((one) => one.id === id)
      ? pipelines.map((one) => (one.id === id ? { id, ...rest } : one))
      : [...pipelines, { id, ...rest }],
  )
}
