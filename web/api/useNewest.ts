import { useRef, useState } from 'react'

/**
 * What was saved last, and a way to say so. Whoever forgets a draft because it is saved would else show, until the query
 * has told of it, what there was before: fields would go away under the hands that are in them.
 */
export function useNewest<T>(told: T) {
  const [saved, setSaved] = useState<{ behind: T; value: T }>()
  const latest = useRef(told)
  latest.current = told
  const newest = saved?.behind === told ? saved.value : told
  return [newest, (value: T) => setSaved({ behind: latest.current, value })] as const
}
