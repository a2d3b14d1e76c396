import type { Location } from '../../../domain/accounts/location.ts'
import type { User } from '../../../domain/accounts/user.ts'
import { nameOf } from '../../../domain/accounts/user.ts'
import type { Contact } from '../../../domain/contacts/contact.ts'
import type { DescribedValue } from '../../../domain/customFields/values.ts'
import type { Opportunity } from '../../../domain/opportunities/opportunity.ts'
import { written } from './render.ts'

/** What merge fields and conditions may speak of. */
export interface Subject {
  opportunity?: Opportunity | undefined
  pipelineName?: string | undefined
  stageName?: string | undefined
  contact?: Contact | undefined
  /** The assignee of the opportunity, else of the contact. */
  user?: User | undefined
  location?: Location | undefined
  opportunityFields?: DescribedValue[]
  contactFields?: DescribedValue[]
  /** The location's own texts, by key. */
  customValues?: Record<string, string>
  workflow?: { id: string; name: string }
  /** What started the run. */
  trigger?: Record<string, unknown>
  now?: number
}

export type View = Record<string, unknown>

const day = (at: number | null | undefined) => (typeof at === 'number' ? new Date(at).toISOString().slice(0, 10) : null)
const iso = (at: number | null | undefined) => (typeof at === 'number' ? new Date(at).toISOString() : null)

/** Everything by name, in camelCase and, as the original has it, in snake_case. What is not known is null. */
export function viewOf(subject: Subject): View {
  const { trigger = {}, workflow, now } = subject
  const { payload = {}, ...begun } = trigger
  return {
    opportunity: named({ ...values(subject.opportunityFields), ...ofOpportunity(subject) }),
    contact: named({ ...values(subject.contactFields), ...ofContact(subject.contact) }),
    user: named(ofUser(subject.user)),
    location: named(ofLocation(subject.location)),
    custom_values: plain(subject.customValues ?? {}),
    customValues: plain(subject.customValues ?? {}),
    workflow: named({ id: workflow?.id ?? null, name: workflow?.name ?? null }),
    trigger: plain(begun),
    payload: plain(payload),
    now: iso(now),
  }
}

/** What was before and what is after, of all that a person can see of a record, under the names of its merge fields. */
export function changesBetween(record: string, before: unknown, after: unknown): Record<string, Moved> {
  const read =
    record === 'opportunity' ? (one: unknown) => ofOpportunity({ opportunity: one as Opportunity }) : ofPerson
  if (!before || !after) return {}
  const [was, is] = [read(before), read(after)] as [View, View]
  const names = Object.keys(is).filter((name) => !untold.has(name) && written(was[name]) !== written(is[name]))
  return Object.fromEntries(names.map((name) => [name, { from: was[name], to: is[name] }]))
}

interface Moved {
  from: unknown
  to: unknown
}

const ofPerson = (one: unknown) => ofContact(one as Contact)

/** What follows from the others, or is another name for one. */
const untold = new Set([
  ...['leadValue', 'pipelineName', 'stageName', 'pipelineStage', 'fullName', 'forecastExpectedCloseDate'],
  ...['lastStatusChangeAt', 'lastStageChangeAt', 'lastActionAt', 'createdAt', 'updatedAt'],
])

const ofOpportunity = ({ opportunity: o, pipelineName, stageName }: Subject) => ({
  id: o?.id ?? null,
  name: o?.name ?? null,
  status: o?.status ?? null,
  source: o?.source ?? null,
  monetaryValue: o?.monetaryValue ?? null,
  leadValue: o?.monetaryValue ?? null,
  pipelineId: o?.pipelineId ?? null,
  pipelineName: pipelineName ?? null,
  pipelineStageId: o?.pipelineStageId ?? null,
  stageName: stageName ?? null,
  pipelineStage: stageName ?? null,
  assignedTo: o?.assignedTo ?? null,
  contactId: o?.contactId ?? null,
  lostReasonId: o?.lostReasonId ?? null,
  followers: o?.followers ?? [],
  expectedCloseDate: day(o?.forecastExpectedCloseDate),
  forecastExpectedCloseDate: day(o?.forecastExpectedCloseDate),
  forecastProbability: o?.forecastProbability ?? null,
  lastStatusChangeAt: iso(o?.lastStatusChangeAt),
  lastStageChangeAt: iso(o?.lastStageChangeAt),
  lastActionAt: iso(o?.lastActionAt),
  createdAt: iso(o?.createdAt),
  updatedAt: iso(o?.updatedAt),
})

const ofContact = (c: Contact | undefined) => ({
  id: c?.id ?? null,
  name: c?.name ?? null,
  fullName: c?.name ?? null,
  firstName: c?.firstName ?? null,
  lastName: c?.lastName ?? null,
  email: c?.email ?? null,
  phone: c?.phone ?? null,
  companyName: c?.companyName ?? null,
  address1: c?.address1 ?? null,
  city: c?.city ?? null,
  state: c?.state ?? null,
  postalCode: c?.postalCode ?? null,
  country: c?.country ?? null,
  website: c?.website ?? null,
  timezone: c?.timezone ?? null,
  source: c?.source ?? null,
  type: c?.type ?? null,
  dateOfBirth: c?.dateOfBirth ?? null,
  assignedTo: c?.assignedTo ?? null,
  tags: c?.tags ?? [],
  createdAt: iso(c?.createdAt),
})

const ofUser = (user: User | undefined) => ({
  id: user?.id ?? null,
  name: user ? nameOf(user) : null,
  firstName: user?.firstName ?? null,
  lastName: user?.lastName ?? null,
  email: user?.email ?? null,
  phone: user?.phone ?? null,
})

const ofLocation = (location: Location | undefined) => {
  const profile = location?.profile
  return {
    id: location?.id ?? null,
    name: location?.name ?? null,
    email: profile?.email ?? null,
    phone: profile?.phone ?? null,
    address: profile?.address ?? null,
    city: profile?.city ?? null,
    state: profile?.state ?? null,
    country: profile?.country ?? null,
    postalCode: profile?.postalCode ?? null,
    website: profile?.website ?? null,
    timezone: profile?.timezone ?? null,
  }
}

const values = (fields: DescribedValue[] = []) => Object.fromEntries(fields.map(({ key, value }) => [key, value]))

/** Under both spellings. */
function named(fields: Record<string, unknown>): View {
  const view: View = Object.create(null)
  for (const [name, value] of Object.entries(fields)) {
    view[snake(name)] = value
    view[name] = value
  }
  return view
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Without what every object of the language has by birth: a merge field reaches only what was put there. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const copy: View = Object.create(null)
  for (const [name, inner] of Object.entries(value)) copy[name] = plain(inner)
  return copy
}

/** What a view has under a dotted name; undefined where it has nothing. */
export function lookUp(view: View, name: string): unknown {
  let found: unknown = view
  for (const part of name.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined
    found = (found as View)[part]
  }
  return found
}

const blank = viewOf({})
/** Their inner names are whatever came from outside. */
const open = new Set(['trigger', 'payload'])

/** Whether a view may have something under this name; `fields` are the keys that the location has given. */
export function isKnown(name: string, fields: Record<string, string[]> = {}): boolean {
  const [root = '', key] = name.split('.')
  if (open.has(root) || name === '.') return true
  return lookUp(blank, name) !== undefined || (key !== undefined && Boolean(fields[root]?.includes(key)))
}
