import sql from 'sql-template-tag'
import type { Store } from '../../src/store/database.ts'

/** Recounts what lines keep about their deliveries, and looks for what nobody would ever send; one sentence each. */
export async function auditLines(store: Store): Promise<string[]> {
  const wrong = await store.all<{ id: string; what: string }>(sql`
    select webhook_id as id, 'its counts' as what from webhook_lines l where
      waiting <> (select count(*) from deliveries d
        where d.location_id = l.location_id and d.webhook_id = l.webhook_id and d.state = 'waiting')
      or delivered <> (select count(*) from deliveries d
        where d.location_id = l.location_id and d.webhook_id = l.webhook_id and d.state = 'delivered')
      or failed <> (select count(*) from deliveries d
        where d.location_id = l.location_id and d.webhook_id = l.webhook_id and d.state = 'failed')
    union all
    select d.id, 'first in line, and never due' from deliveries d where state = 'waiting' and due_at is null
      and not exists (select 1 from deliveries e where e.location_id = d.location_id and e.webhook_id = d.webhook_id
        and e.record_id = d.record_id and e.state = 'waiting' and e.place < d.place)
    union all
    select d.id, 'settled, and due' from deliveries d where state <> 'waiting' and due_at is not null
    union all
    select d.id, 'due before its line' from deliveries d, webhook_lines l, webhooks w
    where d.due_at is not null and l.location_id = d.location_id and l.webhook_id = d.webhook_id
      and w.location_id = l.location_id and w.id = l.webhook_id and w.state = 'active'
      and (l.due_at is null or l.due_at > d.due_at and l.due_at > l.open_at)`)
  return wrong.map(({ id, what }) => `${what}: ${id}`)
}
