import sql, { join, type Sql } from 'sql-template-tag'
import { sightOfNamed } from '../../../domain/accounts/sight.ts'
import type { Context } from '../../../domain/context.ts'
import { padded, together } from '../../../domain/history/table.ts'
import type { Database } from '../../../store/database.ts'
import type { Run } from './run.ts'

/** A run with what its contact and opportunity are called by now; null where they are gone, or hidden from the caller. */
export interface NamedRun extends Run {
  contactName: string | null
  opportunityName: string | null
}

export async function nameRuns({ store, caller }: Context, found: Run[]): Promise<NamedRun[]> {
  const { locationId } = caller
  const sight = sightOfNamed(caller)
  const contacts = await namesOf(
    store,
    idsIn(found, 'contactId'),
    (ids) => sql`
    select c.id as "id", coalesce(c.name, c.company_name, c.email, c.phone) as "name" from contacts c
    where c.location_id = ${locationId} and c.id in (${ids}) ${sight.contacts}`,
  )
  const opportunities = await namesOf(
    store,
    idsIn(found, 'opportunityId'),
    (ids) => sql`
    select o.id as "id", o.name as "name" from opportunities o
    where o.location_id = ${locationId} and o.id in (${ids}) ${sight.opportunities}`,
  )
  return found.map((run) => ({
    ...run,
    contactName: contacts.get(run.contactId ?? '') ?? null,
    opportunityName: opportunities.get(run.opportunityId ?? '') ?? null,
  }))
}

const idsIn = (found: Run[], field: 'contactId' | 'opportunityId') => [
  ...new Set(found.flatMap((run) => run[field] ?? [])),
]

async function namesOf(db: Database, ids: string[], ask: (ids: Sql) => Sql): Promise<Map<string, string | null>> {
  const names = new Map<string, string | null>()
  for (let at = 0; at < ids.length; at += together) {
    const rows = await db.all<{ id: string; name: string | null }>(ask(join(padded(ids.slice(at, at + together)))))
    for (const { id, name } of rows) names.set(id, name)
  }
  return names
}
