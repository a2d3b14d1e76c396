import { useMutationState } from '@tanstack/react-query'
import { CloudOff } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { useConnection } from '../api/live/live.ts'
import { useWaiting } from '../api/waiting.ts'
import { Icon } from '../ui/actions/Icon.tsx'
import { frameWords as words } from '../words/frame.ts'

/** Quiet, at the top of the page, for as long as the server is not heard. */
export function ConnectionBar() {
  const connection = useConnection()
  const unsent = useMutationState({ filters: { predicate: ({ state }) => state.isPaused } }).length
  const waiting = unsent + useWaiting()
  useStaying(waiting > 0)
  const says = { connecting: '', live: '', deaf: words.deaf, offline: words.offline(waiting) }[connection]
  return (
    <div className="connection" role="status" ref={useHeight()}>
      {says && (
        <p className="connection-bar">
          <Icon icon={CloudOff} />
          <span>{says}</span>
        </p>
      )}
    </div>
  )
}

/** What lies over the page, such as a panel, begins below the bar. */
function useHeight() {
  const bar = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const { style } = document.documentElement
    const tell = ([entry]: ResizeObserverEntry[]) =>
      style.setProperty('--connection-height', `${entry?.contentRect.height ?? 0}px`)
    const observer = new ResizeObserver(tell)
    if (bar.current) observer.observe(bar.current)
    return () => {
      observer.disconnect()
      style.removeProperty('--connection-height')
    }
  }, [])
  return bar
}

/** Whoever leaves while something waits to be sent is asked: it would be gone. */
function useStaying(isWaiting: boolean): void {
  useEffect(() => {
    if (!isWaiting) return
    const ask = (event: Event) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isWaiting])
}
