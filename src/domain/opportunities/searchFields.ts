import sql, { raw } from 'sql-template-tag'
import { type ContactSearching, contactFields } from '../contacts/search/fields.ts'
import { customSearchField } from '../customFields/searchField.ts'
import { choice, date, id, longText, number, textInAnyCase, textual, through } from '../search/compare.ts'
import type { Field, Fields, Test } from '../search/filter.ts'
import { partOf } from '../search/text.ts'
import { fold } from '../text.ts'
import { statuses } from './opportunity.ts'

/** Contract 5.2: what can be asked about, by the names of the wire; `o` is an opportunity. */
export const opportunityFields = (by: ContactSearching): Fields => ({
  names: Object.keys(fields),
  find(name, path) {
    if (name.startsWith('custom_fields.')) return customSearchField(name, raw('o.id'), by, path)
    return Object.hasOwn(fields, name) ? fields[name]?.(by) : undefined
  },
})

/** The special value of `status` that narrows nothing. */
const anyStatus = 'all'

/** The values that a condition lists; `all` stands for every status. */
export const listed = (field: string, value: unknown): unknown[] =>
  [value].flat().flatMap((item) => (field === 'status' && item === anyStatus ? statuses : [item]))

type Making = (by: ContactSearching) => Field

const always = (field: Field) => () => field

const status = choice(raw('o.status'), statuses)
const source = textInAnyCase(raw('o.source'))

/** Found among the contacts first, by an index of theirs. */
const ofContact =
  (name: string): Making =>
  (by) =>
    through(
      contactFields(by).find(name, name) as Field,
      (condition) => sql`o.contact_id in (
        select id from contacts where location_id = ${by.locationId} and ${condition})`,
    )

const followers: Making = ({ locationId }) => {
  const { eq } = through(
    id(raw('user_id')),
    (condition) => sql`o.id in (select record_id from followers where location_id = ${locationId} and ${condition})`,
  )
  return { operators: textual, eq, contains: eq, exists: () => sql`o.followers <> '[]'` }
}

/** Ever in a stage or in a later one of its pipeline, as the funnel counts: there now, or by a visit that has ended. */
const reachedStage: Making = ({ locationId }) => {
  const { eq } = through(id(raw('s.id')), (condition) => {
    const later = sql`
      select l.id from stages s
      join stages l on l.location_id = s.location_id and l.pipeline_id = s.pipeline_id and l.position >= s.position
      where s.location_id = ${locationId} and ${condition}`
    return sql`(o.pipeline_stage_id in (${later}) or o.id in (
      select opportunity_id from stage_visits where location_id = ${locationId} and stage_id in (${later})))`
  })
  return { operators: ['eq', 'not_eq'], eq }
}

const fields: Record<string, Making> = {
  id: always(id(raw('o.id'))),
  name: ({ db }) => longText(raw('o.name_key'), fold, partOf(db, 'opportunities', raw('o.name_key'))),
  monetary_value: always(number(raw('o.monetary_value'))),
  pipeline_id: always(id(raw('o.pipeline_id'))),
  pipeline_stage_id: always(id(raw('o.pipeline_stage_id'))),
  status: always({ ...status, eq: (value, path) => (status.eq as Test)(listed('status', value), path) }),
  lost_reason_id: always(id(raw('o.lost_reason_id'))),
  assigned_to: always(id(raw('o.assigned_to'))),
  contact_id: always(id(raw('o.contact_id'))),
  source: always({ ...source, eq: id(raw('o.source')).eq }),
  followers,
  contact_name: ofContact('name'),
  company_name: ofContact('companyName'),
  email: ofContact('email'),
  phone: ofContact('phone'),
  country: (by) => ({ ...ofContact('country')(by), operators: textual }),
  // Ours: the tags of the contact, for the board.
  tags: ofContact('tags'),
  // Ours too: what a bar of the funnel stands for.
  reached_stage_id: reachedStage,
  date_added: always(date(raw('o.created_at'))),
  date_updated: always(date(raw('o.updated_at'))),
  last_status_change_date: always(date(raw('o.last_status_change_at'))),
  last_stage_change_date: always(date(raw('o.last_stage_change_at'))),
  forecast_expected_close_date: always(date(raw('o.forecast_expected_close_date'))),
}
