import { type Static, Type } from '@sinclair/typebox'
import { importFields } from '../../domain/opportunities/import/columns.ts'
import type { Prepared, RowResult } from '../../domain/opportunities/import/import.ts'
import { nullable, strict } from '../schemas.ts'

export const ImportQuery = Type.Object({
  dryRun: Type.Optional(Type.Boolean({ description: 'Tell what each row would do, and keep nothing of it' })),
  locationId: Type.Optional(Type.String()),
})

export const ImportBody = Type.Object(
  {
    csv: Type.String({
      minLength: 1,
      description: 'The file, UTF-8, at most 10 MiB; sent by itself as text/csv, or here in JSON',
    }),
    mapping: Type.Optional(
      Type.Record(Type.String(), nullable(Type.String()), {
        description: `What columns are about, by header, where that does not say it: ${importFields.join(', ')}; the id or key of a custom field; null for nothing`,
      }),
    ),
    dryRun: Type.Optional(Type.Boolean()),
    after: Type.Optional(
      Type.Integer({ minimum: 0, description: 'Only rows behind this one, by the `row` that the reply gives them' }),
    ),
    most: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'So many rows at most; the others are for further requests, `after` these',
      }),
    ),
    locationId: Type.Optional(Type.String()),
  },
  strict,
)

/** Every row of the file twice would be many; so the reply is a line of JSON for each thing that it tells. */
export const ImportReply = Type.String({
  description:
    'application/x-ndjson. First `{ columns, rows, dryRun }`; then, as they are done, for each row ' +
    '`{ row, name, action: create | update | unchanged | refused, id?, contact?, problems? }`; ' +
    'last `{ done: true, created, updated, unchanged, refused, contactsCreated }`.',
})

export const writeBeginning = ({ columns, plans }: Prepared, dryRun: boolean) => ({
  columns: columns.map(({ header, field, customField }) => ({ header, field: field ?? customField?.fieldKey ?? null })),
  rows: plans.length,
  dryRun,
})

/** Of a rehearsal the id of what it would create means nothing. */
export function writeResult(result: RowResult, dryRun: boolean) {
  const row = { row: result.number, name: result.name, action: result.action }
  if (result.action === 'refused') return { ...row, problems: result.problems }
  const { id, contact } = result
  return { ...row, ...(!(dryRun && result.action === 'create') && { id }), contact }
}

/** Adds up as rows are done. */
export function createSum() {
  const sum = { created: 0, updated: 0, unchanged: 0, refused: 0, contactsCreated: 0 }
  const names = { create: 'created', update: 'updated', unchanged: 'unchanged', refused: 'refused' } as const
  const count = (result: RowResult) => {
    sum[names[result.action]]++
    if (result.action !== 'refused' && result.contact === 'created') sum.contactsCreated++
  }
  return { count, write: () => ({ done: true, ...sum }) }
}

/** The rows that this request is about, of all that the file has. */
export function readPart({ plans }: Prepared, { after = 0, most }: Static<typeof ImportBody>): Prepared['plans'] {
  const left = plans.filter(({ number }) => number > after)
  return most === undefined ? left : left.slice(0, most)
}

export const readMapping = ({ mapping = {} }: Static<typeof ImportBody>) => mapping
