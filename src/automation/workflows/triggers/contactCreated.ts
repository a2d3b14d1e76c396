import { Type } from '@sinclair/typebox'
import type { Contact } from '../../../domain/contacts/contact.ts'
import { anyOf, idOf, isAmong, requiredText, strict } from '../definition/fields.ts'
import { hasAny, tag } from './filters.ts'
import { trigger } from './trigger.ts'

const Filters = Type.Object(
  {
    tag: Type.Optional(tag),
    source: Type.Optional(anyOf(requiredText('Where the contact came from', 255))),
    assignedTo: Type.Optional(anyOf(idOf('user', 'Assigned to'))),
  },
  strict,
)

export default trigger<typeof Filters, Contact>({
  type: 'contact_created',
  title: 'Contact Created',
  alsoCalled: [],
  about: 'A contact was created.',
  record: 'contact',
  on: ['ContactCreate'],
  filters: Filters,
  matches: (filters, { after }) =>
    (filters.tag === undefined || hasAny(after.tags, filters.tag)) &&
    isAmong(filters.source, after.source) &&
    isAmong(filters.assignedTo, after.assignedTo),
})
