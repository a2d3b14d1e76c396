import { expect } from 'vitest'
import type { Crm } from '../../harness.ts'
import { time } from './expected.ts'

export const id = expect.stringMatching(/^[A-Za-z0-9]{20}$/)

type Fields = Record<string, unknown> & { name?: string; firstName?: string; lastName?: string; email?: string }

const lower = (text: string | undefined) => text?.toLowerCase() ?? null

/** A contact as it is answered (contract 3.5), whole, with nothing set but what it cannot be without. */
export function contactOf(crm: Crm, fields: Fields = {}) {
  const { firstName, lastName, name, email } = fields
  return {
    id,
    locationId: crm.locationId,
    contactName: name ?? null,
    name: null,
    firstName: null,
    lastName: null,
    firstNameLowerCase: lower(firstName),
    lastNameLowerCase: lower(lastName),
    fullNameLowerCase: lower(name),
    email: null,
    emailLowerCase: lower(email),
    phone: null,
    companyName: null,
    businessId: null,
    address1: null,
    city: null,
    state: null,
    country: null,
    postalCode: null,
    website: null,
    timezone: null,
    gender: null,
    dateOfBirth: null,
    source: null,
    type: 'lead',
    assignedTo: null,
    tags: [],
    dnd: false,
    dndSettings: {},
    inboundDndSettings: null,
    customFields: [],
    followers: [],
    additionalEmails: [],
    additionalPhones: [],
    attributionSource: null,
    lastAttributionSource: null,
    attributions: [],
    keyword: null,
    ssn: null,
    visitorId: null,
    attachments: null,
    dateAdded: time,
    dateUpdated: time,
    lastActivity: time,
    ...fields,
  }
}

/** What the reply to a creation has on top (contract 3.5). */
export const justCreated = {
  deleted: false,
  bounceEmail: false,
  unsubscribeEmail: false,
  offers: [],
  products: [],
  lastSessionActivityAt: time,
}

/** What every other reply leaves out. */
export function settled(created: Record<string, unknown>) {
  const { birthMonth: _, birthDay: __, ...rest } = created
  return Object.fromEntries(Object.entries(rest).filter(([field]) => !(field in justCreated)))
}

/** Success in all its spellings (contract, conflict 8). */
export const succeeded = { succeded: true, success: true, succeeded: true }

export const readContact = async (crm: Crm, contactId: string) =>
  (await crm.v2.get(`/contacts/${contactId}`)).body.contact

/** Contract 1.4, row 18. */
export const duplicateContact = (contactId: string, contactName: string | null, matchingField: 'email' | 'phone') => [
  400,
  {
    statusCode: 400,
    message: 'This location does not allow duplicated contacts.',
    meta: { contactId, contactName, matchingField },
  },
]

/** Row 19. */
export const badPhone = (message: string) => [
  400,
  { statusCode: 400, error: 'Bad Request', message, code: 'INVALID_PHONE' },
]
