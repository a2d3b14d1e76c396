import sql, { raw } from 'sql-template-tag'
import type { Database, Transaction } from '../../../store/database.ts'
import type { Line, LineKey } from './delivery.ts'

export type DueLine = Pick<Line, 'locationId' | 'webhookId' | 'claimedUntil'>

const columns = raw(`location_id as "locationId", webhook_id as "webhookId", due_at as "dueAt", claim,
  claimed_until as "claimedUntil", failures, failing_since as "failingSince", open_at as "openAt", waiting, delivered,
  failed, ended_at as "endedAt"`)

/**
 * The lines of all locations where something may have to be sent: of each location the one that waits longest, then of
 * each its second, so that one with many does not keep the others out of sight. Nothing is locked.
 */
export const due = (db: Database, now: number, limit: number) =>
  db.all<DueLine>(sql`
    select location_id as "locationId", webhook_id as "webhookId", claimed_until as "claimedUntil" from (
      select location_id, webhook_id, claimed_until, due_at,
        row_number() over (partition by location_id order by due_at, webhook_id) as place
      from webhook_lines where due_at <= ${now}) due
    order by place, due_at limit ${limit}`)

/** The lines of all locations, for the sweep. */
export const all = (db: Database) =>
  db.all<LineKey>(sql`select location_id as "locationId", webhook_id as "webhookId" from webhook_lines`)

export const list = (db: Database, locationId: string) =>
  db.all<Line>(sql`select ${columns} from webhook_lines where location_id = ${locationId}`)

export const find = (db: Database, { locationId, webhookId }: LineKey) =>
  db.one<Line>(
    sql`select ${columns} from webhook_lines where location_id = ${locationId} and webhook_id = ${webhookId}`,
  )

/** Whoever changes anything about the line's deliveries comes through here first, and is alone until the end. */
export const findLocked = (tx: Transaction, { locationId, webhookId }: LineKey) =>
  tx.one<Line>(sql`
    select ${columns} from webhook_lines where location_id = ${locationId} and webhook_id = ${webhookId} ${tx.lock}`)

export const insert = (tx: Transaction, { locationId, webhookId }: LineKey) =>
  tx.run(sql`
    insert into webhook_lines (location_id, webhook_id, due_at, claim, claimed_until, failures, failing_since, open_at,
      waiting, delivered, failed, ended_at)
    values (${locationId}, ${webhookId}, null, null, 0, 0, null, 0, 0, 0, 0, null)`)

export const update = (tx: Transaction, line: Line) =>
  tx.run(sql`
    update webhook_lines set due_at = ${line.dueAt}, claim = ${line.claim}, claimed_until = ${line.claimedUntil},
      failures = ${line.failures}, failing_since = ${line.failingSince}, open_at = ${line.openAt},
      waiting = ${line.waiting}, delivered = ${line.delivered}, failed = ${line.failed}, ended_at = ${line.endedAt}
    where location_id = ${line.locationId} and webhook_id = ${line.webhookId}`)

/** Finds nothing but what the transaction wrote that gave the line this claim. */
export const proof = ({ locationId, webhookId, claim }: Line) => sql`
  select 1 from webhook_lines where location_id = ${locationId} and webhook_id = ${webhookId} and claim = ${claim}`

export const remove = (tx: Transaction, { locationId, webhookId }: LineKey) =>
  tx.run(sql`delete from webhook_lines where location_id = ${locationId} and webhook_id = ${webhookId}`)
