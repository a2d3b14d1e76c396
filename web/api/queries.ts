import { onlineManager, QueryClient } from '@tanstack/react-query'
import { ApiError } from './errors.ts'

/**
 * Server state lives here and nowhere else. What is shown is refreshed by live.ts as it changes, so it counts as fresh
 * for a while; a page that is opened again shows what it showed and asks anew behind it.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      retry: againAfter,
      retryDelay: delay,
      refetchOnWindowFocus: false,
    },
    // While the browser is offline a change waits, and is sent when it returns. Of one that was sent, only a request
    // that may be repeated is (waiting.ts).
    mutations: { retry: false, networkMode: 'online' },
  },
})

/** The server may be away while the network is there: what has not been sent yet waits for it all the same. */
export const setReachable = (isReachable: boolean) => onlineManager.setOnline(isReachable && navigator.onLine)

/** A refusal stays a refusal; what may pass by itself is tried again. */
function againAfter(failures: number, error: unknown): boolean {
  const { status = 0 } = error instanceof ApiError ? error : {}
  const passes = status === 0 || status === 429 || status >= 500
  return passes && failures < 3
}

function delay(failures: number, error: unknown): number {
  if (error instanceof ApiError && error.retryAfter) return Math.min(error.retryAfter, 30_000)
  return Math.min(500 * 2 ** failures, 8_000)
}
