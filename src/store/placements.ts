import type { Table } from './catalogue.ts'

/*
 * Where each table goes once one PostgreSQL server is not enough and Citus spreads them: by `location_id`, all rows of a
 * location together on one node. That is read off the table itself, so a table of a later migration has its place
 * without being named here; what cannot go by location is named, with the reason.
 */

/** The column that says where a row goes. */
export const distributedBy = 'location_id'

/** The table that the others stand beside. */
const first = 'locations'

/** Few rows, written rarely, whole on every node: what is asked before anybody knows the location. */
export const referenceTables: Record<string, string> = {
  app_installs: 'where an app was let in; asked for all locations of a company at once',
  hook_addresses: 'the address of an inbound webhook leads to its location; looked up before the location is known',
  installation: 'a handful of facts about the installation itself, which belong to no location',
  invitations: 'the hash of an invitation leads to who is invited; looked up before the location is known',
  oauth_apps: 'apps belong to the installation, not to a location',
  oauth_codes: 'the hash of a code leads to its location; looked up before the location is known',
  oauth_sessions: "a session's hash leads to who signed in; looked up before the location is known",
  refresh_tokens: "a refresh token's hash leads to its grant; looked up before the location is known",
  sessions: "a session's hash leads to who is signed in; looked up before the location is known",
  sign_ins: 'an e-mail address signs in to one location; looked up before the location is known',
  token_hashes: "a token's hash leads to its location; looked up before the location is known",
}

/** What only the node that clients talk to needs. */
export const localTables: Record<string, string> = {
  schema_versions: 'which migrations have run; read once, when a process starts',
}

export interface Placement {
  table: Table
  place: 'distributed' | 'reference' | 'local'
  reason: string
  /** Why Citus would refuse, or what would go wrong later; none where all is well. */
  problems: string[]
}

/** Where each table goes, in an order in which it can be put there. */
export function placementsOf(tables: Table[]): Placement[] {
  const placements = inOrder(tables).map(placementOf)
  const places = new Map(placements.map(({ table, place }) => [table.name, place]))
  for (const placement of placements) placement.problems.push(...foreignProblems(placement, places))
  return placements
}

function placementOf(table: Table): Placement {
  const { name } = table
  if (localTables[name]) return { table, place: 'local', reason: localTables[name], problems: [] }
  if (referenceTables[name]) return { table, place: 'reference', reason: referenceTables[name], problems: [] }
  const reason = table.isUnlogged
    ? `by ${distributedBy}, in a group of its own: unlogged tables cannot be copied while they are written`
    : `by ${distributedBy}`
  const problems = keyProblems(table)
  return { table, place: problems.length > 0 ? 'local' : 'distributed', reason, problems }
}

/** What keeps a table from being spread by location. */
function keyProblems({ columns, keys, triggers }: Table): string[] {
  const column = columns.find(({ name }) => name === distributedBy)
  if (!column) return [`it has no column ${distributedBy}, and is none of the reference tables`]
  const isFit = column.type === 'text' && column.collation === 'C'
  const loose = keys.filter((key) => !key.columns.includes(distributedBy))
  const narrow = columns.filter(({ isIdentity, type }) => isIdentity && type !== 'bigint')
  return [
    ...(isFit ? [] : [`its ${distributedBy} is not text collate "C" as that of the other tables`]),
    ...(keys.some(({ isPrimary }) => isPrimary) ? [] : ['it has no primary key, by which its rows could move']),
    ...loose.map((key) => `its key ${key.name} (${key.columns.join(', ')}) does not contain ${distributedBy}`),
    ...triggers.map((trigger) => `it has the trigger ${trigger}`),
    ...narrow.map(({ name, type }) => `its identity column ${name} is ${type}, not bigint`),
  ]
}

/** A row may point to a row of its own location, or to what is on every node. */
function foreignProblems({ table, place }: Placement, places: Map<string, Placement['place']>): string[] {
  return table.foreignKeys
    .filter(({ columns, to }) => {
      const there = places.get(to)
      const isTogether = place === there && (place !== 'distributed' || columns.includes(distributedBy))
      return !isTogether && !(place === 'distributed' && there === 'reference')
    })
    .map(({ name, to }) => `its foreign key ${name} points to ${to}, which is placed otherwise`)
}

/** Reference tables first, then the first table by location, the rest by name; each after those that it points to. */
function inOrder(tables: Table[]): Table[] {
  const rank = ({ name }: Table) => (localTables[name] ? 3 : referenceTables[name] ? 0 : name === first ? 1 : 2)
  const waiting = [...tables].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
  const ordered: Table[] = []
  while (waiting.length > 0) {
    const isFree = (table: Table) =>
      table.foreignKeys.every(({ to }) => to === table.name || !waiting.some(({ name }) => name === to))
    const next = Math.max(0, waiting.findIndex(isFree))
    ordered.push(...waiting.splice(next, 1))
  }
  return ordered
}

/** SQL for psql on the coordinator: what is not yet where it belongs, and in comments what stays and why. */
export function distribution(placements: Placement[]): string[] {
  return placements.flatMap(({ table, place, reason, problems }) => {
    if (problems.length > 0) return problems.map((problem) => `-- ${table.name} cannot be placed: ${problem}`)
    if (place === 'local') return [`-- ${table.name} stays local: ${reason}`]
    if (table.placed === place) return [`-- ${table.name} is placed already: ${place}`]
    const comment = place === 'reference' || table.isUnlogged ? [`-- ${table.name}: ${reason}`] : []
    return [...comment, place === 'reference' ? asReference(table) : byLocation(table)]
  })
}

const asReference = ({ name }: Table) => `select create_reference_table(${literal(name)});`

function byLocation({ name, isUnlogged }: Table): string {
  const beside = name === first || isUnlogged ? 'none' : first
  return `select create_distributed_table(${literal(name)}, '${distributedBy}', colocate_with => '${beside}');`
}

/** A table's name as text that is read as a name: quoted inside where it must be. */
function literal(name: string): string {
  const named = /^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`
  return `'${named.replaceAll("'", "''")}'`
}
