import { useMutationState } from '@tanstack/react-query'
import { CloudOff } from 'lucide-react'
import { useEffect } from 'react'
import { useConnection } from '../api/live/live.ts'
import { Icon } from '../ui/actions/Icon.tsx'
import { frameWords as words } from '../words/frame.ts'

/** Quiet, at the top of the page, for as long as the server is not heard. */
export function ConnectionBar() {
  const connection = useConnection()
  const waiting = useMutationState({ filters: { predicate: ({ state }) => state.isPaused } }).length
  useStaying(waiting > 0)
  const says = { connecting: '', live: '', deaf: words.deaf, offline: words.offline(waiting) }[connection]
  return (
    <div className="connection" role="status">
      {says && (
        <p className="connection-bar">
          <Icon icon={CloudOff} />
          <span>{says}</span>
        </p>
      )}
    </div>
  )
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
