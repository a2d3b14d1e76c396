import sql, { raw } from 'sql-template-tag'
import type { Database, Transaction } from '../../store/database.ts'
import type { Subscribed } from './types.ts'
import type { Webhook } from './webhook.ts'

type Row = Omit<Webhook, 'types' | 'headers' | 'secrets' | 'legacySignature'> & {
  types: string
  headers: string
  secrets: string
  legacySignature: number
}

const columns = raw(`location_id as "locationId", id, name, url, types, retry_mode as "retryMode", headers,
  app_id as "appId", legacy_signature as "legacySignature", secrets, state, state_reason as "stateReason",
  state_at as "stateAt", created_at as "createdAt", updated_at as "updatedAt"`)

/** Its line is locked before, where it is read to be changed. */
export async function find(db: Database, locationId: string, id: string): Promise<Webhook | undefined> {
  const row = await db.one<Row>(sql`select ${columns} from webhooks where location_id = ${locationId} and id = ${id}`)
  return row && read(row)
}

/** Oldest first. */
export async function list(db: Database, locationId: string): Promise<Webhook[]> {
  const rows = await db.all<Row>(
    sql`select ${columns} from webhooks where location_id = ${locationId} order by created_at, id`,
  )
  return rows.map(read)
}

/** A webhook with the types that it is told, as far as dispatch has come; none while it is disabled. */
export interface Told {
  webhook: Webhook
  types: Subscribed[]
}

/** In the order in which everybody takes their lines. */
export async function listTold(db: Database, locationId: string): Promise<Told[]> {
  const rows = await db.all<Row & { told: string | null }>(
    sql`select ${columns}, told_types as "told" from webhooks where location_id = ${locationId} order by id`,
  )
  return rows.map(({ told, ...row }) => ({ webhook: read(row), types: told === null ? [] : JSON.parse(told) }))
}

/** The types that are told of what happened behind a change of the webhook. Its line is locked before. */
export const keepTold = (tx: Transaction, { locationId, id }: Webhook, types: Subscribed[]) =>
  tx.run(sql`
    update webhooks set told_types = ${JSON.stringify(types)} where location_id = ${locationId} and id = ${id}`)

export const insert = (tx: Transaction, webhook: Webhook) =>
  tx.run(sql`
    insert into webhooks (location_id, id, name, url, types, retry_mode, headers, app_id, legacy_signature, secrets, state,
      state_reason, state_at, created_at, updated_at)
    values (${webhook.locationId}, ${webhook.id}, ${webhook.name}, ${webhook.url}, ${JSON.stringify(webhook.types)},
      ${webhook.retryMode}, ${JSON.stringify(webhook.headers)}, ${webhook.appId}, ${Number(webhook.legacySignature)},
      ${JSON.stringify(webhook.secrets)}, ${webhook.state}, ${webhook.stateReason}, ${webhook.stateAt},
      ${webhook.createdAt}, ${webhook.updatedAt})`)

export const update = (tx: Transaction, webhook: Webhook) =>
  tx.run(sql`
    update webhooks set name = ${webhook.name}, url = ${webhook.url}, types = ${JSON.stringify(webhook.types)},
      retry_mode = ${webhook.retryMode}, headers = ${JSON.stringify(webhook.headers)}, app_id = ${webhook.appId},
      legacy_signature = ${Number(webhook.legacySignature)}, secrets = ${JSON.stringify(webhook.secrets)},
      state = ${webhook.state}, state_reason = ${webhook.stateReason}, state_at = ${webhook.stateAt},
      updated_at = ${webhook.updatedAt}
    where location_id = ${webhook.locationId} and id = ${webhook.id}`)

export const remove = (tx: Transaction, webhook: Webhook) =>
  tx.run(sql`delete from webhooks where location_id = ${webhook.locationId} and id = ${webhook.id}`)

const read = (row: Row): Webhook => ({
  ...row,
  types: JSON.parse(row.types),
  headers: JSON.parse(row.headers),
  secrets: JSON.parse(row.secrets),
  legacySignature: row.legacySignature === 1,
})
