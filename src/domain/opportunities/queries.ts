import sql, { empty, join, raw, type Sql } from 'sql-template-tag'
import { seesOpportunity, sightOf } from '../accounts/sight.ts'
import type { Caller, Context } from '../context.ts'
import { asksCustomFields } from '../customFields/searchField.ts'
import { findDefinitions } from '../customFields/table.ts'
import { DomainError, notFound } from '../errors.ts'
import { none } from '../search/compare.ts'
import { type Condition, compile, type Filter, isGroup } from '../search/filter.ts'
import { after, type Cursor, few, type Order, orderBy, placeOf, sortBy } from '../search/order.ts'
import { byText } from '../search/text.ts'
import type { Opportunity } from './opportunity.ts'
import { listed, opportunityFields } from './searchFields.ts'
import { byCreation, opportunityOrder, type Sort } from './searchOrder.ts'
import * as aggregations from './stageAggregations.ts'
import * as opportunities from './table.ts'
import { countFromTotals, type StageTotal, stageTotals } from './totals.ts'
import { type OpportunityView, view, viewPage } from './viewTable.ts'

export async function getOpportunity(ctx: Context, id: string): Promise<OpportunityView> {
  const found = await view(ctx.store, ctx.caller.locationId, id)
  if (!found || !seesOpportunity(ctx.caller, found)) throw notFound('Opportunity')
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
  /** As the page before counted, so that nothing is counted again for this one. */
  total?: number | undefined
}

export interface Found {
  opportunities: (OpportunityView & { place: Cursor })[]
  /** How many match in all, not only on the page. */
  total: number
  /** Whether another page follows. */
  more: boolean
}

/** A page of the opportunities that match, in order. Sees every write that was acknowledged before. */
export async function searchOpportunities(ctx: Context, search: Search): Promise<Found> {
  const { store, caller } = ctx
  const order = opportunityOrder(search.sort)
  const where = await conditions(ctx, search)
  const beyond = search.after && search.after.length > 0 ? sql`and ${after(order, search.after)}` : empty
  const kept = keptTotal(caller, search)
  const total = search.total ?? (kept ? await countFromTotals(store, kept) : await opportunities.count(store, where))
  if (total === 0) return { opportunities: [], total, more: false }

  const rows = await viewPage(store, {
    locationId: caller.locationId,
    where: sql`${where} ${beyond}`,
    order: total > few || (kept && isIndexed(order, search)) ? orderBy(order) : sortBy(order),
    limit: search.limit + 1,
    offset: beyond === empty ? (search.offset ?? 0) : 0,
  })
  const page = rows.slice(0, search.limit).map((row) => ({ place: placeOf(order, row), ...row }))
  return { opportunities: page, total, more: rows.length > search.limit }
}

/** What totals are kept by has indexes, which go on by creation. */
const isIndexed = (order: Order<Opportunity>, { filters }: Search) =>
  filters.length === 0 || order[0]?.column === byCreation.column

/** Count and value per stage and status of a pipeline, or of the location; for whoever sees all that is counted. */
export async function getStageTotals(ctx: Context, pipelineId?: string): Promise<StageTotal[]> {
  if (ctx.caller.onlyAssigned) throw new DomainError('forbidden', 'These totals count what is not yours, too.')
  const one = pipelineId === undefined ? empty : sql`and pipeline_id = ${pipelineId}`
  return stageTotals(ctx.store, sql`location_id = ${ctx.caller.locationId} ${one}`)
}

/** What a search finds, summed up by stage; undefined where it asks for no pipeline. */
export async function aggregateStages(
  ctx: Context,
  search: Asked,
): Promise<aggregations.StageAggregation[] | undefined> {
  const { store, caller } = ctx
  if (!asksPipeline(search.filters)) return undefined
  return aggregations.sum(store, caller.locationId, await foundByStage(ctx, search))
}

/** How many a search finds, and their value, by stage and status: as kept, where the totals that are kept answer it. */
export async function foundByStage(ctx: Context, search: Asked): Promise<Sql> {
  const where = await conditions(ctx, search)
  const kept = keptTotal(ctx.caller, search)
  return kept ? aggregations.kept(kept, where) : aggregations.counted(where)
}

/** Whether a filter, in whatever group, is about the pipeline. */
const asksPipeline = (filters: Filter[]): boolean =>
  filters.some((filter) => (isGroup(filter) ? asksPipeline(filter.filters) : filter.field === 'pipeline_id'))

export type Asked = Pick<Search, 'filters' | 'text'>

async function conditions({ store: db, caller }: Context, { filters, text = '' }: Asked): Promise<Sql> {
  const { locationId } = caller
  const customFields = asksCustomFields(filters) ? await findDefinitions(db, locationId, 'opportunity') : new Map()
  const matching = compile(filters, opportunityFields({ db, locationId, customFields }))
  const found = text.trim() ? sql`o.id in (${idsByText(db, locationId, text.trim())})` : undefined
  const all = [sql`o.location_id = ${locationId} ${sightOf(caller).opportunities}`, matching, found]
  return join(
    all.filter((condition) => condition !== undefined),
    ' and ',
  )
}

const idsByText = (db: Context['store'], locationId: string, text: string): Sql => sql`
  select id from opportunities where location_id = ${locationId} and ${byText(db, 'opportunities', text)}
  union all
  select id from opportunities where location_id = ${locationId} and contact_id in (
    select id from contacts where location_id = ${locationId} and ${byText(db, 'contacts', text)})`

const keptBy = ['pipeline_id', 'pipeline_stage_id', 'status', 'assigned_to']

/**
 * Where a search's total is among those kept: it asks for pipeline, stage, status or assignee, and nothing else. Of those
 * who see only what is theirs none is, for followers are not counted by it.
 */
function keptTotal({ locationId, onlyAssigned }: Caller, { filters, text }: Asked): Sql | undefined {
  if (onlyAssigned || text?.trim() || !filters.every(isKept)) return undefined
  const conditions = filters as Condition[]
  return join([sql`location_id = ${locationId}`, ...conditions.map(totalsTest)], ' and ')
}

const isKept = (filter: Filter) => !isGroup(filter) && filter.operator === 'eq' && keptBy.includes(filter.field)

function totalsTest({ field, value }: Condition): Sql {
  // Nobody is kept as '', which as a value means nothing.
  const named = listed(field, value).filter((item) => item !== '')
  const wanted = named.map((item) => (item === none ? '' : item))
  return wanted.length > 0 ? sql`${raw(field)} in (${join(wanted)})` : sql`1 = 0`
}
