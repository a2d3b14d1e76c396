import sql, { join, raw, type Sql } from 'sql-template-tag'
import type { Context } from '../context.ts'
import { invalid } from '../errors.ts'
import { type Asked, meant, type Period, readPeriod, requireKnown, within } from './asked.ts'
import { addMonths, beginningOf, dateOf, dayAt, firstDayOf, monthOf, monthsBetween } from './calendar.ts'
import { type Counted, type Sum, sumOf, toCents, units } from './money.ts'

/** Open opportunities, and what they are worth times the chance to win each. */
export interface Expected extends Sum {
  weightedValue: number
}

export interface ForecastMonth {
  month: string
  /** Open, and expected to close in it. */
  open: Expected
  /** Won in it. */
  won: Sum
}

export interface Forecast {
  period: Period
  months: ForecastMonth[]
  /** Open, and expected before the first month or behind the last; and where nobody said when. */
  earlier: Expected
  later: Expected
  undated: Expected
  /** All that is open, and all that was won in these months. */
  open: Expected
  won: Sum
}

const most = 60
/** Around the present month, unless somebody says otherwise. */
const usual = { before: 5, behind: 6 }

/** What is open by the month in which it is expected to close, beside what was won in that month. */
export async function getForecast(ctx: Context, asked: Asked): Promise<Forecast> {
  await requireKnown(ctx, asked)
  const { zone } = await readPeriod(ctx, asked)
  const months = readMonths(asked, monthOf(dayAt(ctx.now(), zone)))
  const period = await readPeriod(ctx, { from: firstDayOf(months[0] as string), to: lastDayOf(months) })
  const open = await countOpen(ctx, asked)
  const won = await countWon(ctx, asked, months, period)
  const monthOfGroup = ({ day }: OpenGroup) => (day === null ? null : monthOf(dateOf(day)))
  const expectedIn = (fits: (month: string | null) => boolean) =>
    expected(open.filter((group) => fits(monthOfGroup(group))))
  return {
    period,
    months: months.map((month, at) => ({
      month,
      open: expectedIn((one) => one === month),
      won: sumOf(won.filter((group) => group.at === at)),
    })),
    earlier: expectedIn((one) => one !== null && one < (months[0] as string)),
    later: expectedIn((one) => one !== null && one > (months.at(-1) as string)),
    undated: expectedIn((one) => one === null),
    open: expected(open),
    won: sumOf(won),
  }
}

/** Whole months: those that the days asked for are in, a year of them where only one of the days is said. */
function readMonths({ from, to }: Asked, present: string): string[] {
  const first = from ? monthOf(from) : to ? addMonths(monthOf(to), -11) : addMonths(present, -usual.before)
  const last = to ? monthOf(to) : from ? addMonths(first, 11) : addMonths(present, usual.behind)
  const months = monthsBetween(first, last)
  if (months.length > most) throw invalid(`to must be within ${most} months of from`)
  return months
}

const lastDayOf = (months: string[]) => dateOf(Date.parse(firstDayOf(addMonths(months.at(-1) as string, 1))) - 1)

/** Those that are expected on one day, with one chance. */
interface OpenGroup extends Counted {
  /** Midnight UTC; null where nobody said. */
  day: number | null
  /** 0 to 100 */
  probability: number
}

/** Sums of whole numbers by chance, so that the chance is applied once to each and nothing is lost on the way. */
const countOpen = (ctx: Context, asked: Asked): Promise<OpenGroup[]> =>
  ctx.store.all<OpenGroup>(sql`
    select o.forecast_expected_close_date as "day", ${probability} as "probability", count(*) as "count",
      ${units} as "units"
    from opportunities o
    join stages s on s.location_id = o.location_id and s.id = o.pipeline_stage_id
    join pipelines p on p.location_id = o.location_id and p.id = o.pipeline_id
    where ${meant(ctx, asked)} and o.status = 'open'
    group by o.forecast_expected_close_date, ${probability}`)

/** Its own where the pipeline allows it, else the stage's. */
const probability = raw(`case when p.use_opportunity_probability = 1 and o.forecast_probability is not null
  then o.forecast_probability else s.stage_win_probability end`)

function expected(groups: OpenGroup[]): Expected {
  const weighted = groups.reduce((sum, { units, probability }) => sum + (units * probability) / 100, 0)
  return { ...sumOf(groups), weightedValue: toCents(weighted) }
}

interface WonGroup extends Counted {
  /** Which of the months. */
  at: number
}

const countWon = (ctx: Context, asked: Asked, months: string[], period: Period): Promise<WonGroup[]> =>
  ctx.store.all<WonGroup>(sql`
    select ${placeIn(months, period.zone)} as "at", count(*) as "count", ${units} as "units" from opportunities o
    where ${meant(ctx, asked)} and o.status = 'won' ${within('o.last_status_change_at', period)}
    group by 1`)

/** In which of the months it was won, which begin when they do in the location. */
function placeIn(months: string[], zone: string): Sql {
  const ends = months.map((month) => beginningOf(firstDayOf(addMonths(month, 1)), zone))
  const cases = ends.map((end, at) => sql`when o.last_status_change_at < ${end} then ${raw(String(at))}`)
  return sql`case ${join(cases, ' ')} end`
}
