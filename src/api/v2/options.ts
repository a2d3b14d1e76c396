import { type TObject, Type } from '@sinclair/typebox'
import type { Dialect, Endpoint } from '../endpoint.ts'
import { strict } from '../schemas.ts'
import { camel, snake } from './spelling.ts'

/** Where sources disagree, the operator may choose the other side. */
export interface DialectOptions {
  /** Refuse a create without `pipelineStageId`, as one guide documents (contract, conflict 3). */
  requireStage: boolean
  /** Take both spellings of the search query's names, and pass over unknown ones (contract, conflict 7). */
  relaxedSearch: boolean
}

export function withOptions(dialect: Dialect, { requireStage, relaxedSearch }: DialectOptions): Dialect {
  const create = dialect['create-opportunity'] as Endpoint
  const search = dialect['search-opportunity'] as Endpoint
  return {
    ...dialect,
    ...(requireStage && { 'create-opportunity': { ...create, body: requiringStage(create.body as TObject) } }),
    ...(relaxedSearch && { 'search-opportunity': { ...search, prepare: relaxed(search.query as TObject) } }),
  }
}

function requiringStage(body: TObject): TObject {
  const required = Type.Required(Type.Pick(body, ['pipelineStageId']))
  return Type.Object({ ...body.properties, ...required.properties }, strict)
}

/** Renames `pipelineId` to `pipeline_id` and the like, whichever of them is known, and drops what nobody knows. */
const relaxed =
  ({ properties }: TObject) =>
  (query: Record<string, unknown>): void => {
    for (const [name, value] of Object.entries(query)) {
      if (Object.hasOwn(properties, name)) continue
      delete query[name]
      const known = [snake(name), camel(name)].find((spelling) => Object.hasOwn(properties, spelling))
      if (known) query[known] ??= value
    }
  }
