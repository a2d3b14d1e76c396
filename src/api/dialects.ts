import type { IncomingMessage } from 'node:http'

/**
 * The Version header is part of the router's look-up, so that two dialects own one path without a branch. What no
 * dialect claims falls to v2, whose rows refuse it in its own words.
 */
export const dialectConstraint = {
  name: 'dialect',
  storage() {
    const rows = new Map<unknown, unknown>()
    return {
      get: (dialect: unknown) => (rows.get(dialect) ?? null) as never,
      set: (dialect: unknown, row: unknown) => void rows.set(dialect, row),
    }
  },
  validate() {},
  deriveConstraint: ({ headers }: IncomingMessage) => (isV3(headers.version) ? 'v3' : 'v2'),
  mustMatchWhenDerived: false,
}

const isV3 = (version: string | string[] | undefined) =>
  version !== undefined && String(version).trim().toLowerCase() === 'v3'
