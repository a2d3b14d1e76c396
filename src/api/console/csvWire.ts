import { type Static, Type } from '@sinclair/typebox'
import { stringify } from 'csv-stringify/sync'
import { writeAmount } from '../../domain/opportunities/import/amount.ts'
import { harmless } from '../../domain/opportunities/import/read.ts'
import type { Search } from '../../domain/opportunities/queries.ts'
import { sortFields } from '../../domain/opportunities/searchOrder.ts'
import type { OpportunityView } from '../../domain/opportunities/viewTable.ts'
import type { Filter } from '../../domain/search/filter.ts'
import { iso, oneOf } from '../schemas.ts'
import { BoardQuery, readBoard } from './boardWire.ts'
import type { Names } from './csvNames.ts'

export const CsvQuery = Type.Object({
  ...BoardQuery.properties,
  pipelineId: Type.Optional(Type.String({ maxLength: 255, description: 'Of all pipelines unless named' })),
  sort: Type.Optional(oneOf(sortFields, { description: 'date_added unless named' })),
  direction: Type.Optional(oneOf(['asc', 'desc'], { description: 'desc unless named' })),
})
type CsvQuery = Static<typeof CsvQuery>

export const CsvReply = Type.String({ description: 'text/csv, UTF-8 with a byte order mark, lines end with CRLF' })

export function readSearch(query: CsvQuery): Pick<Search, 'filters' | 'text' | 'sort'> {
  const { pipelineId = '', sort = 'date_added', direction = 'desc' } = query
  const { filters, text, status } = readBoard({ ...query, pipelineId })
  return {
    filters: [...equal('pipeline_id', pipelineId || undefined), ...equal('status', status), ...filters],
    text,
    sort: [{ field: sort, direction }],
  }
}

const equal = (field: string, value: string | undefined): Filter[] =>
  value === undefined ? [] : [{ field, operator: 'eq', value }]

type Cell = string | null
type Column = [header: string, cell: (row: OpportunityView, names: Names) => Cell]

/** Those that an import knows by the same headers, and three that it passes over. */
const columns: Column[] = [
  ['ID', ({ id }) => id],
  ['Name', ({ name }) => name],
  ['Status', ({ status }) => status],
  ['Pipeline', ({ pipelineId }, { pipelines }) => pipelines.get(pipelineId) ?? pipelineId],
  ['Stage', ({ pipelineStageId }, { stages }) => stages.get(pipelineStageId) ?? pipelineStageId],
  ['Value', ({ monetaryValue }) => (monetaryValue === null ? null : writeAmount(monetaryValue))],
  ['Contact name', ({ contact }) => contact.name],
  ['Contact email', ({ contact }) => contact.email],
  ['Contact phone', ({ contact }) => contact.phone],
  ['Company', ({ contact }) => contact.companyName],
  ['Tags', ({ contact }) => contact.tags.join(', ')],
  ['Owner', ({ assignedTo }, { users }) => users.get(assignedTo ?? '')?.name ?? assignedTo],
  ['Owner email', ({ assignedTo }, { users }) => users.get(assignedTo ?? '')?.email ?? null],
  ['Source', ({ source }) => source],
  ['Lost reason', ({ lostReasonId }, { lostReasons }) => lostReasons.get(lostReasonId ?? '') ?? lostReasonId],
  [
    'Expected close',
    (o) => (o.forecastExpectedCloseDate === null ? null : iso(o.forecastExpectedCloseDate).slice(0, 10)),
  ],
  ['Created (UTC)', ({ createdAt }) => moment(createdAt)],
  ['Last stage change (UTC)', ({ lastStageChangeAt }) => moment(lastStageChangeAt)],
]

/** As spreadsheets know it for a time. */
const moment = (at: number) => iso(at).slice(0, 19).replace('T', ' ')

/** The first line. A field of the location's whose name is taken goes by its key, which an import knows as well. */
export function writeHeaders({ customFields }: Names): string {
  const taken = new Set(columns.map(([header]) => header))
  const own = customFields.map(({ name, fieldKey }) => {
    const header = taken.has(name) ? fieldKey : name
    taken.add(header)
    return header
  })
  // Without the mark Excel takes the file for one in the code page of its country.
  return `\ufeff${line([[...columns.map(([header]) => header), ...own]])}`
}

/** What begins like a formula is made harmless; numbers and times of ours are none. */
export function writeRows(rows: OpportunityView[], names: Names): string {
  return line(
    rows.map((row) => [
      ...columns.map(([header, cell]) => (header === 'Value' ? cell(row, names) : safe(cell(row, names)))),
      ...names.customFields.map(({ id }) => safe(text(row.customFields.find((value) => value.id === id)?.value))),
    ]),
  )
}

const line = (cells: Cell[][]) => stringify(cells, { record_delimiter: 'windows' })

const safe = (cell: Cell): Cell => (cell === null ? null : harmless(cell))

function text(value: unknown): Cell {
  if (value === undefined || value === null) return null
  if (typeof value === 'number') return writeAmount(value)
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join('; ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
