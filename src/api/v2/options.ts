import { type TObject, Type } from '@sinclair/typebox'
import type { Dialect, Endpoint } from '../endpoint.ts'
import { strict } from '../schemas.ts'
import { SearchQuery } from './opportunities/searchWire.ts'
import { CreateBody } from './opportunities/wire.ts'

/** Where sources disagree, the operator may choose the other side. */
export interface DialectOptions {
  /** Refuse a create without `pipelineStageId`, as one guide documents (contract, conflict 3). */
  requireStage: boolean
  /** Take both spellings of the search query's names, and pass over unknown ones (contract, conflict 7). */
  relaxedSearch: boolean
}

export function withOptions(dialect: Dialect, { requireStage, relaxedSearch }: DialectOptions): Dialect {
  const chosen = { ...dialect }
  if (requireStage) {
    const { pipelineStageId } = Type.Required(CreateBody).properties
    const body: TObject = Type.Object({ ...CreateBody.properties, pipelineStageId }, strict)
    chosen['create-opportunity'] = { ...(dialect['create-opportunity'] as Endpoint), body }
  }
  if (relaxedSearch) {
    chosen['search-opportunity'] = { ...(dialect['search-opportunity'] as Endpoint), prepare: relax }
  }
  return chosen
}

/** Renames `pipelineId` to `pipeline_id` and the like, and drops what nobody knows. */
function relax(query: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(query)) {
    if (name in SearchQuery.properties) continue
    delete query[name]
    const known = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    if (known in SearchQuery.properties) query[known] ??= value
  }
}
