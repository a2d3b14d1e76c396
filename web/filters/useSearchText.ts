import { useEffect, useRef, useState } from 'react'
import type { ChangeFilters } from './useFilters.ts'

/** What is typed into the search, which asks the server a moment after the last key. */
export function useSearchText(query: string, change: ChangeFilters): [string, (text: string) => void] {
  const [typed, setTyped] = useState(query)
  const told = useRef(query)
  // Changed elsewhere: by Back, a view, “Clear filters”.
  useEffect(() => {
    if (query === told.current) return
    told.current = query
    setTyped(query)
  }, [query])
  useEffect(() => {
    if (typed.trim() === told.current) return
    const timer = setTimeout(() => {
      told.current = typed.trim()
      change({ query: told.current })
    }, 200)
    return () => clearTimeout(timer)
  }, [typed, change])
  return [typed, setTyped]
}
