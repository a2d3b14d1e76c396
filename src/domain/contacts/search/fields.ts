import sql, { raw, type Sql } from 'sql-template-tag'
import { type Database, likeInAnyCase } from '../../../store/database.ts'
import { type CustomSearch, customSearchField } from '../../customFields/searchField.ts'
import { date, equality, flag, id, longText, text, textInAnyCase, through } from '../../search/compare.ts'
import type { Field, Fields } from '../../search/filter.ts'
import { partOf } from '../../search/text.ts'
import { fold } from '../../text.ts'
import { emailKey } from '../identity.ts'

export interface ContactSearching extends CustomSearch {
  db: Database
}

/** What can be asked about contacts, by the names of the wire. */
export const contactFields = (by: ContactSearching): Fields => ({
  names: Object.keys(fields),
  find(name, path) {
    const camel = camelCase(name)
    if (camel.startsWith('customFields.')) return customSearchField(name, raw('id'), by, path)
    const known = camel.startsWith('dndSettings.') ? channels.get(camel.toLowerCase()) : camel
    return known !== undefined && Object.hasOwn(fields, known) ? fields[known]?.(by) : undefined
  },
})

/** camelCase, as for contacts, from snake_case, as for opportunities. */
export const camelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

type Making = (by: ContactSearching) => Field

const always = (field: Field) => () => field
const words = (field: Field): Field => ({ ...field, operators: equality })

const name: Making = ({ db }) => longText(raw('name_key'), fold, partOf(db, 'contacts', raw('name_key')))
const company: Making = ({ db }) =>
  textInAnyCase(raw('company_name'), partOf(db, 'contacts', raw('company_name'), likeInAnyCase))
const email: Making = ({ db }) => text(raw('email_key'), emailKey, partOf(db, 'contacts', raw('email_key')))

/** However it is punctuated; what has no digit in it is nowhere in a number. */
const phone: Making = ({ db }) =>
  text(
    raw('phone'),
    (typed) => typed.replace(/[^\d+]/g, ''),
    (digits) => (digits === '' ? sql`1 = 0` : partOf(db, 'contacts', raw('phone'))(digits)),
  )

/** Members of `profile`, a JSON column. */
const profile =
  (member: string): Making =>
  ({ db }) =>
    textInAnyCase(db.json('profile', member))
const profileName =
  (member: string): Making =>
  ({ db }) =>
    text(db.json('profile', member), fold)
const dateOfBirth: Making = ({ db }) =>
  date(db.json('profile', 'dateOfBirth'), (at) => new Date(at).toISOString().slice(0, 10))

/** A channel that was never set is inactive. */
const channel =
  (name: string): Making =>
  ({ db }) => ({
    ...id(sql`coalesce(${db.json('profile', 'dndSettings', name, 'status')}, 'inactive')`),
    operators: ['eq', 'not_eq'],
  })

const inTags = (locationId: string) => (condition: Sql) =>
  sql`id in (select contact_id from contact_tags where location_id = ${locationId} and ${condition})`
const tags: Making = ({ locationId }) => ({
  ...through(
    text(raw('tag'), (tag) => tag.trim().toLowerCase()),
    inTags(locationId),
  ),
  exists: () => sql`tags <> '[]'`,
})

const followers: Making = ({ locationId }) => ({
  ...through(
    id(raw('user_id')),
    (condition) => sql`id in (select record_id from followers where location_id = ${locationId} and ${condition})`,
  ),
  exists: () => sql`followers <> '[]'`,
})

const fields: Record<string, Making> = {
  id: always({ ...id(raw('id')), operators: ['eq', 'not_eq'] }),
  name,
  contactName: name,
  fullNameLowerCase: name,
  firstName: profileName('firstNameKey'),
  firstNameLowerCase: profileName('firstNameKey'),
  lastName: profileName('lastNameKey'),
  lastNameLowerCase: profileName('lastNameKey'),
  address: profile('address1'),
  address1: profile('address1'),
  assignedTo: always(id(raw('assigned_to'))),
  businessId: ({ db }) => id(db.json('profile', 'businessId')),
  businessName: company,
  city: profile('city'),
  companyName: company,
  country: always(words(textInAnyCase(raw('country')))),
  dateAdded: always(date(raw('created_at'))),
  dateUpdated: always(date(raw('updated_at'))),
  lastActivity: always(date(raw('last_activity_at'))),
  dateOfBirth,
  dnd: always(flag(raw('dnd'))),
  'dndSettings.Call.status': channel('call'),
  'dndSettings.Email.status': channel('email'),
  'dndSettings.SMS.status': channel('sms'),
  'dndSettings.WhatsApp.status': channel('whatsApp'),
  'dndSettings.GMB.status': channel('gmb'),
  'dndSettings.FB.status': channel('fb'),
  email,
  followers,
  phone,
  postalCode: profile('postalCode'),
  source: always(textInAnyCase(raw('source'))),
  state: profile('state'),
  tags,
  timezone: (by) => words(profile('timezone')(by)),
  type: always(words(textInAnyCase(raw('type')))),
  website: profile('website'),
}

const channels = new Map(Object.keys(fields).map((known) => [known.toLowerCase(), known]))
