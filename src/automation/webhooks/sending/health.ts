import type { Attempt, Line } from '../deliveries/delivery.ts'
import { gone } from './judge.ts'

const day = 24 * 60 * 60 * 1000

/** How long a receiver may do nothing but fail. */
const patience = 5 * day

/** How many attempts are under way at once for a webhook, in the one process that has its line. */
const most = 16

/** From this many failures in a row on there is time between two attempts, up to a minute. */
const worrying = 5
const longestPause = 60_000

type Health = Pick<Line, 'failures' | 'failingSince' | 'openAt'>

/** How a receiver is after an attempt. One that fails is asked one thing at a time, and more and more seldom. */
export function healthAfter({ failures, failingSince }: Health, { at, error }: Attempt, now: number): Health {
  if (error === null) return { failures: 0, failingSince: null, openAt: 0 }
  const count = failures + 1
  const pause = count < worrying ? 0 : Math.min(longestPause, 1000 * 2 ** (count - worrying))
  return { failures: count, failingSince: failingSince ?? at, openAt: pause && now + pause }
}

/** How many more attempts may begin. */
export function room({ failures, openAt }: Health, underWay: number, now: number): number {
  if (now < openAt) return 0
  return Math.max(0, (failures > 0 ? 1 : most) - underWay)
}

/** Why nothing more is to be sent until a person says so; null where there is no reason. */
export function reasonToStop({ failingSince }: Health, { status, error }: Attempt, now: number): string | null {
  if (status === gone) return 'The receiver answered 410 Gone: it wants nothing more'
  if (failingSince === null || now - failingSince < patience) return null
  return `Nothing but failures for five days, the last one: ${error}`
}
