import { setTimeout as nap } from 'node:timers/promises'
import type pg from 'pg'
import { CannotOpen } from '../database.ts'
import { migrations } from '../migrate.ts'
import { connectAlone, lockClass, nameOf } from './connect.ts'
import { codeOf, isDisconnection } from './failures.ts'

const oldest = 15
/** A server that restarts is back before long; milliseconds. */
const patience = 5000
const pause = 100

/**
 * Brings a PostgreSQL database to the newest version. Several processes may start at once: they take turns, and each
 * migration runs once.
 */
export async function migratePostgres(url: string): Promise<void> {
  const until = performance.now() + patience
  for (;;) {
    try {
      return await migrateOnce(url)
    } catch (error) {
      const { cause = error } = error as Error
      const mayPass = isDisconnection(cause) && codeOf(cause) !== 'ENOTFOUND'
      if (!mayPass || performance.now() > until) throw isDisconnection(error) ? unreached(url, error) : error
      await nap(pause)
    }
  }
}

async function migrateOnce(url: string): Promise<void> {
  const client = await connect(url)
  try {
    await requireFit(client, url)
    await client.query('select pg_advisory_lock($1, -1)', [lockClass])
    await migrate(client, nameOf(url))
  } catch (error) {
    throw refused(url, error)
  } finally {
    await client.end()
  }
}

/** A connection of its own, or `CannotOpen` in words that say what to do. */
export async function connect(url: string): Promise<pg.Client> {
  try {
    return await connectAlone(url)
  } catch (error) {
    throw unreached(url, error)
  }
}

/** What the server says where nothing of ours is known to be wrong, with a name that holds no password. */
export const unreached = (url: string, error: unknown) =>
  new CannotOpen(`${nameOf(url)}: ${reasonOf(url, error)}`, { cause: error })

async function requireFit(client: pg.Client, url: string) {
  const { rows } = await client.query<{ version: string; number: string; encoding: string }>(`
    select current_setting('server_version') as version, current_setting('server_version_num') as number,
      current_setting('server_encoding') as encoding`)
  const { version, number, encoding } = rows[0] as { version: string; number: string; encoding: string }
  if (Number(number) < oldest * 10_000) {
    throw new CannotOpen(
      `${nameOf(url)}: PostgreSQL ${version} is too old. Pipewright needs version ${oldest} or newer.`,
    )
  }
  if (encoding !== 'UTF8') {
    throw new CannotOpen(`${nameOf(url)}: The database keeps text as ${encoding}. Create one with encoding UTF8.`)
  }
}

async function migrate(client: pg.Client, name: string) {
  await client.query(
    'create table if not exists schema_versions (version bigint not null, applied_at timestamptz not null)',
  )
  const all = migrations()
  const newest = all.at(-1)?.version ?? 0
  const { rows } = await client.query<{ version: number }>(
    'select coalesce(max(version), 0) as version from schema_versions',
  )
  const version = rows[0]?.version ?? 0
  if (version > newest) {
    throw new CannotOpen(
      `${name}: This database was written by a newer Pipewright (schema ${version}, this one knows ${newest}). Install the newer version again.`,
    )
  }
  for (const migration of all.filter((one) => one.version > version)) {
    // Several statements in one query are one transaction.
    await client.query(`
      begin;
      ${forPostgres(migration.text)}
      insert into schema_versions (version, applied_at) values (${migration.version}, now());
      commit`)
  }
}

/**
 * Text is compared by its bytes, as SQLite does. `{{sequence}}` is a number that grows with every row, `{{sequence key
 * …}}` the key it belongs to, which makes a `{{sequence index}}` needless, `{{text index on t}}` a trigram index over
 * `t.search_text`, and what is `{{unlogged}}` is forgotten when the server crashes.
 */
export function forPostgres(text: string): string {
  const tables = text
    .replace(/^( {2}"?\w+"? text)\b/gm, '$1 collate "C"')
    .replaceAll('{{sequence}}', 'bigint generated always as identity')
    .replace(/\{\{sequence key (\(.*?\))\}\}/g, 'primary key $1')
    .replace(/\{\{sequence index .*?\}\};\n/g, '')
    .replace(/\{\{text index on (\w+)\}\}/g, 'create index $1_text on $1 using gin (search_text gin_trgm_ops)')
    .replaceAll('{{unlogged}} table', 'unlogged table')
  return tables.includes('gin_trgm_ops') ? `create extension if not exists pg_trgm;\n${tables}` : tables
}

/** Where a table of that name is there already, or one called `schema_versions` that is none of ours. */
const foreign = new Set(['42P07', '42710', '42703', '42804'])

function refused(url: string, cause: unknown): unknown {
  const code = codeOf(cause)
  const rights =
    'The user must be allowed to create tables in the schema and, once, the extension pg_trgm in the database.'
  if (code === '42501') return new CannotOpen(`${nameOf(url)}: ${sentence(cause)} ${rights}`, { cause })
  if (!foreign.has(code)) return cause
  const { message } = cause as Error
  return new CannotOpen(
    `${nameOf(url)}: This database holds tables of another program (${message}). Create a database of its own.`,
    { cause },
  )
}

function reasonOf(url: string, error: unknown): string {
  const known: Record<string, string> = {
    ECONNREFUSED: 'Nothing answers there. Is PostgreSQL running, and is this its port?',
    ENOTFOUND: 'There is no such host.',
    EAI_AGAIN: 'The host name cannot be looked up now.',
    ETIMEDOUT: 'The server does not answer.',
    '28P01': 'The user or the password is wrong.',
    '28000': sentence(error),
    '3D000': 'There is no such database. Create it first: createdb NAME',
    '53300': 'The server has no connection left for us.',
    '57P03': 'The server is starting up. Try again in a moment.',
  }
  const { message } = error as Error
  if (/password must be a/.test(message)) return 'The server wants a password, and the URL names none.'
  if (/timeout/i.test(message)) return 'The server does not answer.'
  return known[codeOf(error)]?.replace('NAME', () => databaseOf(url)) ?? sentence(error)
}

/** As a shell takes it. */
function databaseOf(url: string): string {
  const name = decodeURIComponent(new URL(url).pathname.slice(1))
  return /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`
}

function sentence(error: unknown): string {
  const { message } = error as Error
  const text = message || 'The server cannot be reached'
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`
}
