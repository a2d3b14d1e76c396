import sql, { bulk, join } from 'sql-template-tag'
import type { Transaction } from '../../store/database.ts'
import { requireUser } from '../accounts/users.ts'

/** Everybody who is to follow must be there, unless they do already. */
export async function requireFollowers(tx: Transaction, locationId: string, userIds: string[], known: string[] = []) {
  for (const [at, id] of userIds.entries()) {
    if (!known.includes(id)) await requireUser(tx, locationId, id, `followers.${at}`)
  }
}

/** One row per follower of a record, which is how records are found by follower. */
export async function keepFollowers(
  tx: Transaction,
  locationId: string,
  recordId: string,
  before: string[],
  after: string[],
): Promise<void> {
  const added = without(after, before)
  const gone = without(before, after)
  if (added.length > 0) {
    await tx.run(sql`
      insert into followers (location_id, user_id, record_id)
      values ${bulk(added.map((user) => [locationId, user, recordId]))} on conflict do nothing`)
  }
  if (gone.length > 0) {
    await tx.run(sql`
      delete from followers where location_id = ${locationId} and user_id in (${join(gone)}) and record_id = ${recordId}`)
  }
}

const without = (list: string[], others: string[]) => list.filter((item) => !others.includes(item))
