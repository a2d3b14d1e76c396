import sql from 'sql-template-tag'
import type { Store } from '../../store/database.ts'

const day = 86_400_000

/** Whose requests, how many at once, when, and what one window of `interval` ms and one UTC day may hold. */
export interface Asked {
  locationId: string
  tokenId: string
  count: number
  now: number
  burst: number
  interval: number
  daily: number
}

/** The windows as they stand after the requests; `granted` is all of them or none. */
export interface Counted {
  granted: number
  used: number
  windowStart: number
  usedToday: number
}

/**
 * Counts requests where every process counts them: in one statement, so that callers wait for each other no longer than
 * it takes. All are granted or, when they do not fit, none. A window opens with the first request after the one before.
 */
export async function countRequests(store: Store, { locationId, tokenId, count, now, ...limits }: Asked) {
  const { burst, interval, daily } = limits
  const today = Math.floor(now / day)
  const isOver = sql`excluded.window_start - c.window_start >= ${interval}`
  const used = sql`case when ${isOver} then 0 else c.used end`
  // Days only go forward, or two processes around midnight would begin the day anew by turns.
  const usedToday = sql`case when excluded.day > c.day then 0 else c.used_today end`
  const fits = sql`${used} + ${count} <= ${burst} and ${usedToday} + ${count} <= ${daily}`
  const granted = sql`case when ${fits} then ${count} else 0 end`
  const first = count <= burst && count <= daily ? count : 0

  const row = await store.write<Counted>(
    sql`
      insert into rate_counters as c (location_id, token_id, window_start, used, day, used_today, granted)
      values (${locationId}, ${tokenId}, ${now}, ${first}, ${today}, ${first}, ${first})
      on conflict (location_id, token_id) do update set
        window_start = case when ${isOver} then excluded.window_start else c.window_start end,
        used = ${used} + ${granted},
        day = case when excluded.day > c.day then excluded.day else c.day end,
        used_today = ${usedToday} + ${granted},
        granted = ${granted}
      returning granted, used, window_start as "windowStart", used_today as "usedToday"`,
  )
  return row as Counted
}
