import sql, { join } from 'sql-template-tag'
import type { Database, Transaction } from '../../../store/database.ts'
import type { Automation } from '../../context.ts'
import type { Lane } from '../../lane.ts'

const [hour, day] = [3_600_000, 86_400_000]
const batch = 200

/** How long a run is kept with its log once it is over, as long as the original keeps its own. */
const kept = 30 * day

/** The lane that looks each hour for what has grown old. What waits for a person waits as long as it takes. */
export function runRetentionLane({ store, now }: Automation): Lane<string> {
  let next = 0
  return {
    name: 'run retention',
    width: 1,
    async claim(at) {
      if (at < next) return []
      next = at + hour
      return locationsWithOld(store, at - kept)
    },
    perform: async (locationId, signal) => {
      const forgetSome = () => store.transaction((tx) => forget(tx, locationId, now() - kept))
      while (!signal.aborted && (await forgetSome()) === batch);
    },
  }
}

async function locationsWithOld(db: Database, before: number): Promise<string[]> {
  const rows = await db.all<{ locationId: string }>(sql`
    select l.location_id as "locationId" from locations l where exists (
      select 1 from workflow_runs r where r.location_id = l.location_id and r.ended_at < ${before} and r.data <> '{}')`)
  return rows.map(({ locationId }) => locationId)
}

/** An event's or a person's run never comes again. Of the others the bare row stays: the same must not begin it anew. */
async function forget(tx: Transaction, locationId: string, before: number): Promise<number> {
  const rows = await tx.all<{ id: string; cause: string }>(sql`
    select id, cause from workflow_runs
    where location_id = ${locationId} and ended_at < ${before} and data <> '{}' order by ended_at limit ${batch}`)
  if (rows.length === 0) return 0
  const ids = rows.map(({ id }) => id)
  await tx.run(sql`delete from workflow_steps where location_id = ${locationId} and run_id in (${join(ids)})`)
  await tx.run(sql`update workflow_runs set data = '{}' where location_id = ${locationId} and id in (${join(ids)})`)
  const gone = rows.filter(({ cause }) => /^(event|token|user|run|chain) /.test(cause)).map(({ id }) => id)
  if (gone.length > 0)
    await tx.run(sql`delete from workflow_runs where location_id = ${locationId} and id in (${join(gone)})`)
  return rows.length
}
