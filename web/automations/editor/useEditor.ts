import { useEffect, useRef, useState } from 'react'
import { put } from '../../api/client.ts'
import { ApiError } from '../../api/errors.ts'
import { queryClient } from '../../api/queries.ts'
import type { OneReply, Whole, Workflow } from '../wire.ts'
import type { Definition } from './definition.ts'
import { type Issue, readIssues } from './issues.ts'

/** How long nothing is written before it is saved. */
const rest = 600

export type Saving = 'saved' | 'saving' | 'refused'

/**
 * The draft as it is being written: shown at once, saved by itself a moment later. What the server refuses stays on the
 * screen, and in this tab, with the reason, until it is mended.
 */
export function useEditor({ workflow, issues }: Whole) {
  const place = `pipewright.draft.workflow.${workflow.id}`
  const [local, setLocal] = useState<Definition | null>(() => kept(place, workflow))
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const [isSending, setSending] = useState(false)
  const latest = useRef(local)
  latest.current = local
  const definition = local ?? (workflow.draft as Definition)
  // Whoever takes something back later means what stands there by then.
  const present = useRef(definition)
  present.current = definition

  function change(wanted: Definition | ((now: Definition) => Definition)) {
    const next = typeof wanted === 'function' ? wanted(present.current) : wanted
    latest.current = next
    present.current = next
    sessionStorage.setItem(place, JSON.stringify({ basis: workflow.updatedAt, definition: next }))
    setRefusal(null)
    setLocal(next)
  }

  async function save(definition: Definition) {
    setSending(true)
    try {
      const { workflow: saved } = await put<OneReply>(`/console/workflows/${workflow.id}`, definition)
      remember(saved)
      if (latest.current === definition || latest.current === null) {
        sessionStorage.removeItem(place)
        setLocal(null)
      }
    } catch (error) {
      if (latest.current === definition && error instanceof ApiError) setRefusal(error)
    }
    setSending(false)
  }

  const saveNow = useRef(save)
  saveNow.current = save
  useEffect(() => {
    if (!local || refusal || isSending) return
    const timer = setTimeout(() => void saveNow.current(local), rest)
    return () => clearTimeout(timer)
  }, [local, refusal, isSending])
  // Whoever goes on before the moment is over has written it all the same.
  useEffect(() => () => void (latest.current && saveNow.current(latest.current)), [])

  const saving: Saving = refusal ? 'refused' : local ? 'saving' : 'saved'
  const shown: Issue[] = refusal ? readIssues(Object.values(refusal.fields)) : readIssues(issues)
  return { definition, change, saving, refusal, issues: shown, retry: () => setRefusal(null) }
}

export type Editor = ReturnType<typeof useEditor>

/** What was saved is what there is; what stands in its way is asked anew. */
function remember(workflow: Workflow): void {
  const queryKey = ['workflow', workflow.id, 'whole']
  queryClient.setQueryData<Whole>(queryKey, (before) => before && { ...before, workflow })
  void queryClient.invalidateQueries({ queryKey })
  void queryClient.invalidateQueries({ queryKey: ['workflows'] })
}

/** What was not saved when this page was left, unless somebody has changed the workflow since. */
function kept(place: string, { updatedAt }: Workflow): Definition | null {
  try {
    const { basis, definition } = JSON.parse(sessionStorage.getItem(place) ?? '') as {
      basis: string
      definition: Definition
    }
    return basis === updatedAt ? definition : null
  } catch {
    return null
  }
}
