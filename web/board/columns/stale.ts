import { isOverdue } from '../../records/days.ts'
import type { Card } from '../deck/cards.ts'

const day = 86_400_000

interface Staleness {
  /** The day it was expected on, which has passed. */
  overdueSince: number | null
  /** It is stale by the server's rule, that of the reports: nobody has done anything to it for so many days. */
  idleDays: number | null
}

/** Why an open deal needs somebody to look at it; null what does not speak for that. */
export function staleness(card: Card, now: number, staleDays: number | null): Staleness {
  const idle = now - card.actedAt
  const isIdle = card.status === 'open' && staleDays !== null && idle >= staleDays * day
  return {
    overdueSince: isOverdue(card, now) ? card.expectedAt : null,
    idleDays: isIdle ? Math.floor(idle / day) : null,
  }
}
