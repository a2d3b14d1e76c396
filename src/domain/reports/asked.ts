import sql, { empty, raw, type Sql } from 'sql-template-tag'
import { getLocation } from '../accounts/locations.ts'
import { sightOf } from '../accounts/sight.ts'
import type { Context } from '../context.ts'
import { invalid } from '../errors.ts'
import { getPipeline } from '../pipelines/queries.ts'
import { beginningOf, isDay, nextDay } from './calendar.ts'

/** What somebody wants a report about; without any of it, about all there is. */
export interface Asked {
  pipelineId?: string | undefined
  /** A user's id. */
  assignedTo?: string | undefined
  /** Days of the location, `2026-11-21`; both are in it. */
  from?: string | undefined
  to?: string | undefined
}

/** Days of the location as moments; null where there is no bound. */
export interface Period {
  zone: string
  from: string | null
  to: string | null
  /** When the first day begins. */
  since: number | null
  /** When the last day is over: it is not in it any more. */
  until: number | null
}

export async function readPeriod(ctx: Context, { from, to }: Asked): Promise<Period> {
  const issues = Object.entries({ from, to })
    .filter(([, day]) => day !== undefined && !isDay(day))
    .map(([name]) => `${name} must be a day such as 2026-11-21`)
  if (issues.length > 0) throw invalid(...issues)
  if (from !== undefined && to !== undefined && to < from) throw invalid('to must not be before from')
  const zone = (await getLocation(ctx)).profile.timezone
  return {
    zone,
    from: from ?? null,
    to: to ?? null,
    since: from === undefined ? null : beginningOf(from, zone),
    until: to === undefined ? null : beginningOf(nextDay(to), zone),
  }
}

/** Refuses a pipeline that is not there. */
export async function requireKnown(ctx: Context, { pipelineId }: Asked): Promise<void> {
  if (pipelineId !== undefined) await getPipeline(ctx, pipelineId)
}

/** About the opportunities `o`: those of the location that are asked for, and that the caller sees. */
export const meant = ({ caller }: Context, { pipelineId, assignedTo }: Asked): Sql => sql`
  o.location_id = ${caller.locationId} ${pipelineId === undefined ? empty : sql`and o.pipeline_id = ${pipelineId}`}
  ${assignedTo === undefined ? empty : sql`and o.assigned_to = ${assignedTo}`} ${sightOf(caller).opportunities}`

/** The stage of an opportunity `o`, said so that no index offers it: its pipeline is looked up first, and then grouped. */
export const stageOf = raw(`o.pipeline_stage_id || ''`)

/** A moment that lies in the period, as a further condition. */
export const within = (column: string, { since, until }: Pick<Period, 'since' | 'until'>): Sql => sql`
  ${since === null ? empty : sql`and ${raw(column)} >= ${since}`}
  ${until === null ? empty : sql`and ${raw(column)} < ${until}`}`
