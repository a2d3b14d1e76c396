import sql from 'sql-template-tag'
import { nameOf } from '../accounts/user.ts'
import * as users from '../accounts/userTable.ts'
import type { Context } from '../context.ts'
import { searchLostReasons } from '../pipelines/lostReasons.ts'
import { type Asked, meant, type Period, readPeriod, requireKnown, within } from './asked.ts'
import { type Counted, ratio, type Sum, sumOf, toDays, units } from './money.ts'

const ends = ['won', 'lost', 'abandoned'] as const
type End = (typeof ends)[number]

export interface Outcome extends Record<End, Sum> {
  /** How many of those that were closed were won, 0 to 1; null where none was. */
  winRate: number | null
}

export interface OwnerOutcome extends Outcome {
  /** Null for those that are nobody's. */
  assignedTo: { id: string; name: string } | null
}

export interface ReasonOutcome extends Sum {
  /** Null for those that name none. */
  lostReason: { id: string; name: string } | null
}

export interface Outcomes extends Outcome {
  period: Period
  /** From the day a deal was created to the day it was won; null where none was. */
  averageDaysToWin: number | null
  /** The most won value first. */
  owners: OwnerOutcome[]
  /** The most frequent first. */
  lostReasons: ReasonOutcome[]
}

/** What became of the opportunities that were closed in the period, and have not been opened again. */
export async function getOutcomes(ctx: Context, asked: Asked): Promise<Outcomes> {
  await requireKnown(ctx, asked)
  const period = await readPeriod(ctx, asked)
  const groups = await count(ctx, asked, period)
  const won = groups.filter(({ status }) => status === 'won')
  const wins = sumOf(won).count
  return {
    period,
    ...outcome(groups),
    averageDaysToWin: wins === 0 ? null : toDays(won.reduce((sum, { ms }) => sum + ms, 0) / wins),
    owners: await byOwner(ctx, groups),
    lostReasons: await byReason(ctx, groups),
  }
}

interface Group extends Counted {
  status: End
  assignedTo: string | null
  lostReasonId: string | null
  /** From creation to the end, added up. */
  ms: number
}

const count = (ctx: Context, asked: Asked, period: Period): Promise<Group[]> =>
  ctx.store.all<Group>(sql`
    select o.status as "status", o.assigned_to as "assignedTo", o.lost_reason_id as "lostReasonId", count(*) as "count",
      ${units} as "units", sum(o.last_status_change_at - o.created_at) as "ms"
    from opportunities o
    where ${meant(ctx, asked)} and o.status in ('won', 'lost', 'abandoned') ${within('o.last_status_change_at', period)}
    group by o.status, o.assigned_to, o.lost_reason_id`)

function outcome(groups: Group[]): Outcome {
  const sum = (end: End) => sumOf(groups.filter(({ status }) => status === end))
  const [won, lost, abandoned] = [sum('won'), sum('lost'), sum('abandoned')]
  return { won, lost, abandoned, winRate: ratio(won.count, won.count + lost.count + abandoned.count) }
}

async function byOwner(ctx: Context, groups: Group[]): Promise<OwnerOutcome[]> {
  const names = new Map((await users.list(ctx.store, ctx.caller.locationId)).map((user) => [user.id, nameOf(user)]))
  const rows = [...grouped(groups, ({ assignedTo }) => assignedTo)].map(([id, theirs]) => ({
    assignedTo: id === null ? null : { id, name: names.get(id) ?? '' },
    ...outcome(theirs),
  }))
  const name = ({ assignedTo }: OwnerOutcome) => assignedTo?.name ?? ''
  return rows.sort((a, b) => b.won.value - a.won.value || b.won.count - a.won.count || compare(name(a), name(b)))
}

async function byReason(ctx: Context, groups: Group[]): Promise<ReasonOutcome[]> {
  const names = await reasonNames(ctx)
  const lost = groups.filter(({ status }) => status === 'lost')
  const rows = [...grouped(lost, ({ lostReasonId }) => lostReasonId)].map(([id, theirs]) => ({
    lostReason: id === null ? null : { id, name: names.get(id) ?? '' },
    ...sumOf(theirs),
  }))
  const name = ({ lostReason }: ReasonOutcome) => lostReason?.name ?? ''
  return rows.sort((a, b) => b.count - a.count || b.value - a.value || compare(name(a), name(b)))
}

/** Of those that are deleted too: deals name them still. */
async function reasonNames(ctx: Context): Promise<Map<string, string>> {
  const every = { skip: 0, limit: Number.POSITIVE_INFINITY }
  const found = [
    await searchLostReasons(ctx, { ...every, deleted: false }),
    await searchLostReasons(ctx, { ...every, deleted: true }),
  ]
  return new Map(found.flatMap(({ lostReasons }) => lostReasons.map(({ id, name }) => [id, name])))
}

function grouped<Key>(groups: Group[], by: (group: Group) => Key): Map<Key, Group[]> {
  const found = new Map<Key, Group[]>()
  for (const group of groups) found.set(by(group), [...(found.get(by(group)) ?? []), group])
  return found
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
