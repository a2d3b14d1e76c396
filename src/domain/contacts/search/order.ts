import sql, { raw, type Sql } from 'sql-template-tag'
import type { Database } from '../../../store/database.ts'
import { type Key, type Order, readOrder, type Wish } from '../../search/order.ts'
import { headIn, headOf } from '../../search/text.ts'
import { fold } from '../../text.ts'
import type { Contact } from '../contact.ts'
import { emailKey } from '../identity.ts'
import { camelCase } from './fields.ts'

/** Newest first unless sorted. */
export function contactOrder(db: Database, wishes: Wish[]): Order<Contact> {
  const chosen = wishes.length > 0 ? wishes : [{ field: 'dateAdded', direction: 'desc' }]
  const named = chosen.map((wish) => ({ ...wish, field: camelCase(wish.field) }))
  return readOrder(named, keys(db), { column: raw('id'), kind: 'text', of: (contact) => contact.id })
}

function keys(db: Database): Record<string, Key<Contact>> {
  const byName: Key<Contact> = {
    column: headOf(raw('name_key')),
    isExpression: true,
    kind: 'text',
    of: ({ name }) => headIn(fold(name ?? '')),
  }
  const byCompany = word(raw('company_name'), ({ companyName }) => companyName ?? '')
  return {
    dateAdded: { column: raw('created_at'), kind: 'whole', of: ({ createdAt }) => createdAt },
    dateUpdated: { column: raw('updated_at'), kind: 'whole', of: ({ updatedAt }) => updatedAt },
    // Full names begin with first names, and they have an index.
    firstNameLowerCase: byName,
    name: byName,
    contactName: byName,
    lastNameLowerCase: word(db.json('profile', 'lastNameKey'), ({ lastName }) => fold(lastName ?? '')),
    businessName: byCompany,
    companyName: byCompany,
    email: word(raw('email_key'), ({ email }) => emailKey(email ?? '')),
    source: word(raw('source'), ({ source }) => source ?? ''),
    dnd: { column: raw('dnd'), kind: 'flag', of: ({ dnd }) => Number(dnd) },
  }
}

/** A column that may be null, which sorts as no text does. */
const word = (column: Sql, of: (contact: Contact) => string): Key<Contact> => ({
  column: sql`coalesce(${column}, '')`,
  kind: 'text',
  of,
})
