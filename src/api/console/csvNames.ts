import { listUsers, nameOf } from '../../domain/accounts/users.ts'
import type { Context } from '../../domain/context.ts'
import type { CustomField } from '../../domain/customFields/customField.ts'
import { listCustomFields } from '../../domain/customFields/queries.ts'
import { searchLostReasons } from '../../domain/pipelines/lostReasons.ts'
import { listPipelines } from '../../domain/pipelines/queries.ts'

/** What the ids in a row are called, read once for a whole file; of what was deleted, too. */
export interface Names {
  pipelines: Map<string, string>
  stages: Map<string, string>
  users: Map<string, { name: string; email: string }>
  lostReasons: Map<string, string>
  customFields: CustomField[]
}

export async function readNames(ctx: Context): Promise<Names> {
  const reasons = { skip: 0, limit: 10_000 }
  const [pipelines, users, gone, kept, deleted, customFields] = await Promise.all([
    listPipelines(ctx),
    listUsers(ctx),
    listUsers(ctx, { deleted: true }),
    searchLostReasons(ctx, { ...reasons, deleted: false }),
    searchLostReasons(ctx, { ...reasons, deleted: true }),
    listCustomFields(ctx, 'opportunity'),
  ])
  return {
    pipelines: new Map(pipelines.map(({ id, name }) => [id, name])),
    stages: new Map(pipelines.flatMap(({ stages }) => stages.map(({ id, name }) => [id, name] as const))),
    users: new Map([...gone, ...users].map((user) => [user.id, { name: nameOf(user), email: user.email }])),
    lostReasons: new Map([...deleted.lostReasons, ...kept.lostReasons].map(({ id, name }) => [id, name])),
    customFields,
  }
}
