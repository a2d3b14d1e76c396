import type { Card } from './cards.ts'

const day = 86_400_000
const longest = 30 * day

export type Staleness = { overdueSince: number } | { days: number }

/** Why an open deal needs somebody to look at it: its day has passed, or it has been in its stage for too long. */
export function staleness({ status, expectedAt, stageChangedAt }: Card, now: number): Staleness | null {
  if (status !== 'open') return null
  if (expectedAt !== null && expectedAt + day <= now) return { overdueSince: expectedAt }
  const rested = now - stageChangedAt
  return rested > longest ? { days: Math.floor(rested / day) } : null
}
