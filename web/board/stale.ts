import { isOverdue } from '../records/days.ts'
import type { Card } from './cards.ts'

const day = 86_400_000

export type Staleness = { overdueSince: number } | { idleDays: number }

/**
 * Why an open deal needs somebody to look at it: the day it was expected on has passed, or it is stale by the server's
 * rule, that of the reports: nobody has done anything to it for so many days.
 */
export function staleness(card: Card, now: number, staleDays: number | null): Staleness | null {
  const { status, expectedAt, actedAt } = card
  if (status !== 'open') return null
  if (expectedAt !== null && isOverdue(card, now)) return { overdueSince: expectedAt }
  const idle = now - actedAt
  return staleDays !== null && idle >= staleDays * day ? { idleDays: Math.floor(idle / day) } : null
}
