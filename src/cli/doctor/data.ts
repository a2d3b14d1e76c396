import { half, isUnderWay } from '../../store/copy/underWay.ts'
import type { Inspection } from '../../store/inspect.ts'
import { asking, type Check, fails, note, ok } from './check.ts'

const counted = ['locations', 'opportunities', 'contacts', 'events']

/** What is alike in every store: the schema, and how much there is. */
export async function checkData(inspected: Inspection): Promise<Check[]> {
  const schema = checkSchema(inspected)
  const checks = [schema, ...(await checkMigration(inspected))]
  return schema.result === 'ok' ? [...checks, await count(inspected)] : checks
}

/** Told only where there is half of one: no server starts there. */
async function checkMigration(inspected: Inspection): Promise<Check[]> {
  if ((await inspected.all(isUnderWay)).length === 0) return []
  return [fails('migration', half(inspected.name).message)]
}

function checkSchema({ schema: { version, newest } }: Inspection): Check {
  if (version === newest) return ok('schema', `version ${version}, the newest`)
  if (version === 0) return fails('schema', 'There are no tables yet. Start the server once.')
  if (version < newest)
    return note('schema', `Version ${version}; the next start of the server brings it to ${newest}.`)
  return fails(
    'schema',
    `Version ${version} is of a newer Pipewright, this one knows ${newest}. Install the newer one.`,
  )
}

async function count(inspected: Inspection): Promise<Check> {
  const texts = counted.map((table) => `(select count(*) from ${table}) as "${table}"`)
  const [row = {}] = await inspected.all<Record<string, number>>(asking(`select ${texts.join(', ')}`))
  return ok('counts', counted.map((table) => `${table} ${(row[table] ?? 0).toLocaleString('en-US')}`).join(', '))
}
