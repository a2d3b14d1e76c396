import { useEffect, useMemo, useRef, useState } from 'react'
import { put } from '../../api/client.ts'
import { ApiError } from '../../api/errors.ts'
import { queryClient } from '../../api/queries.ts'
import { useNewest } from '../../api/useNewest.ts'
import { isOutdated } from '../DraftConflict.tsx'
import type { OneReply, Whole, Workflow } from '../wire.ts'
import { type Definition, writtenIn } from './definition.ts'
import { type Issue, readIssues } from './issues.ts'
import { withStepIds } from './stepIds.ts'

/** How long nothing is written before it is saved. */
const rest = 600

export type Saving = 'saved' | 'saving' | 'refused'

/**
 * The draft as it is being written: shown at once, saved by itself a moment later. What the server refuses stays on the
 * screen, and in this tab, with the reason, until it is mended; so does what somebody else has been quicker with.
 */
export function useEditor({ workflow: told, issues }: Whole) {
  const [workflow, setNewest] = useNewest(told)
  const place = `pipewright.draft.workflow.${workflow.id}`
  const [left] = useState(() => kept(place))
  const [local, setLocal] = useState(left?.definition ?? null)
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const [isSending, setSending] = useState(false)
  const latest = useRef(local)
  latest.current = local
  const saved = useSaved(workflow)
  const definition = local ?? saved
  // Whoever takes something back later means what stands there by then.
  const present = useRef(definition)
  present.current = definition
  // What is written is a change of this one, whatever is saved elsewhere meanwhile; of any, where it is to win.
  const basis = useRef(left?.basis)
  const before = useRef(left?.before)
  // From then on until all is saved: of theirs, only what was written here is overwritten.
  const isToWin = useRef(left !== null && left.basis === undefined)
  if (!local) {
    basis.current = workflow.revision
    before.current = saved
    isToWin.current = false
  }

  const keep = (definition: Definition) =>
    sessionStorage.setItem(place, JSON.stringify({ basis: basis.current, before: before.current, definition }))

  function change(wanted: Definition | ((now: Definition) => Definition)) {
    const next = typeof wanted === 'function' ? wanted(present.current) : wanted
    latest.current = next
    present.current = next
    keep(next)
    setRefusal(null)
    setLocal(next)
  }

  async function send(definition: Definition) {
    setSending(true)
    try {
      const written = writtenIn(definition, isToWin.current ? before.current : undefined)
      const body = { ...written, basedOn: basis.current }
      const { workflow: saved } = await put<OneReply>(`/console/workflows/${workflow.id}`, body)
      basis.current = saved.revision
      before.current = isToWin.current ? { ...(before.current ?? definition), ...written } : definition
      setNewest(saved)
      remember(saved)
      if (latest.current === definition || latest.current === null) forget()
      else keep(latest.current)
    } catch (error) {
      if (isOutdated(error)) void queryClient.invalidateQueries({ queryKey: ['workflow', workflow.id] })
      if (latest.current === definition && error instanceof ApiError) setRefusal(error)
    }
    setSending(false)
  }

  function forget() {
    sessionStorage.removeItem(place)
    latest.current = null
    setLocal(null)
    setRefusal(null)
  }

  // One after the other: each is a change of what the one before has saved.
  const turn = useRef(Promise.resolve())
  const saveNow = useRef(send)
  saveNow.current = (definition) => {
    turn.current = turn.current.then(() => send(definition))
    return turn.current
  }
  useEffect(() => {
    if (!local || refusal || isSending) return
    const timer = setTimeout(() => void saveNow.current(local), rest)
    return () => clearTimeout(timer)
  }, [local, refusal, isSending])
  // Whoever goes on before the moment is over has written it all the same.
  useEffect(() => () => void (latest.current && saveNow.current(latest.current)), [])

  function overwrite() {
    basis.current = undefined
    isToWin.current = true
    setRefusal(null)
  }
  const saving: Saving = refusal ? 'refused' : local ? 'saving' : 'saved'
  const shown: Issue[] = refusal ? readIssues(Object.values(refusal.fields)) : readIssues(issues)
  const conflict = isOutdated(refusal) ? { onDiscard: forget, onOverwrite: overwrite } : null
  return { definition, change, saving, refusal, conflict, issues: shown, retry: () => setRefusal(null) }
}

export type Editor = ReturnType<typeof useEditor>

/** The draft as the server has it. */
function useSaved({ draft, stepIds }: Workflow): Definition {
  return useMemo(() => {
    const definition = draft as Definition
    return { ...definition, steps: withStepIds(definition.steps, stepIds) }
  }, [draft, stepIds])
}

/** What was saved is what there is; what stands in its way is asked anew. */
function remember(workflow: Workflow): void {
  const queryKey = ['workflow', workflow.id, 'whole']
  queryClient.setQueryData<Whole>(queryKey, (before) => before && { ...before, workflow, isChanged: true })
  void queryClient.invalidateQueries({ queryKey })
  void queryClient.invalidateQueries({ queryKey: ['workflows'] })
}

interface Kept {
  /** The revision of the draft that it was a change of, and that draft. */
  basis: string | undefined
  before?: Definition
  definition: Definition
}

/** What was not saved when this page was left. */
function kept(place: string): Kept | null {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? '')
  } catch {
    return null
  }
}
