import sql from 'sql-template-tag'
import type { Transaction } from '../store/database.ts'

/**
 * Notes whether anybody in the location listens to its events, after who does has changed. Locked first, then asked: of
 * two changes at once the second sees what the first one made.
 */
export async function keepListening(tx: Transaction, locationId: string): Promise<void> {
  await tx.all(sql`select location_id from locations where location_id = ${locationId} ${tx.lock}`)
  await tx.run(sql`
    update locations set listening = case
      when exists (select 1 from webhooks where location_id = ${locationId} and state <> 'disabled') then 1
      when exists (select 1 from workflows where location_id = ${locationId} and state <> 'draft') then 1
      else 0 end
    where location_id = ${locationId}`)
}
