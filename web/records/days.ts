/*
 * A calendar day is the same day for everybody. The server tells it as midnight in UTC, which no zone may move.
 */

/** The day it is at a moment where this person is, told in the same way. */
export function dayAt(moment: number): number {
  const at = new Date(moment)
  return Date.UTC(at.getFullYear(), at.getMonth(), at.getDate())
}

interface Expected {
  status: string
  /** A calendar day, in epoch milliseconds or ISO 8601. */
  expectedAt: number | string | null
}

/** An open deal whose day has passed, where this person is. */
export const isOverdue = ({ status, expectedAt }: Expected, now: number): boolean =>
  status === 'open' && expectedAt !== null && new Date(expectedAt).getTime() < dayAt(now)
