import sql, { empty, join, type Sql } from 'sql-template-tag'
import type { Database } from '../../store/database.ts'
import type { Context } from '../context.ts'
import { findDefinitions } from '../customFields/table.ts'
import { notFound } from '../errors.ts'
import { fold } from '../text.ts'
import { type Condition, compile, type Filter, listed, unassigned } from './filter.ts'
import { after, type Cursor, newestFirst, orderBy, placeOf, type Sort, sortBy } from './sort.ts'
import * as opportunities from './table.ts'
import { countFromTotals, type StageTotal, stageTotals } from './totals.ts'
import { type OpportunityView, view, viewPage } from './viewTable.ts'

export async function getOpportunity(ctx: Context, id: string): Promise<OpportunityView> {
  const found = await view(ctx.store, ctx.caller.locationId, id)
  if (!found) throw notFound('Opportunity')
  return found
}

export interface Search {
  filters: Filter[]
  /** Free text: a part of the name, or of the contact's name, e-mail, phone or company. */
  text?: string | undefined
  sort?: Sort[] | undefined
  /** The place of the last row seen; wins over `offset`. */
  after?: unknown[] | undefined
  offset?: number
  limit: number
}

export interface Found {
  opportunities: (OpportunityView & { place: Cursor })[]
  /** How many match in all, not only on the page. */
  total: number
  /** Whether another page follows. */
  more: boolean
}

/** Matches that are sooner found by what they have in common, and then sorted, than met along the order's index. */
const few = 1000

/** A page of the opportunities that match, in order. Sees every write that was acknowledged before. */
export async function searchOpportunities(ctx: Context, search: Search): Promise<Found> {
  const { store, caller } = ctx
  const sort = search.sort && search.sort.length > 0 ? search.sort : newestFirst
  const where = await conditions(store, caller.locationId, search)
  const kept = keptTotal(caller.locationId, search)
  const total = kept ? await countFromTotals(store, kept) : await opportunities.count(store, where)
  if (kept && total === 0) return { opportunities: [], total, more: false }
  const beyond = search.after && search.after.length > 0 ? sql`and ${after(search.after, sort)}` : empty
  const rows = await viewPage(store, {
    where: sql`${where} ${beyond}`,
    order: kept || total > few ? orderBy(sort) : sortBy(sort),
    limit: search.limit + 1,
    offset: beyond === empty ? (search.offset ?? 0) : 0,
  })
  const page = rows.slice(0, search.limit).map((row) => ({ ...row, place: placeOf(row, sort) }))
  return { opportunities: page, total, more: rows.length > search.limit }
}

/** Count and value per stage and status of a pipeline, or of the location. */
export function getStageTotals(ctx: Context, pipelineId?: string): Promise<StageTotal[]> {
  const one = pipelineId === undefined ? empty : sql`and pipeline_id = ${pipelineId}`
  return stageTotals(ctx.store, sql`location_id = ${ctx.caller.locationId} ${one}`)
}

async function conditions(db: Database, locationId: string, { filters, text }: Search): Promise<Sql> {
  const custom = JSON.stringify(filters).includes('custom_fields.')
  const customFields = custom ? await findDefinitions(db, locationId, 'opportunity') : new Map()
  const matching = filters.length > 0 ? sql`and ${compile(filters, { locationId, customFields })}` : empty
  const folded = fold(text?.trim() ?? '')
  const found = folded === '' ? empty : sql`and o.id in (${idsByText(db, locationId, folded)})`
  return sql`o.location_id = ${locationId} ${matching} ${found}`
}

/** Three characters or more are looked up in the trigram indexes; fewer are the beginning of a name. */
function idsByText(db: Database, locationId: string, text: string): Sql {
  const indexed = [...text].length >= 3
  const begins = sql`name_key >= ${text} and name_key < ${`${text}\u{10ffff}`}`
  const inName = indexed ? db.contains('opportunities', text) : begins
  const inContact = indexed ? db.contains('contacts', text) : begins
  return sql`
    select id from opportunities where location_id = ${locationId} and ${inName}
    union all
    select id from opportunities where location_id = ${locationId} and contact_id in (
      select id from contacts where location_id = ${locationId} and ${inContact})`
}

const keptBy = ['pipeline_id', 'pipeline_stage_id', 'status', 'assigned_to']

/** Where a search's total is among those kept: it asks for pipeline, stage, status or assignee, and nothing else. */
function keptTotal(locationId: string, { filters, text }: Search): Sql | undefined {
  if (text?.trim() || !filters.every(isKept)) return undefined
  const conditions = filters as Condition[]
  return join([sql`location_id = ${locationId}`, ...conditions.map(totalsTest)], ' and ')
}

const isKept = (filter: Filter) =>
  !('group' in filter || 'filters' in filter) && filter.operator === 'eq' && keptBy.includes(filter.field)

function totalsTest(condition: Condition): Sql {
  const { field } = condition
  // Nobody is kept as '', which as a value means nothing.
  const named = listed(condition).filter((item) => item !== '')
  const wanted = named.map((item) => (item === unassigned ? '' : item))
  const columns: Record<string, Sql> = {
    pipeline_id: sql`pipeline_id`,
    pipeline_stage_id: sql`pipeline_stage_id`,
    status: sql`status`,
    assigned_to: sql`assigned_to`,
  }
  return wanted.length > 0 ? sql`${columns[field]} in (${join(wanted)})` : sql`1 = 0`
}
