import type { StatusFilter } from '../filters/filters.ts'

const listed = (names: string[]) =>
  names.length > 2 ? `${names[0]}, ${names[1]} or ${names.length - 2} more` : names.join(' or ')

export const filterWords = {
  filters: 'Filters',
  search: 'Search deals',
  statuses: { open: 'Open', won: 'Won', lost: 'Lost', abandoned: 'Abandoned', all: 'All' } satisfies Record<
    StatusFilter,
    string
  >,
  status: 'status',
  isStatus: (status: StatusFilter) => (status === 'all' ? 'is any' : `is ${status}`),
  owner: 'owner',
  isOwner: (names: string[]) => `is ${listed(names)}`,
  nobody: 'Nobody',
  unknown: 'somebody unknown',
  tag: 'tag',
  isTag: (names: string[]) => `is ${listed(names)}`,
  noTags: 'No contact has a tag yet.',
  value: 'value',
  isValue: (from: string | null, to: string | null) =>
    from && to ? `from ${from} to ${to}` : from ? `over ${from}` : `up to ${to}`,
  atLeast: 'At least',
  atMost: 'At most',
  age: 'age in stage',
  isAge: (days: number) => `over ${days === 1 ? 'a day' : `${days} days`}`,
  days: 'days',
  ageHelp: 'Deals that have been in their stage for longer.',
  reached: 'reached',
  stageGone: 'a stage that is gone',
  reason: 'lost reason',
  isReason: (names: string[]) => `is ${listed(names)}`,
  noReason: 'None named',
  unknownReason: 'an unknown one',
  created: 'created',
  closed: 'closed',
  expected: 'expected to close',
  isWithin: (from: string | null, to: string | null) => {
    if (from && to) return from === to ? `on ${from}` : `${from} – ${to}`
    if (from) return `from ${from} on`
    return to ? `until ${to}` : 'on no day'
  },
  from: 'From',
  to: 'To',
  clear: 'Clear filters',

  views: 'Views',
  ownViews: 'Your views',
  sharedViews: 'Shared with everybody',
  saveView: 'Save this view…',
  updateView: (name: string) => `Update “${name}”`,
  deleteView: (name: string) => `Delete “${name}”`,
  saveTitle: 'Save this view',
  saveHelp: 'Keeps the pipeline, the status, the search and every filter.',
  viewName: 'Name',
  viewPlaceholder: 'Big deals going stale',
  share: 'Share with everybody in this location',
  save: 'Save view',
  saved: (name: string) => `View “${name}” is saved.`,
  updated: (name: string) => `View “${name}” is updated.`,
  deleted: (name: string) => `View “${name}” is deleted.`,
  notUpdated: (name: string) => `View “${name}” could not be updated.`,
  notDeleted: (name: string) => `View “${name}” could not be deleted.`,
}
