import { useEffect, useRef, useState } from 'react'

/** What is typed into the search, told a moment after the last key; Back and “Clear” change it from outside. */
export function useTyped(told: string, tell: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(told)
  const last = useRef(told)
  const latest = useRef(tell)
  latest.current = tell
  useEffect(() => {
    if (told === last.current) return
    last.current = told
    setTyped(told)
  }, [told])
  useEffect(() => {
    if (typed.trim() === last.current) return
    const timer = setTimeout(() => {
      last.current = typed.trim()
      latest.current(last.current)
    }, 200)
    return () => clearTimeout(timer)
  }, [typed])
  return [typed, setTyped]
}
