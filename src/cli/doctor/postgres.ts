import { tablesOf } from '../../store/catalogue.ts'
import { underWay } from '../../store/copy/underWay.ts'
import type { Inspection } from '../../store/inspect.ts'
import { placementsOf } from '../../store/placements.ts'
import { asking, type Check, fails, note, ok } from './check.ts'

const oldest = 15

interface Server {
  version: string
  number: number
  encoding: string
  ctype: string
  fsync: string
  pages: string
  synchronous: string
  standby: 0 | 1
  trigrams: string | null
  citus: string | null
  places: number
}

const server = `
  select current_setting('server_version') as "version", current_setting('server_version_num')::int as "number",
    current_setting('server_encoding') as "encoding", d.datctype as "ctype", current_setting('fsync') as "fsync",
    current_setting('full_page_writes') as "pages", current_setting('synchronous_commit') as "synchronous",
    pg_is_in_recovery() as "standby",
    (select extversion from pg_extension where extname = 'pg_trgm') as "trigrams",
    (select extversion from pg_extension where extname = 'citus') as "citus",
    least(current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true)::int, 0),
      nullif(d.datconnlimit, -1), nullif(r.rolconnlimit, -1)) as "places"
  from pg_database d, pg_roles r where d.datname = current_database() and r.rolname = current_user`

export async function checkPostgres(inspected: Inspection): Promise<Check[]> {
  const [found] = await inspected.all<Server>(asking(server))
  if (!found) throw new Error('The server does not know its own database')
  return [
    checkEngine(found),
    checkEncoding(found),
    checkRights(inspected, found),
    ...checkDurability(found),
    checkConnections(inspected, found),
    await checkTrigrams(inspected, found),
    await checkIndexes(inspected),
    await checkPlacements(inspected, found),
  ]
}

const checkEngine = ({ version, number }: Server) =>
  number >= oldest * 10_000
    ? ok('engine', `PostgreSQL ${version}`)
    : fails('engine', `PostgreSQL ${version} is too old. Pipewright needs version ${oldest} or newer.`)

const checkEncoding = ({ encoding }: Server) =>
  encoding === 'UTF8'
    ? ok('encoding', encoding)
    : fails('encoding', `The database keeps text as ${encoding}. Create one with encoding UTF8.`)

function checkRights({ isWritable }: Inspection, { standby }: Server): Check {
  if (standby) return fails('rights', 'This server is a standby: it takes no writes. Name the primary in --db.')
  return isWritable
    ? ok('rights', 'the user may create tables')
    : fails(
        'rights',
        'The user may not create tables in the schema, which upgrades need. Grant it: grant create on schema …',
      )
}

/** What was acknowledged must survive a power failure. */
function checkDurability({ fsync, pages, synchronous }: Server): Check[] {
  const off = [fsync === 'off' && 'fsync', pages === 'off' && 'full_page_writes'].filter(Boolean)
  return [
    off.length > 0
      ? fails('durability', `${off.join(' and ')} is off: a power failure may destroy the database. Turn it on.`)
      : ok('durability', 'fsync and full_page_writes are on'),
    synchronous === 'off'
      ? note('synchronous_commit', 'It is off; Pipewright turns it on for its own connections.')
      : ok('synchronous_commit', synchronous),
  ]
}

/** Each process has its pool, and one connection more to hear the others by. */
function checkConnections({ connections }: Inspection, { places }: Server): Check {
  const each = connections + 1
  const processes = Math.floor(places / each)
  const told = `${each} for each process (pool_size ${connections}), ${places} in all`
  if (processes === 0)
    return fails('connections', `${told}: too few for one. Raise max_connections or lower pool_size.`)
  if (processes === 1) return note('connections', `${told}: enough for one process only.`)
  return ok('connections', `${told}: enough for ${processes} processes`)
}

/** The index knows a text by its letters; what counts as a letter is the database's locale to say. */
async function checkTrigrams(inspected: Inspection, { trigrams, ctype }: Server): Promise<Check> {
  if (!trigrams)
    return fails('pg_trgm', 'The extension is missing. Start the server once, or: create extension pg_trgm')
  const [row] = await inspected.all<{ known: number }>(asking(`select cardinality(show_trgm('жук')) as "known"`))
  if (row?.known) return ok('pg_trgm', `${trigrams}; letters of every script are indexed (LC_CTYPE ${ctype})`)
  return note(
    'pg_trgm',
    `With LC_CTYPE ${ctype} only Latin letters without accents are indexed: searches for others are slow.`,
  )
}

/** `create index concurrently` leaves one that is none when it is cut short. */
async function checkIndexes(inspected: Inspection): Promise<Check> {
  const broken = await inspected.all<{ name: string }>(
    asking('select indexrelid::regclass::text as "name" from pg_index where not indisvalid or not indisready'),
  )
  if (broken.length === 0) return ok('indexes', 'all are complete')
  return fails('indexes', `Not complete: ${broken.map(({ name }) => name).join(', ')}. Rebuild: reindex index …`)
}

async function checkPlacements(inspected: Inspection, { citus }: Server): Promise<Check> {
  const tables = await tablesOf(inspected)
  const placements = placementsOf(tables.filter(({ name }) => name !== underWay))
  const wrong = placements.filter(({ problems }) => problems.length > 0).map(({ table }) => table.name)
  if (wrong.length > 0) return note('tables', `Could not be distributed: ${wrong.join(', ')}. See --distribute.`)
  if (!citus) return ok('tables', `${placements.length}; on one server, could be distributed`)
  const waiting = placements.filter(({ table, place }) => place !== 'local' && table.placed !== place)
  if (waiting.length === 0) return ok('tables', `${placements.length}; distributed by Citus ${citus}`)
  return note('tables', `Not placed yet: ${waiting.map(({ table }) => table.name).join(', ')}. See --distribute.`)
}
