import { type Static, Type } from '@sinclair/typebox'
import type { Contact } from '../../../domain/contacts/contact.ts'
import { anyOf, oneOf, requiredText, strict } from '../definition/fields.ts'
import { hasAny } from './filters.ts'
import { type Change, trigger } from './trigger.ts'

const Filters = Type.Object(
  {
    tag: Type.Optional(anyOf(requiredText('Which tag; any unless given', 255))),
    change: Type.Optional(oneOf(['added', 'removed'], 'What happened to it; added unless given')),
  },
  strict,
)

export default trigger<typeof Filters, Contact>({
  type: 'contact_tag',
  title: 'Contact Tag',
  alsoCalled: [],
  lookedForAs: ['Tag Added', 'Tag Removed'],
  about: 'A tag was added to a contact, also as it was created, or removed.',
  record: 'contact',
  on: ['ContactTagUpdate', 'ContactCreate'],
  filters: Filters,
  matches: (filters, change) => moved(filters, change).length > 0,
  tell: (filters, change) => ({ tags: moved(filters, change) }),
})

/** Those of the tags that are meant which were added, or removed. */
function moved(
  { tag, change = 'added' }: Static<typeof Filters>,
  { before, after }: Pick<Change<Contact>, 'before' | 'after'>,
) {
  const [was, is] = [before?.tags ?? [], after.tags]
  const all = change === 'added' ? without(is, was) : without(was, is)
  return all.filter((one) => tag === undefined || hasAny([one], tag))
}

const without = (list: string[], others: string[]) => list.filter((item) => !others.includes(item))
