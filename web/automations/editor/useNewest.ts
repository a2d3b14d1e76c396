import { useRef, useState } from 'react'
import type { Workflow } from '../wire.ts'

/**
 * The workflow as it was saved last, and a way to say so. Whoever forgets a draft because it is saved would else show, until
 * the query has told it, what there was before: fields would go away under the hands that are in them.
 */
export function useNewest(told: Workflow) {
  const [saved, setSaved] = useState<{ behind: Workflow; workflow: Workflow }>()
  const latest = useRef(told)
  latest.current = told
  const newest = saved?.behind === told ? saved.workflow : told
  return [newest, (workflow: Workflow) => setSaved({ behind: latest.current, workflow })] as const
}
