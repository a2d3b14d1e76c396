import type { Context } from '../context.ts'

/** At work in a grant's own location, for whoever caused it. */
export const within = (ctx: Context, locationId: string, kind: 'user' | 'token', id: string): Context => ({
  ...ctx,
  caller: { locationId, kind, id, scopes: new Set() },
})
