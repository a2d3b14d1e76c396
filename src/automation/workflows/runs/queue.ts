import sql, { empty, join, raw } from 'sql-template-tag'
import type { Database, Store, Transaction } from '../../../store/database.ts'
import type { Claim } from './table.ts'

/** Steps are done here; requests are waited for, and must not hold up steps. */
export type Kind = 'steps' | 'requests'

const isOf = { steps: raw('request is null'), requests: raw('request is not null') }

/** In which locations there is something due that nobody is at. */
export async function locationsWithDue(db: Database, kind: Kind, now: number): Promise<string[]> {
  const rows = await db.all<{ locationId: string }>(sql`
    select l.location_id as "locationId" from locations l where exists (
      select 1 from workflow_runs r where r.location_id = l.location_id and r.due_at <= ${now} and r.held = 0
        and r.${isOf[kind]} and r.claimed_until <= ${now})`)
  return rows.map(({ locationId }) => locationId)
}

/** What may be claimed: so many of a location, and of those that go to one host no more than it may have at once. */
export interface Wanted {
  locationId: string
  limit: number
  /** How many are under way to each host already. */
  hosts: ReadonlyMap<string, number>
  ofHost: number
}

export interface Due {
  id: string
  /** Null where it is a step. */
  host: string | null
}

/** Takes what has been due longest; of two who ask at once, the second gets what the first one left. */
export function claimDue(store: Store, kind: Kind, wanted: Wanted, claim: Claim, now: number): Promise<Due[]> {
  const { locationId } = wanted
  return store.transaction(async (tx) => {
    await tx.alone(`runs ${locationId}`)
    const found =
      kind === 'steps' ? await dueSteps(tx, wanted, now) : withRoom(await dueRequests(tx, wanted, now), wanted)
    if (found.length === 0) return []
    const taken = await tx.all<{ id: string }>(sql`
      update workflow_runs set claim = ${claim.name}, claimed_until = ${claim.until}
      where location_id = ${locationId} and id in (${join(found.map(({ id }) => id))}) and claimed_until <= ${now}
      returning id`)
    return found.filter((due) => taken.some(({ id }) => id === due.id))
  })
}

const dueSteps = (db: Database, { locationId, limit }: Wanted, now: number) =>
  db.all<Due>(sql`
    select id, request_host as "host" from workflow_runs
    where location_id = ${locationId} and due_at <= ${now} and held = 0 and request is null and claimed_until <= ${now}
    order by due_at, id limit ${limit}`)

function dueRequests(db: Database, { locationId, limit, hosts, ofHost }: Wanted, now: number) {
  const full = [...hosts].flatMap(([host, underWay]) => (underWay >= ofHost ? [host] : []))
  return db.all<Due>(sql`
    select id, host from (
      select id, due_at, request_host as host, row_number() over (partition by request_host order by due_at, id) as place
      from workflow_runs
      where location_id = ${locationId} and due_at <= ${now} and held = 0 and request is not null
        and claimed_until <= ${now} and request_host not in (${join([...full, ''])})) due
    where place <= ${ofHost} order by due_at, id limit ${limit}`)
}

/** Of those that go to one host only as many as it may still have. */
function withRoom(found: Due[], { hosts, ofHost }: Wanted): Due[] {
  const counts = new Map(hosts)
  return found.filter(({ host }) => {
    const count = counts.get(host ?? '') ?? 0
    counts.set(host ?? '', count + 1)
    return count < ofHost
  })
}

/** Somebody else may go on with it at once. */
export const release = (tx: Transaction, locationId: string, id: string, claim: string) =>
  tx.run(sql`
    update workflow_runs set claim = '', claimed_until = 0
    where location_id = ${locationId} and id = ${id} and claim = ${claim}`)

/** Those that wait for a condition which may hold now. */
export async function wakeWaiting(tx: Transaction, locationId: string, records: Records, now: number): Promise<void> {
  for (const [column, ids] of [
    ['contact_id', records.contactIds],
    ['opportunity_id', records.opportunityIds],
  ] as const) {
    if (ids.length === 0) continue
    await tx.run(sql`
      update workflow_runs set due_at = ${now}
      where location_id = ${locationId} and ${raw(column)} in (${join(padded(ids))}) and deadline is not null and due_at > ${now}`)
  }
}

/** To one of three lengths, so that there are few statements to prepare. */
function padded(list: string[]): string[] {
  const length = [1, 10].find((size) => size >= list.length) ?? Math.max(100, list.length)
  return [...list, ...Array<string>(length - list.length).fill(list[0] as string)]
}

export interface Records {
  contactIds: string[]
  opportunityIds: string[]
}

/** The runs of a workflow stand still, or go on. */
export const setHeld = (tx: Transaction, locationId: string, workflowId: string, isHeld: boolean) =>
  tx.run(sql`
    update workflow_runs set held = ${isHeld ? 1 : 0}
    where location_id = ${locationId} and workflow_id = ${workflowId} and ended_at is null`)

/** Whose runs are to end. */
export interface Meant {
  locationId: string
  contactId?: string
  workflowId?: string | undefined
  except?: string
}

/** Ends runs that are under way; answers how many. */
export const stopRuns = (
  tx: Transaction,
  { locationId, contactId, workflowId, except }: Meant,
  why: string,
  now: number,
) =>
  tx.run(sql`
    update workflow_runs set state = 'stopped', error = ${why}, due_at = null, deadline = null, request = null,
      claim = '', claimed_until = 0, updated_at = ${now}, ended_at = ${now}
    where location_id = ${locationId} and ended_at is null
      ${contactId === undefined ? empty : sql`and contact_id = ${contactId}`}
      ${workflowId === undefined ? empty : sql`and workflow_id = ${workflowId}`}
      ${except === undefined ? empty : sql`and id <> ${except}`}`)
