/** Requests allowed per caller: `burst` in `intervalMs` milliseconds, and `daily` from midnight to midnight UTC. */
export interface RateLimits {
  readonly burst: number
  readonly intervalMs: number
  readonly daily: number
}

/** HighLevel's own limits, for each token in each location. */
export const highLevelLimits: RateLimits = Object.freeze({ burst: 100, intervalMs: 10_000, daily: 200_000 })
