import { createHash } from 'node:crypto'
import { tags as readTags } from '../../contacts/identity.ts'
import { isMultiple } from '../../customFields/customField.ts'
import type { ValueInput } from '../../customFields/values.ts'
import { fold } from '../../text.ts'
import { instant } from '../../time.ts'
import { type Status, statuses } from '../opportunity.ts'
import type { Wish } from '../rules.ts'
import { readAmount } from './amount.ts'
import type { Column, ImportField } from './columns.ts'
import { findLostReason, findOwner, findPipeline, findStage, type Known, type Meant } from './known.ts'
import type { SheetRow } from './read.ts'

/** What is wrong with a row, and in which column of the file, where it is one. */
export interface Problem {
  column: string | null
  message: string
}

/** What a row asks for, before anybody has looked whether its deal is there. */
export interface Plan {
  number: number
  /** The deal's own id, or one made of the id that another system has for it. */
  id: string | undefined
  /** In words, where one was named. */
  idText: string | undefined
  wish: Wish
  problems: Problem[]
}

/** Reads the cells of a row; one that is empty says nothing, so it changes nothing. */
export function planRow({ number, cells }: SheetRow, columns: Column[], known: Known): Plan {
  const problems: Problem[] = []
  const row = createReader(cells, columns, problems)
  const idText = row.text('id') ?? row.text('externalId')
  const wish: Wish = {
    ...readDeal(row, known),
    ...readPlace(row, known),
    ...readPeople(row, known),
    ...readContact(row),
    ...row.customFields(),
  }
  if (cells.length > columns.length && cells.slice(columns.length).some(Boolean)) {
    problems.push({ column: null, message: `there are ${cells.length} cells, but ${columns.length} columns` })
  }
  return { number, id: readId(row, known), idText, wish, problems }
}

type Reader = ReturnType<typeof createReader>

function createReader(cells: string[], columns: Column[], problems: Problem[]) {
  const text = (field: ImportField) => cells[columns.findIndex((column) => column.field === field)]?.trim() || undefined
  const complain = (field: ImportField, message: string) =>
    void problems.push({ column: columns.find((column) => column.field === field)?.header ?? null, message })

  /** The cell as something else; undefined where it is empty, or wrong, which is told. */
  function read<T>(field: ImportField, as: (text: string) => Meant<T>): T | undefined {
    const given = text(field)
    if (given === undefined) return undefined
    const meant = as(given)
    if ('one' in meant) return meant.one
    complain(field, meant.problem)
    return undefined
  }

  function customFields(): Pick<Wish, 'customFields'> {
    const inputs = columns.flatMap(({ header, customField }, at): ValueInput[] => {
      const given = cells[at]?.trim()
      if (!customField || !given) return []
      return [{ id: customField.id, value: readValue(customField.dataType, given), path: header }]
    })
    return inputs.length > 0 ? { customFields: inputs } : {}
  }

  return { text, read, customFields }
}

const must = <T>(value: T | undefined, be: string, text: string): Meant<T> =>
  value === undefined ? { problem: `must be ${be}, not "${text}"` } : { one: value }

const short =
  (longest: number) =>
  (text: string): Meant<string> =>
    text.length <= longest ? { one: text } : { problem: `must be shorter than or equal to ${longest} characters` }

function readDeal(row: Reader, known: Known): Wish {
  const lostReason = row.read('lostReason', (text) => findLostReason(known, text))
  // As in HighLevel: who names a reason means that the deal was lost.
  const status = row.read('status', readStatus) ?? (lostReason && !row.text('status') ? 'lost' : undefined)
  return defined({
    name: row.read('name', short(255)),
    status,
    monetaryValue: row.read('value', readMoney),
    source: row.read('source', short(255)),
    lostReasonId: lostReason?.id,
    forecastExpectedCloseDate: row.read('expectedClose', readDay),
  })
}

function readPlace(row: Reader, known: Known): Wish {
  const pipeline = row.read('pipeline', (text) => findPipeline(known, text))
  // Of a pipeline that nobody knows no stage is known either: one complaint is enough.
  if (!pipeline && row.text('pipeline')) return {}
  const place = row.read('stage', (text) => findStage(known, text, pipeline))
  return defined({ pipelineId: (place?.pipeline ?? pipeline)?.id, pipelineStageId: place?.stage.id })
}

const readPeople = (row: Reader, known: Known): Wish =>
  defined({ assignedTo: row.read('owner', (text) => findOwner(known, text))?.id, contactId: row.text('contactId') })

function readContact(row: Reader): Wish {
  const tags = row.text('tags')
  const contact = defined({
    name: row.read('contactName', short(255)),
    email: row.text('email'),
    phone: row.text('phone'),
    companyName: row.read('company', short(255)),
    tags: tags === undefined ? undefined : readTags(tags.split(/[,;]/)),
  })
  return Object.keys(contact).length > 0 ? { contact } : {}
}

/** Ids of other systems have all shapes; each leads to the same id of ours whenever it comes. */
function readId(row: Reader, { locationId }: Known): string | undefined {
  const own = row.read('id', (text) =>
    must(/^[A-Za-z0-9]{20}$/.exec(text)?.[0], 'an id of 20 letters and digits', text),
  )
  const external = row.text('externalId')
  if (own !== undefined || external === undefined) return own
  const hash = createHash('sha256').update(`${locationId}\n${external}`).digest('base64')
  return hash.replace(/[^A-Za-z0-9]/g, '').slice(0, 20)
}

function readStatus(text: string): Meant<Status> {
  const status = statuses.find((one) => one === fold(text))
  return must(status, `one of ${statuses.join(', ')}`, text)
}

/** As much as the API takes. */
const mostMoney = 1e11

function readMoney(text: string): Meant<number> {
  const amount = readAmount(text)
  if (amount === undefined) return { problem: `must be an amount such as 4997.50 or 4,997.50, not "${text}"` }
  return Math.abs(amount) <= mostMoney ? { one: amount } : { problem: `must not be greater than ${mostMoney}` }
}

/** Midnight UTC; what other orders of day and month mean, nobody could tell for sure. */
const readDay = (text: string): Meant<number> =>
  must(instant(/^\d{4}-\d\d-\d\d(?=$|[T ])/.exec(text)?.[0] ?? ''), 'a day such as 2026-12-31', text)

function readValue(type: string, text: string): unknown {
  if (type === 'NUMERICAL' || type === 'MONETORY') return readAmount(text) ?? text
  if (isMultiple(type as never)) return text.split(';').map((one) => one.trim())
  if (type === 'TEXTBOX_LIST' || type === 'FILE_UPLOAD') return readJson(text)
  return text
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const defined = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Field in keyof T]?: Exclude<T[Field], undefined>
  }
