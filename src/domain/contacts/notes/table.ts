import sql, { join, raw } from 'sql-template-tag'
import type { Database, Transaction } from '../../../store/database.ts'
import type { Note } from './note.ts'

type Row = Omit<Note, 'pinned'> & { pinned: number }

const selected = raw(`
  id as "id", contact_id as "contactId", user_id as "userId", title as "title", body as "body", color as "color",
  pinned as "pinned", created_at as "createdAt", updated_at as "updatedAt"`)

/** Those of any of the contacts; pinned ones first, then newest first. */
export async function list(db: Database, locationId: string, contactIds: string[]): Promise<Note[]> {
  const rows = await db.all<Row>(sql`
    select ${selected} from notes where location_id = ${locationId} and contact_id in (${join(contactIds)})
    order by pinned desc, created_at desc, id desc`)
  return rows.map(read)
}

export async function find(db: Database, locationId: string, contactId: string, id: string): Promise<Note | undefined> {
  const row = await db.one<Row>(sql`
    select ${selected} from notes where location_id = ${locationId} and id = ${id} and contact_id = ${contactId}`)
  return row && read(row)
}

export const insert = (tx: Transaction, locationId: string, note: Note) =>
  tx.run(sql`
    insert into notes (location_id, id, contact_id, user_id, title, body, color, pinned, created_at, updated_at)
    values (${locationId}, ${note.id}, ${note.contactId}, ${note.userId}, ${note.title}, ${note.body}, ${note.color},
      ${Number(note.pinned)}, ${note.createdAt}, ${note.updatedAt})`)

export const update = (tx: Transaction, locationId: string, note: Note) =>
  tx.run(sql`
    update notes set user_id = ${note.userId}, title = ${note.title}, body = ${note.body}, color = ${note.color},
      pinned = ${Number(note.pinned)}, updated_at = ${note.updatedAt}
    where location_id = ${locationId} and id = ${note.id}`)

export const remove = (tx: Transaction, locationId: string, { id }: Note) =>
  tx.run(sql`delete from notes where location_id = ${locationId} and id = ${id}`)

const read = (row: Row): Note => ({ ...row, pinned: row.pinned === 1 })
