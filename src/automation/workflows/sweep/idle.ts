import * as contacts from '../../../domain/contacts/table.ts'
import type { Opportunity } from '../../../domain/opportunities/opportunity.ts'
import type { Transaction } from '../../../store/database.ts'
import type { Automation } from '../../context.ts'
import type { Lane } from '../../lane.ts'
import type { Published } from '../definition/workflow.ts'
import { begin } from '../runs/begin.ts'
import { find, findVersion } from '../table.ts'
import stale, { idleSince } from '../triggers/opportunityStale.ts'
import * as idle from './idleTable.ts'

const minute = 60_000
const batch = 100

/** The lane that looks each minute which opportunities have been left alone for so long that a workflow begins. */
export function idleLane(automation: Automation): Lane<idle.Sweeping> {
  let next = 0
  return {
    name: 'idle opportunities',
    width: 2,
    async claim(now) {
      if (now < next) return []
      next = now + minute
      return idle.list(automation.store, stale.type)
    },
    perform: async (sweeping, signal) => {
      const { store, now, wake } = automation
      while (!signal.aborted && (await store.transaction((tx) => sweepSome(tx, sweeping, now()))) === batch) wake()
      wake()
    },
  }
}

/** Answers how many were looked at. Whoever begins, begins once for each time that it was left alone. */
async function sweepSome(tx: Transaction, sweeping: idle.Sweeping, now: number): Promise<number> {
  const place = await idle.placeLocked(tx, sweeping)
  const workflow = await published(tx, sweeping)
  if (!workflow) return 0
  const filters = workflow.definition.trigger?.filters as { days: number }
  const found = await idle.listIdle(tx, sweeping.locationId, place, idleSince(filters, now), batch)
  for (const opportunity of found)
    if (await isMeant(tx, filters, opportunity)) await enter(tx, workflow, opportunity, now)
  const last = found.at(-1)
  if (last) await idle.keepPlace(tx, sweeping, { at: last.updatedAt, id: last.id })
  return found.length
}

async function published(tx: Transaction, { locationId, id }: idle.Sweeping): Promise<Published | undefined> {
  const workflow = await find(tx, locationId, id)
  if (workflow?.state !== 'published' || workflow.triggerType !== stale.type) return undefined
  return findVersion(tx, locationId, id, workflow.version)
}

const isMeant = async (tx: Transaction, filters: { days: number }, opportunity: Opportunity) =>
  stale.matches(filters as never, {
    before: opportunity,
    after: opportunity,
    tags: async () => (await contacts.find(tx, opportunity.locationId, opportunity.contactId))?.tags ?? [],
  })

function enter(tx: Transaction, workflow: Published, { id, contactId, lastActionAt }: Opportunity, now: number) {
  const data = { type: stale.type, at: new Date(now).toISOString(), idleSince: new Date(lastActionAt).toISOString() }
  const start = { cause: `idle ${id} ${lastActionAt}`, contactId, opportunityId: id, data, depth: 0 }
  return begin(tx, workflow, start, now)
}
