import { readSpan, type Span, writeSpan } from './spans.ts'

/** What a page of deals shows: kept in its URL, asked of the server, read as a sentence. */
export interface Filters {
  /** Null: of every pipeline. */
  pipelineId: string | null
  stages: string[]
  status: StatusFilter
  query: string
  /** Ids of users, or `none` for deals of nobody. */
  owners: string[]
  /** Of the contact. */
  tags: string[]
  minValue: number | null
  maxValue: number | null
  /** For at least so many days in the stage. */
  days: number | null
  /** A stage that they have ever been in, or beyond. */
  reached: string | null
  /** Why they were lost: ids, or `none`. */
  reasons: string[]
  created: Span | null
  /** When the status changed last. */
  closed: Span | null
  /** When they are expected to close. */
  expected: Span | null
}

export const statuses = ['open', 'won', 'lost', 'abandoned'] as const
export type Status = (typeof statuses)[number]
export type StatusFilter = Status | 'all'

/** Everything but the pipeline, the status and the search: what “Clear filters” takes away. */
export const noFilters: Omit<Filters, 'pipelineId' | 'status' | 'query'> = {
  stages: [],
  owners: [],
  tags: [],
  minValue: null,
  maxValue: null,
  days: null,
  reached: null,
  reasons: [],
  created: null,
  closed: null,
  expected: null,
}

/** Whether anything narrows what is shown, the status aside. */
export const areSet = ({ query, pipelineId: _pipeline, status: _status, ...narrowing }: Filters): boolean =>
  query !== '' || Object.values(narrowing).some((value) => (Array.isArray(value) ? value.length > 0 : value !== null))

/** What cannot be read counts as not there. */
export function readFilters(params: URLSearchParams): Filters {
  const status = params.get('status') as StatusFilter
  return {
    pipelineId: params.get('pipeline'),
    stages: params.getAll('stage'),
    status: [...statuses, 'all'].includes(status) ? status : 'open',
    query: (params.get('q') ?? '').slice(0, 75),
    owners: params.getAll('owner'),
    tags: params.getAll('tag'),
    minValue: readNumber(params.get('min')),
    maxValue: readNumber(params.get('max')),
    days: readNumber(params.get('days')),
    reached: params.get('reached'),
    reasons: params.getAll('reason'),
    created: readSpan(params.get('created')),
    closed: readSpan(params.get('closed')),
    expected: readSpan(params.get('expected')),
  }
}

const names = [
  ...['pipeline', 'stage', 'status', 'q', 'owner', 'tag', 'min', 'max', 'days'],
  ...['reached', 'reason', 'created', 'closed', 'expected'],
]

/** What else stands in the URL stays there. */
export function writeFilters(filters: Filters, before = new URLSearchParams()): URLSearchParams {
  const kept = [...before].filter(([name]) => !names.includes(name))
  return new URLSearchParams([
    ...one('pipeline', filters.pipelineId),
    ...several('stage', filters.stages),
    ...one('status', filters.status === 'open' ? null : filters.status),
    ...one('q', filters.query || null),
    ...several('owner', filters.owners),
    ...several('tag', filters.tags),
    ...one('min', filters.minValue),
    ...one('max', filters.maxValue),
    ...one('days', filters.days),
    ...one('reached', filters.reached),
    ...several('reason', filters.reasons),
    ...one('created', writeSpan(filters.created)),
    ...one('closed', writeSpan(filters.closed)),
    ...one('expected', writeSpan(filters.expected)),
    ...kept,
  ])
}

const one = (name: string, value: string | number | null) => (value === null ? [] : [[name, String(value)]])
const several = (name: string, values: string[]) => values.map((value) => [name, value])

function readNumber(text: string | null): number | null {
  const number = Number(text ?? Number.NaN)
  return text !== '' && Number.isFinite(number) ? number : null
}
