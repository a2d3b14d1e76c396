import type { Context } from '../../domain/context.ts'
import { recall } from '../v2/opportunities/cursors.ts'

export { remember } from '../v2/opportunities/cursors.ts'

interface Query {
  page?: number
  limit?: number
  startAfter?: string | number
  startAfterId?: string
}

/** A query that names no filter beside its cursor goes on with the filters that led there: a widespread client repeats none. */
export async function resume<Sent extends Query>(ctx: Context, query: Sent): Promise<Sent> {
  const { startAfter: _, startAfterId: __, limit: ___, page: ____, ...filters } = query
  return Object.keys(filters).length === 0 ? recall(ctx, query) : query
}
