import { bareKey, type CustomField } from '../../customFields/customField.ts'
import { invalid } from '../../errors.ts'
import { fold } from '../../text.ts'

/**
 * What a column can be about, with the headers it is known by. Of several columns about one thing the one that stands
 * first here counts: an id says more than a name.
 */
const headersOf = {
  id: ['id', 'opportunity id'],
  externalId: ['external id', 'external reference', 'reference'],
  name: ['name', 'opportunity name', 'deal name', 'deal', 'opportunity', 'title'],
  pipeline: ['pipeline id', 'pipeline', 'pipeline name'],
  stage: ['pipeline stage id', 'stage id', 'stage', 'pipeline stage', 'stage name'],
  status: ['status', 'opportunity status'],
  value: ['value', 'monetary value', 'opportunity value', 'lead value', 'deal value', 'amount'],
  contactId: ['contact id'],
  contactName: ['contact name', 'contact', 'full name', 'person'],
  email: ['contact email', 'email', 'email address'],
  phone: ['contact phone', 'phone', 'phone number'],
  company: ['contact company', 'company', 'company name', 'business name'],
  tags: ['contact tags', 'tags'],
  owner: ['owner email', 'owner id', 'assigned to', 'owner', 'assigned', 'assignee'],
  source: ['source', 'opportunity source', 'lead source'],
  lostReason: ['lost reason id', 'lost reason', 'lost reason name'],
  expectedClose: ['expected close date', 'expected close', 'forecast expected close date', 'close date'],
} as const satisfies Record<string, readonly string[]>

export type ImportField = keyof typeof headersOf

export const importFields = Object.keys(headersOf) as ImportField[]

/** What a column of the file is about; null where nothing is read from it. */
export interface Column {
  header: string
  field: ImportField | null
  /** In place of a field of ours, one that the location made. */
  customField: CustomField | null
}

/** By header, the name of a field, the key or id of a custom field, or null to leave the column out. */
export type Mapping = Record<string, string | null>

/** What each column is about: as it was said, else as its header says. */
export function readColumns(headers: string[], customFields: CustomField[], mapping: Mapping): Column[] {
  checkMapping(headers, customFields, mapping)
  const said = headers.map((header) => columnOf(header, customFields, mapping[header]))
  const taken = new Set(said.map(({ field }) => field).filter((field) => field !== null))
  return said.map((column) => {
    if (mapping[column.header] !== undefined || column.customField) return column
    const field = importFields.find((one) => !taken.has(one) && bestHeader(one, headers, mapping) === column.header)
    return { ...column, field: field ?? null }
  })
}

function columnOf(header: string, customFields: CustomField[], target: string | null | undefined): Column {
  if (target === null) return { header, field: null, customField: null }
  if (target !== undefined && isField(target)) return { header, field: target, customField: null }
  const customField = findCustomField(target ?? header, customFields, target === undefined)
  return { header, field: null, customField }
}

/** The first header of a field's own that the file has, and that nobody gave another meaning. */
function bestHeader(field: ImportField, headers: string[], mapping: Mapping): string | undefined {
  const free = headers.filter((header) => mapping[header] === undefined)
  for (const known of headersOf[field]) {
    const found = free.find((header) => plain(header) === plain(known))
    if (found !== undefined) return found
  }
  return undefined
}

/** By id or key; a header by its name as well, unless it is one of ours. */
function findCustomField(text: string, customFields: CustomField[], byName: boolean): CustomField | null {
  if (byName && isOurs(text)) return null
  const matches = ({ id, fieldKey, name }: CustomField) =>
    text === id || text === fieldKey || text === bareKey(fieldKey) || (byName && plain(name) === plain(text))
  return customFields.find(matches) ?? null
}

const ours = new Set(Object.values(headersOf).flatMap((known) => known.map(plain)))
const isOurs = (header: string) => ours.has(plain(header))
const isField = (name: string): name is ImportField => Object.hasOwn(headersOf, name)

function checkMapping(headers: string[], customFields: CustomField[], mapping: Mapping) {
  const issues = Object.entries(mapping).flatMap(([header, target]) => {
    if (!headers.includes(header)) return [`mapping.${header} names a column that the file does not have`]
    if (target === null || isField(target) || findCustomField(target, customFields, false)) return []
    return [`mapping.${header} must be one of the following values: ${importFields.join(', ')}, or a custom field`]
  })
  if (issues.length > 0) throw invalid(...issues)
  const targets = Object.values(mapping).filter((target) => target !== null)
  const twice = targets.find((target, at) => targets.indexOf(target) !== at)
  if (twice !== undefined) throw invalid(`mapping must not lead to ${twice} twice`)
}

/** Letters and digits alone: `Contact E-mail`, `contact_email` and `contactEmail` are one header. */
function plain(header: string): string {
  return fold(header).replace(/[^\p{L}\p{N}]/gu, '')
}
