import { type CustomField, type DataType, isMultiple } from './customField.ts'

/** The value in the form that its field keeps (null: nothing to keep), or what is wrong with it. */
export type Fitted = { value: unknown } | { issue: string }

type Field = Pick<CustomField, 'dataType' | 'picklistOptions' | 'isAllowedCustomOption'>

/** Fits what was sent to the type of its field. */
export function coerce(field: Field, sent: unknown): Fitted {
  if (sent === undefined) return { issue: 'field_value should not be empty' }
  if (sent === null || sent === '') return { value: null }
  return kindOf(field.dataType)(sent, field)
}

function kindOf(type: DataType): (sent: unknown, field: Field) => Fitted {
  if (type === 'NUMERICAL' || type === 'MONETORY') return number
  if (type === 'DATE') return date
  if (isMultiple(type)) return options
  if (type === 'SINGLE_OPTIONS' || type === 'RADIO') return option
  if (type === 'TEXTBOX_LIST') return object
  if (type === 'FILE_UPLOAD') return files
  return text
}

const wrong = (must: string): Fitted => ({ issue: `field_value must be ${must}` })

const isScalar = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/** Lists and objects stay as they are: the create page sends them for plain fields too. */
const text = (sent: unknown): Fitted => (isScalar(sent) ? { value: String(sent) } : unlessEmpty(sent as object))

const unlessEmpty = (sent: object): Fitted => ({ value: Object.keys(sent).length > 0 ? sent : null })

const decimal = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i

function number(sent: unknown): Fitted {
  const value = typeof sent === 'string' && decimal.test(sent.trim()) ? Number(sent) : sent
  if (typeof value === 'number' && Number.isFinite(value)) return { value }
  return wrong('a number conforming to the specified constraints')
}

/** A day stays a day (`2025-01-31`), anything with a time becomes ISO in UTC. */
function date(sent: unknown): Fitted {
  const time = typeof sent === 'number' ? sent : typeof sent === 'string' ? parse(sent.trim()) : Number.NaN
  const moment = new Date(time)
  if (Number.isNaN(moment.getTime())) return wrong('a valid ISO 8601 date string')
  const iso = moment.toISOString()
  return { value: typeof sent === 'string' && day.test(sent.trim()) ? iso.slice(0, 10) : iso }
}

const day = /^\d{4}-\d\d-\d\d$/
const moment = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(:\d\d(\.\d+)?)?)(Z|[-+]\d\d:?\d\d)?$/i

function parse(sent: string): number {
  if (/^-?\d{9,14}$/.test(sent)) return Number(sent)
  if (day.test(sent)) return onCalendar(sent) ? Date.parse(sent) : Number.NaN
  const [, date, clock, , , zone] = moment.exec(sent) ?? []
  if (!date || !onCalendar(date)) return Number.NaN
  // Without a zone it is UTC here: the server's own zone must not decide what is stored.
  return Date.parse(`${date}T${clock}${zone?.toUpperCase() ?? 'Z'}`)
}

/** False for the 30th of February, which `Date` would take for the 2nd of March. */
function onCalendar(date: string): boolean {
  const time = Date.parse(date)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date)
}

/** A list with one item is that item; clients that know only lists send it so. */
function option(sent: unknown, field: Field): Fitted {
  const one = Array.isArray(sent) && sent.length === 1 ? sent[0] : sent
  if (!isScalar(one)) return wrong('a string')
  return among([String(one)], field) ?? { value: String(one) }
}

function options(sent: unknown, field: Field): Fitted {
  const list = Array.isArray(sent) ? sent : [sent]
  if (!list.every(isScalar)) return wrong('an array')
  if (list.length === 0) return { value: null }
  const value = [...new Set(list.map(String))]
  return among(value, field) ?? { value }
}

/** A field without options takes any: the original API makes such fields, and they must be of use. */
function among(chosen: string[], { picklistOptions, isAllowedCustomOption }: Field): Fitted | undefined {
  if (isAllowedCustomOption || picklistOptions.length === 0) return
  if (chosen.every((one) => picklistOptions.includes(one))) return
  return wrong(`one of the following values: ${picklistOptions.join(', ')}`)
}

const object = (sent: unknown): Fitted =>
  typeof sent !== 'object' || Array.isArray(sent) ? wrong('an object') : unlessEmpty(sent as object)

/** By file id as the original sends it, or a list of addresses. */
const files = (sent: unknown): Fitted => (Array.isArray(sent) ? unlessEmpty(sent) : object(sent))
