import { flag, WrongUsage } from '../../config/options.ts'
import { db } from '../../config.ts'
import { tablesOf } from '../../store/catalogue.ts'
import { half, isUnderWay } from '../../store/copy/underWay.ts'
import { type Inspection, inspect } from '../../store/inspect.ts'
import { distribution, placementsOf } from '../../store/placements.ts'
import { Failure, openFailure } from '../failure.ts'
import { print, printJson, table } from '../output/print.ts'
import { verb } from '../verb.ts'
import { type Check, fails, ok } from './check.ts'
import { checkData } from './data.ts'
import { checkPostgres } from './postgres.ts'
import { checkSqlite } from './sqlite.ts'

const doctor = verb({
  about: 'Looks whether an installation is well, and changes nothing. Ends with code 1 when something is not.',
  words: [],
  options: {
    distribute: {
      help: 'Print the SQL that spreads the tables over several PostgreSQL servers with Citus, and nothing else',
      read: flag,
      fallback: false,
    },
    db,
    json: { help: 'Print one line of JSON', env: 'PIPEWRIGHT_JSON', read: flag, fallback: false },
  },
  notes: `The server may be running meanwhile. On a large SQLite file, reading all of it takes a while.

Examples:
  pipewright doctor --db postgres://crm:secret@db.local/crm
  pipewright doctor --distribute --db postgres://… | psql -1 -v ON_ERROR_STOP=1 postgres://…`,
  run: async ({ distribute, db, json }) => {
    if (db === ':memory:') throw new Failure('Nothing else can see data in memory. Name a file with --db.')
    if (distribute && json)
      throw new WrongUsage('--distribute prints SQL, not JSON: leave out --json, or PIPEWRIGHT_JSON.')
    return distribute ? printDistribution(db) : printChecks(await examine(db), json)
  },
})

export default { '': doctor }

async function examine(db: string): Promise<Check[]> {
  try {
    return await withInspection(db, async (inspected) => [
      ok('database', inspected.name),
      ...(await (inspected.engine === 'sqlite' ? checkSqlite : checkPostgres)(inspected)),
      ...(await checkData(inspected)),
    ])
  } catch (error) {
    const { message } = openFailure(db, error)
    return [fails('database', message)]
  }
}

async function printDistribution(db: string): Promise<void> {
  const lines = await withInspection(db, async (inspected) => {
    if (inspected.engine === 'sqlite')
      return ['-- SQLite keeps everything in one file: there is nothing to distribute.']
    if (inspected.schema.version === 0) return ['-- There are no tables yet. Start the server once.']
    if ((await inspected.all(isUnderWay)).length > 0) throw half(inspected.name)
    return [...introduction, ...distribution(placementsOf(await tablesOf(inspected)))]
  }).catch((error) => {
    throw openFailure(db, error)
  })
  print(lines.join('\n'))
}

/** Comments, as everything that is no SQL: psql reads what is printed. */
const introduction = [
  '-- For psql, on the server that clients talk to, by a superuser or a role that Citus lets manage nodes.',
  '-- Before it, in this database: create extension citus; and select citus_add_node(…) for each worker.',
]

async function withInspection<T>(db: string, work: (inspected: Inspection) => Promise<T>): Promise<T> {
  const inspected = await inspect(db)
  try {
    return await work(inspected)
  } finally {
    await inspected.close()
  }
}

function printChecks(checks: Check[], json: boolean) {
  const failed = checks.filter(({ result }) => result === 'fails').length
  if (json) printJson({ ok: failed === 0, checks })
  else
    print(
      table(
        ['', '', ''],
        checks.map(({ name, result, told }) => [result, name, told]),
      ).trimStart(),
    )
  if (failed > 0) throw new Failure(failed === 1 ? 'One check fails.' : `${failed} checks fail.`)
}
