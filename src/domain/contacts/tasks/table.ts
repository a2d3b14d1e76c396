import sql, { empty, join, raw } from 'sql-template-tag'
import { type Database, likeInAnyCase, type Transaction } from '../../../store/database.ts'
import { sightOf } from '../../accounts/sight.ts'
import type { Caller } from '../../context.ts'
import type { Task } from './task.ts'

type Row = Omit<Task, 'completed'> & { completed: number }

const selected = raw(`
  id as "id", contact_id as "contactId", title as "title", body as "body", assigned_to as "assignedTo",
  due_at as "dueAt", completed as "completed", created_at as "createdAt", updated_at as "updatedAt"`)

/** Those of any of the contacts; newest first. */
export async function list(db: Database, locationId: string, contactIds: string[]): Promise<Task[]> {
  const rows = await db.all<Row>(sql`
    select ${selected} from tasks where location_id = ${locationId} and contact_id in (${join(contactIds)})
    order by created_at desc, id desc`)
  return rows.map(read)
}

export async function find(db: Database, locationId: string, contactId: string, id: string): Promise<Task | undefined> {
  const row = await db.one<Row>(sql`
    select ${selected} from tasks where location_id = ${locationId} and id = ${id} and contact_id = ${contactId}`)
  return row && read(row)
}

export interface TaskSearch {
  /** Tasks of any of these contacts. */
  contactIds?: string[]
  completed?: boolean
  /** Tasks of any of these users. */
  assignedTo?: string[]
  /** Part of the title. */
  query?: string
  limit: number
  skip: number
}

/** Due first comes first; only tasks of contacts that the caller sees. */
export async function search(db: Database, caller: Caller, by: TaskSearch): Promise<Task[]> {
  const { locationId, onlyAssigned } = caller
  const seen = sql`select c.id from contacts c where c.location_id = ${locationId} ${sightOf(caller).contacts}`
  const rows = await db.all<Row>(sql`
    select ${selected} from tasks where location_id = ${locationId}
      ${onlyAssigned ? sql`and contact_id in (${seen})` : empty}
      ${by.contactIds?.length ? sql`and contact_id in (${join(by.contactIds)})` : empty}
      ${by.assignedTo?.length ? sql`and assigned_to in (${join(by.assignedTo)})` : empty}
      ${by.completed === undefined ? empty : sql`and completed = ${Number(by.completed)}`}
      ${by.query ? sql`and ${likeInAnyCase(raw('title'), by.query)}` : empty}
    order by ${by.contactIds?.length ? ofFew : ofAll} limit ${by.limit} offset ${by.skip}`)
  return rows.map(read)
}

const ofAll = raw('due_at, id')
/** The same, said so that no index offers it: the tasks of a contact are few, and are to be found by it. */
const ofFew = raw('due_at + 0, id')

export const insert = (tx: Transaction, locationId: string, task: Task) =>
  tx.run(sql`
    insert into tasks (location_id, id, contact_id, title, body, assigned_to, due_at, completed, created_at, updated_at)
    values (${locationId}, ${task.id}, ${task.contactId}, ${task.title}, ${task.body}, ${task.assignedTo},
      ${task.dueAt}, ${Number(task.completed)}, ${task.createdAt}, ${task.updatedAt})`)

export const update = (tx: Transaction, locationId: string, task: Task) =>
  tx.run(sql`
    update tasks set title = ${task.title}, body = ${task.body}, assigned_to = ${task.assignedTo},
      due_at = ${task.dueAt}, completed = ${Number(task.completed)}, updated_at = ${task.updatedAt}
    where location_id = ${locationId} and id = ${task.id}`)

export const remove = (tx: Transaction, locationId: string, { id }: Task) =>
  tx.run(sql`delete from tasks where location_id = ${locationId} and id = ${id}`)

const read = (row: Row): Task => ({ ...row, completed: row.completed === 1 })
