import sql, { raw, type Sql } from 'sql-template-tag'
import { type Database, fixed } from '../../store/database.ts'
import type { Opportunity } from './opportunity.ts'
import { list, type Row, read, selected } from './table.ts'

/** An opportunity with what a reader wants to see beside it. */
export interface OpportunityView extends Opportunity {
  contact: {
    id: string
    name: string | null
    companyName: string | null
    email: string | null
    phone: string | null
    tags: string[]
  }
  /** 0 to 100: its own where the pipeline allows it, else the stage's. */
  effectiveProbability: number | null
  noteCount: number
  taskCount: number
}

interface Beside {
  contactName: string | null
  contactCompanyName: string | null
  contactEmail: string | null
  contactPhone: string | null
  contactTags: string
  effectiveProbability: number | null
  noteCount: number
  taskCount: number
}

type ViewRow = Row & Beside

const viewColumns = raw(`
  c.name as "contactName", c.company_name as "contactCompanyName", c.email as "contactEmail",
  c.phone as "contactPhone", c.tags as "contactTags", c.note_count as "noteCount", c.task_count as "taskCount",
  case when p.use_opportunity_probability = 1 and o.forecast_probability is not null
    then o.forecast_probability else s.stage_win_probability end as "effectiveProbability"`)

const viewJoins = raw(`
  join contacts c on c.location_id = o.location_id and c.id = o.contact_id
  join stages s on s.location_id = o.location_id and s.id = o.pipeline_stage_id
  join pipelines p on p.location_id = o.location_id and p.id = o.pipeline_id`)

const ofOne = { locationId: '', id: '' }

/** One opportunity with what stands beside it, by location and id: the statement that most requests run. */
export const viewStatement = fixed(sql`
  select ${selected}, ${viewColumns} from opportunities o ${viewJoins}
  where o.location_id = ${ofOne.locationId} and o.id = ${ofOne.id}`)

export async function view(db: Database, locationId: string, id: string): Promise<OpportunityView | undefined> {
  const row = await db.one<ViewRow>(viewStatement(locationId, id))
  return row && readView(row)
}

const besideStatement = fixed(sql`
  select ${viewColumns}
  from (select cast(${''} as text) as location_id, cast(${''} as text) as contact_id,
    cast(${''} as text) as pipeline_stage_id, cast(${''} as text) as pipeline_id,
    cast(${null} as double precision) as forecast_probability) o ${viewJoins}`)

/** The view of an opportunity at hand: only what stands beside it is looked up. */
export async function viewOf(db: Database, o: Opportunity): Promise<OpportunityView> {
  const place = [o.locationId, o.contactId, o.pipelineStageId, o.pipelineId, o.forecastProbability]
  const beside = (await db.one<Beside>(besideStatement(...place))) as Beside
  const { effectiveProbability, noteCount, taskCount } = beside
  // What is spread stands last: V8 is ten times slower to add a field to a copy than to copy onto a few.
  return { contact: contactOf(o.contactId, beside), effectiveProbability, noteCount, taskCount, ...o }
}

/**
 * The views of a page. The page is cut first, by an index of opportunities alone, so that only its few rows are joined;
 * conditions and order speak of `o`. The location is named again where it is joined, so that every store sees that all
 * of it is of one location.
 */
export async function viewPage(
  db: Database,
  page: { locationId: string; where: Sql; order: Sql; limit: number; offset: number },
) {
  const rows = await db.all<ViewRow>(sql`
    with o as (
      select * from opportunities o where ${page.where} order by ${page.order} limit ${page.limit} offset ${page.offset})
    select ${selected}, ${viewColumns} from o ${viewJoins}
    where o.location_id = ${page.locationId} order by ${page.order}`)
  return rows.map(readView)
}

function readView(row: ViewRow): OpportunityView {
  const shown = read(row) as OpportunityView
  shown.contact = contactOf(row.contactId, row)
  return shown
}

const contactOf = (
  id: string,
  { contactName, contactCompanyName, contactEmail, contactPhone, contactTags }: Beside,
) => ({
  id,
  name: contactName,
  companyName: contactCompanyName,
  email: contactEmail,
  phone: contactPhone,
  tags: list(contactTags),
})
