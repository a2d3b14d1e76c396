import { listUsers, nameOf, type User } from '../../accounts/users.ts'
import type { Context } from '../../context.ts'
import { listCustomFields } from '../../customFields/queries.ts'
import { type LostReason, searchLostReasons } from '../../pipelines/lostReasons.ts'
import type { Pipeline, Stage } from '../../pipelines/pipeline.ts'
import { listPipelines } from '../../pipelines/queries.ts'
import { fold } from '../../text.ts'

/** What the cells of a file may name, read once for all of its rows. */
export interface Known {
  locationId: string
  pipelines: Pipeline[]
  users: User[]
  lostReasons: LostReason[]
}

export async function learn(ctx: Context) {
  const [pipelines, users, { lostReasons }, customFields] = await Promise.all([
    listPipelines(ctx),
    listUsers(ctx),
    searchLostReasons(ctx, { deleted: false, skip: 0, limit: 10_000 }),
    listCustomFields(ctx, 'opportunity'),
  ])
  return { known: { locationId: ctx.caller.locationId, pipelines, users, lostReasons }, customFields }
}

/** One that a cell names; or why none is meant by it. */
export type Meant<T> = { one: T } | { problem: string }

export const findPipeline = ({ pipelines }: Known, text: string): Meant<Pipeline> =>
  only(
    named(pipelines, text, ({ name }) => [name]),
    'pipeline',
    text,
  )

export interface Place {
  pipeline: Pipeline
  stage: Stage
}

/** Of the pipeline that the row names, else of any, where no other has a stage of that name. */
export function findStage({ pipelines }: Known, text: string, pipeline: Pipeline | undefined): Meant<Place> {
  const places = (pipeline ? [pipeline] : pipelines).flatMap((one) =>
    one.stages.map((stage) => ({ pipeline: one, stage, id: stage.id })),
  )
  const found = named(places, text, ({ stage }) => [stage.name])
  if (found.length > 1 && !pipeline)
    return { problem: `"${text}" is a stage of several pipelines: name the pipeline too` }
  return only(found, pipeline ? `stage of ${pipeline.name}` : 'stage', text)
}

/** By e-mail address, id or name. */
export const findOwner = ({ users }: Known, text: string): Meant<User> =>
  only(
    named(users, text, (user) => [user.email, nameOf(user)]),
    'user',
    text,
  )

export const findLostReason = ({ lostReasons }: Known, text: string): Meant<LostReason> =>
  only(
    named(lostReasons, text, ({ name }) => [name]),
    'lost reason',
    text,
  )

/** By id, else by a name without regard to case and accents. */
function named<T extends { id: string }>(all: T[], text: string, namesOf: (one: T) => string[]): T[] {
  const byId = all.filter(({ id }) => id === text)
  if (byId.length > 0) return byId
  const wanted = fold(text)
  return all.filter((one) => namesOf(one).some((name) => fold(name) === wanted))
}

function only<T>(found: T[], noun: string, text: string): Meant<T> {
  const [one] = found
  if (!one) return { problem: `there is no ${noun} "${text}"` }
  return found.length > 1 ? { problem: `"${text}" is the name of more than one ${noun}: use its id` } : { one }
}
