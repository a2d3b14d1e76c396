import type { SortDescriptor } from 'react-aria-components'

/** Which contacts are looked at, and in which order; the URL says it. */
export interface View {
  query: string
  tags: string[]
  owners: string[]
  sort: { field: SortField; direction: 'asc' | 'desc' }
}

/** The columns that the server sorts by, as it calls them. */
const sortFields = { name: 'contactName', company: 'companyName', email: 'email', source: 'source', added: 'dateAdded' }
type SortField = keyof typeof sortFields

const usual: View['sort'] = { field: 'added', direction: 'desc' }

export const isSortable = (column: string): column is SortField => Object.hasOwn(sortFields, column)

export function readView(params: URLSearchParams): View {
  const [field = '', direction] = (params.get('sort') ?? '').split(' ')
  return {
    query: params.get('q') ?? '',
    tags: params.getAll('tag'),
    owners: params.getAll('owner'),
    sort: isSortable(field) ? { field, direction: direction === 'desc' ? 'desc' : 'asc' } : usual,
  }
}

export function writeView({ query, tags, owners, sort }: View): URLSearchParams {
  const params = new URLSearchParams()
  if (query) params.set('q', query)
  for (const tag of tags) params.append('tag', tag)
  for (const owner of owners) params.append('owner', owner)
  if (sort.field !== usual.field || sort.direction !== usual.direction) {
    params.set('sort', `${sort.field} ${sort.direction}`)
  }
  return params
}

export const isNarrowed = ({ query, tags, owners }: View): boolean =>
  query !== '' || tags.length > 0 || owners.length > 0

/** The owner of those that nobody has. */
export const noOwner = 'none'

/** The body of v3's search. */
export function searchBody(view: View, locationId: string, searchAfter: unknown[] | null) {
  const { query, tags, owners, sort } = view
  return {
    locationId,
    pageLimit: 100,
    ...(query && { query: query.slice(0, 75) }),
    filters: [...(tags.length > 0 ? [equals('tags', tags)] : []), ...ownedBy(owners)],
    sort: [{ field: sortFields[sort.field], direction: sort.direction }],
    ...(searchAfter && { searchAfter }),
  }
}

function ownedBy(owners: string[]) {
  if (owners.length === 0) return []
  const people = owners.filter((owner) => owner !== noOwner)
  const unowned = { field: 'assignedTo', operator: 'not_exists' }
  if (people.length === owners.length) return [equals('assignedTo', people)]
  return people.length === 0 ? [unowned] : [{ group: 'OR', filters: [equals('assignedTo', people), unowned] }]
}

const equals = (field: string, value: string[]) => ({ field, operator: 'eq', value })

export const tableSort = ({ sort: { field, direction } }: View): SortDescriptor => ({
  column: field,
  direction: direction === 'desc' ? 'descending' : 'ascending',
})

export function sortOf({ column, direction }: SortDescriptor): View['sort'] {
  const field = String(column)
  return isSortable(field) ? { field, direction: direction === 'descending' ? 'desc' : 'asc' } : usual
}
