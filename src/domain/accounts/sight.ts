import sql, { empty, type Sql } from 'sql-template-tag'
import type { Database } from '../../store/database.ts'
import type { Caller } from '../context.ts'

/*
 * Who sees only what they were given ("only assigned data"): the opportunities assigned to them or followed by them, and
 * the contacts that are assigned to them, followed by them, or of one of those opportunities. Whatever else there is, is
 * for them as if it was not there. Every statement about either asks here; of whoever sees everything nothing is asked.
 */

/** What stands behind `where …`, each with its own `and`; `empty` for whoever sees everything. */
export interface Sight {
  /** About the opportunities `o`. */
  opportunities: Sql
  /** About the contacts `c`. */
  contacts: Sql
}

const everything: Sight = { opportunities: empty, contacts: empty }

/**
 * For a search: what is theirs is found by each of the things that make it theirs, for which there are indexes. Joined
 * crosswise, which SQLite takes for the order to go in: what they follow first, and each deal of it by its key.
 */
export function sightOf({ locationId, id, onlyAssigned }: Caller): Sight {
  if (!onlyAssigned) return everything
  const followed = followedBy(locationId, id)
  return {
    opportunities: sql`and o.id in (
      select id from opportunities where location_id = ${locationId} and assigned_to = ${id} union all ${followed})`,
    contacts: sql`and c.id in (
      select id from contacts where location_id = ${locationId} and assigned_to = ${id} union all ${followed}
      union all select contact_id from opportunities where location_id = ${locationId} and assigned_to = ${id}
      union all select d.contact_id from followers f cross join opportunities d
      where f.location_id = ${locationId} and f.user_id = ${id} and d.location_id = f.location_id and d.id = f.record_id)`,
  }
}

/**
 * The same for rows that are named: each is looked at for itself, however much is theirs; and where it is locked, as it
 * stands when the lock is there.
 */
export function sightOfNamed({ locationId, id, onlyAssigned }: Caller): Sight {
  if (!onlyAssigned) return everything
  const followed = followedBy(locationId, id)
  const deals = sql`select 1 from opportunities o where o.location_id = ${locationId} and o.contact_id = c.id`
  return {
    opportunities: sql`and (o.assigned_to = ${id} or o.id in (${followed}))`,
    // Not one condition of two parts, for which PostgreSQL may look at every deal of the location, once for all contacts.
    contacts: sql`and (c.assigned_to = ${id} or c.id in (${followed}) or exists (
      ${deals} and o.assigned_to = ${id} union all ${deals} and o.id in (${followed})))`,
  }
}

const followedBy = (locationId: string, userId: string): Sql =>
  sql`select record_id from followers where location_id = ${locationId} and user_id = ${userId}`

/** A record that users are put in charge of. */
interface Owned {
  assignedTo: string | null
  followers: readonly string[]
}

/** Whether the caller sees an opportunity at hand. */
export const seesOpportunity = ({ onlyAssigned, id }: Caller, opportunity: Owned): boolean =>
  !onlyAssigned || isTheirs(id, opportunity)

/** Whether the caller sees a contact at hand; asks the store only where it may be one of an opportunity of theirs. */
export async function seesContact(db: Database, caller: Caller, contact: Owned & { id: string }): Promise<boolean> {
  if (!caller.onlyAssigned || isTheirs(caller.id, contact)) return true
  const found = await db.one(sql`
    select o.id from opportunities o
    where o.location_id = ${caller.locationId} and o.contact_id = ${contact.id} ${sightOfNamed(caller).opportunities}
    limit 1`)
  return found !== undefined
}

const isTheirs = (userId: string, { assignedTo, followers }: Owned): boolean =>
  assignedTo === userId || followers.includes(userId)
