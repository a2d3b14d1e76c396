import { emailKey } from '../../contacts/identity.ts'
import type { Context } from '../../context.ts'
import { DomainError, invalid, Unavailable } from '../../errors.ts'
import { fold } from '../../text.ts'
import { type Column, importFields, type Mapping, readColumns } from './columns.ts'
import { type Imported, importRow, nameOf } from './importRow.ts'
import { type Known, learn } from './known.ts'
import { type Plan, type Problem, planRow } from './plan.ts'
import { readSheet } from './read.ts'

/** A file that was understood: what its columns are about, and what each row asks for. */
export interface Prepared {
  columns: Column[]
  plans: Plan[]
  known: Known
}

/** What became, or would become, of a row. */
export type RowResult = { number: number; name: string | null } & (
  | Imported
  | { action: 'refused'; problems: Problem[] }
)

/** How a row is run: as it is, or so that nothing of it is kept. */
export type Within = (ctx: Context, work: (ctx: Context) => Promise<Imported>) => Promise<Imported>

/** How many rows are under way at once: the store commits them together. */
const together = 16

/** Reads the whole file; refused where it is none, or none of its columns says anything. */
export async function prepareImport(ctx: Context, text: string, mapping: Mapping): Promise<Prepared> {
  const sheet = await readSheet(text)
  const { known, customFields } = await learn(ctx)
  const columns = readColumns(sheet.headers, customFields, mapping)
  if (columns.every(({ field, customField }) => !field && !customField)) {
    throw invalid(`csv must have a column that can be read, such as ${importFields.join(', ')}`)
  }
  return { columns, plans: refuseTwins(sheet.rows.map((row) => planRow(row, columns, known))), known }
}

/** Some results at a time, in the order of the file. Whoever stops asking stops the import between two of them. */
export async function* runImport(ctx: Context, prepared: Prepared, within: Within): AsyncGenerator<RowResult[]> {
  const { columns, plans, known } = prepared
  const met = new Set<string>()
  for (let at = 0; at < plans.length; at += together) {
    const batch = plans.slice(at, at + together)
    const results = await inTurns(batch, (plan) => runRow(ctx, plan, columns, known, within))
    yield results.map((result, index) => meetOnce(result, batch[index] as Plan, met))
  }
}

/** All at once, but for the rows of one contact: the first creates it, and the others find it. */
function inTurns(batch: Plan[], run: (plan: Plan) => Promise<RowResult>): Promise<RowResult[]> {
  const last = new Map<string, Promise<RowResult>>()
  return Promise.all(
    batch.map((plan) => {
      const keys = contactKeys(plan)
      const done = Promise.allSettled(keys.map((key) => last.get(key))).then(() => run(plan))
      for (const key of keys) last.set(key, done)
      return done
    }),
  )
}

async function runRow(ctx: Context, plan: Plan, columns: Column[], known: Known, within: Within): Promise<RowResult> {
  const row = { number: plan.number, name: nameOf(plan) ?? null }
  if (plan.problems.length > 0) return { ...row, action: 'refused', problems: plan.problems }
  try {
    return { ...row, ...(await within(ctx, (inner) => importRow(inner, plan, known))) }
  } catch (error) {
    if (!(error instanceof DomainError || error instanceof Unavailable)) throw error
    return { ...row, action: 'refused', problems: problemsOf(error, columns) }
  }
}

/** Where nothing is kept, each row meets its contact anew; in truth only the first would create it. */
function meetOnce(result: RowResult, plan: Plan, met: Set<string>): RowResult {
  const keys = contactKeys(plan)
  const isKnown = keys.some((key) => met.has(key))
  if (result.action !== 'refused') for (const key of keys) met.add(key)
  return result.action !== 'refused' && result.contact === 'created' && isKnown
    ? { ...result, contact: 'found' }
    : result
}

const contactKeys = ({ wish: { contactId, contact } }: Plan): string[] =>
  [contactId, contact?.email && emailKey(contact.email), contact?.phone].filter((key) => typeof key === 'string')

/** Two rows about one deal would leave it as the one that came last; which is meant, nobody knows. */
function refuseTwins(plans: Plan[]): Plan[] {
  const seen = new Map<string, number>()
  return plans.map((plan) => {
    const key = plan.id ?? [contactKeys(plan)[0], plan.wish.pipelineId, fold(nameOf(plan) ?? '')].join('\n')
    const first = seen.get(key)
    seen.set(key, first ?? plan.number)
    if (first === undefined) return plan
    const message = `this is the deal of row ${first} again; if it is another, give each an external id`
    return { ...plan, problems: [...plan.problems, { column: null, message }] }
  })
}

/** In which columns a refusal sees the fault, where it names a field that one of them is about. */
function problemsOf(error: Error, columns: Column[]): Problem[] {
  if (!(error instanceof DomainError)) return [{ column: null, message: error.message }]
  const { issues = [error.message], name } = error.details
  return issues.map((issue) => {
    const column = columns.find((one) => isAbout(one, issue, name))
    return { column: column?.header ?? null, message: issue.replace(`${column?.header}.field_value `, '') }
  })
}

function isAbout({ header, field, customField }: Column, issue: string, name: string | undefined): boolean {
  if (customField) return issue.startsWith(`${header}.`)
  if (name === 'INVALID_PHONE') return field === 'phone'
  return field !== null && issue.startsWith(`${field} `)
}
