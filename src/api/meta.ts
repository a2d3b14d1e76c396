import { Type } from '@sinclair/typebox'
import type { Cursor } from '../domain/search/order.ts'
import { nullable } from './schemas.ts'

/** Contract 4.1 and 5.1: what stands beside a page of a list. */
export const Meta = Type.Object(
  {
    total: Type.Integer(),
    nextPageUrl: nullable(Type.String()),
    startAfterId: nullable(Type.String()),
    startAfter: Type.Union([Type.Number(), Type.String(), Type.Null()]),
    currentPage: Type.Integer(),
    nextPage: nullable(Type.Integer()),
    prevPage: nullable(Type.Integer()),
  },
  { additionalProperties: false },
)

/** Where a page ends, and whether another one follows. */
export interface PageEnd {
  /** The last row with its place in the order; absent where the page is empty. */
  last: { id: string; place: Cursor } | undefined
  total: number
  more: boolean
}

/**
 * The numbers of a page, and the way to the next one below `url`, every filter of `query` kept. The cursor is that of
 * the last row on the last page too; the page's number only counts along with it.
 */
export function writeMeta(url: string, query: { page?: number }, { last, total, more }: PageEnd) {
  const [startAfter = null] = last?.place ?? []
  const startAfterId = last?.id ?? null
  const currentPage = Math.max(query.page ?? 1, 1)
  const following = { ...query, startAfter, startAfterId, page: currentPage + 1 }
  return {
    total,
    nextPageUrl: more ? `${url}?${new URLSearchParams(text(following))}` : null,
    startAfterId,
    startAfter,
    currentPage,
    nextPage: more ? currentPage + 1 : null,
    prevPage: currentPage > 1 ? currentPage - 1 : null,
  }
}

const text = (query: object) =>
  Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  )
