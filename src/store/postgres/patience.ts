import { setTimeout as nap } from 'node:timers/promises'
import { explain, isCollision, isConflict, isDisconnection } from './failures.ts'

/**
 * How long, ms, something is tried where the server is away or others are in its way; and where the server has been away
 * for that long already, so that those who ask do not all wait.
 */
const patience = { usual: 7000, away: 500 }
const naps = { first: 20, most: 1000 }

export type Persistently = <T>(attempt: () => Promise<T>, isUrgent?: () => boolean) => Promise<T>

/** Tries again and again until it is done, refused, or patience ends; `isUrgent` asks for one more try at the end. */
export function createPatience(): Persistently {
  let awaySince: number | undefined

  return async function persistently(attempt, isUrgent = () => false) {
    const begun = performance.now()
    const until =
      begun + (awaySince !== undefined && begun - awaySince > patience.usual ? patience.away : patience.usual)
    let collisions = 0
    for (let delay = naps.first; ; delay = Math.min(naps.most, delay * 2)) {
      try {
        const answer = await attempt()
        awaySince = undefined
        return answer
      } catch (error) {
        if (isDisconnection(error)) awaySince ??= performance.now()
        // What somebody else has just made is met by the work's own check the next time; if not, it is no accident.
        const mayPass = isCollision(error) ? collisions++ < 3 : isConflict(error) || isDisconnection(error)
        const isLate = performance.now() + delay > until
        if (!mayPass || (isLate && !isUrgent())) throw explain(error)
        // At different moments for different callers, or they would meet again.
        await nap(delay * (0.5 + Math.random()))
      }
    }
  }
}
