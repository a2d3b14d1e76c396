import sql from 'sql-template-tag'
import type { Transaction } from '../store/database.ts'

/** Whether somebody listened to events before a change, and does behind it. */
export interface Listens {
  before: boolean
  after: boolean
}

/**
 * Tells of a change of somebody who may listen, and keeps whether anybody in the location does. Who begins with this
 * change, or ends with it, still hears of it: dispatch goes by it for what happened before and what happens behind.
 */
export async function keepListening(
  tx: Transaction,
  locationId: string,
  { before, after }: Listens,
  tell: () => Promise<unknown>,
): Promise<void> {
  if (after && !before) await note(tx, locationId)
  await tell()
  if (before && !after) await note(tx, locationId)
}

/** Locked first, then asked: of two changes at once the second sees what the first one made. */
async function note(tx: Transaction, locationId: string): Promise<void> {
  await tx.all(sql`select location_id from locations where location_id = ${locationId} ${tx.lock}`)
  await tx.run(sql`
    update locations set listening = case
      when exists (select 1 from webhooks where location_id = ${locationId} and state <> 'disabled') then 1
      when exists (select 1 from workflows where location_id = ${locationId} and state <> 'draft') then 1
      else 0 end
    where location_id = ${locationId}`)
}
