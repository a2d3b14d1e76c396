import type { Context } from '../../domain/context.ts'
import { recall } from '../v2/opportunities/cursors.ts'

export { remember } from '../v2/opportunities/cursors.ts'

interface Query {
  page?: number
  startAfter?: string | number
  startAfterId?: string
}

/** A query that names nothing but a cursor goes on with the filters that led there: a widespread client repeats none. */
export function resume<Sent extends Query>(ctx: Context, query: Sent): Sent {
  const { startAfter: _, startAfterId: __, ...others } = query
  return Object.keys(others).length === 0 ? recall(ctx, query) : query
}
