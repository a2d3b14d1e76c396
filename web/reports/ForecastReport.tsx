import { useMedia } from '../ui/marks/useMedia.ts'
import { reports as all } from '../words/reports.ts'
import type { Asked } from './asked.ts'
import type { Bar } from './chart/bars.ts'
import { Chart } from './chart/Chart.tsx'
import { Figures } from './Figures.tsx'
import { dayAfter, dayBefore, daysOfMonth, linksOf, within } from './links.ts'
import type { PartProps } from './part.ts'
import { Report } from './Report.tsx'
import { Count, orNothing, ReportTable, Sum } from './ReportTable.tsx'
import { type Replies, useReport } from './useReport.ts'
import { useWriting } from './useWriting.ts'

const words = all.forecast
type Reply = Replies['forecast']
type Month = Reply['months'][number]

/** What is open by the month in which it is expected to close, and what was won in each. */
export function ForecastReport({ asked, query }: PartProps) {
  return (
    <Report
      query={useReport('forecast', query)}
      isEmpty={({ open, won }) => open.count + won.count === 0}
      empty={{ title: words.none, help: words.noneHelp }}
    >
      {(reply) => <Forecast reply={reply} asked={asked} />}
    </Report>
  )
}

interface Row {
  id: string
  name: string
  open: Month['open']
  openHref: string
  won?: Month['won']
  wonHref?: string
}

function Forecast({ reply, asked }: { reply: Reply; asked: Asked }) {
  const { months, earlier, later, undated, open, won, timezone } = reply
  const { count, deals, money, short, month, tick } = useWriting()
  const isNarrow = useMedia('(width < 800px)')
  const to = linksOf(asked)
  const [first = '', last = ''] = [months[0]?.month, months.at(-1)?.month]
  const expected = (from: string | null, until: string | null) => to({ status: 'open', expected: { from, to: until } })
  const wonWithin = (from: string | null, until: string | null) =>
    to({ status: 'won', closed: within(timezone, { from, to: until }) })

  const rows: Row[] = months.map(({ month: id, ...sums }) => {
    const { from, to: until } = daysOfMonth(id)
    return { id, name: month(id), ...sums, openHref: expected(from, until), wonHref: wonWithin(from, until) }
  })
  const outside: Row[] = [
    {
      id: 'earlier',
      name: words.earlier(month(first)),
      open: earlier,
      openHref: expected(null, dayBefore(daysOfMonth(first).from)),
    },
    {
      id: 'later',
      name: words.later(month(last)),
      open: later,
      openHref: expected(dayAfter(daysOfMonth(last).to), null),
    },
    { id: 'undated', name: words.undated, open: undated, openHref: expected(null, null) },
  ].filter(({ open }) => open.count > 0)
  const before = outside.filter(({ id }) => id === 'earlier')
  const behind = outside.filter(({ id }) => id !== 'earlier')

  const bars: Bar[] = rows.map(({ id, name, open, won, openHref, wonHref }, at) => {
    const says = words.openSays(name, deals(open.count), money(open.value), money(open.weightedValue))
    const sum = open.value + (won?.value ?? 0)
    return {
      id,
      name: isNarrow ? name : tick(id, at === 0),
      parts: [
        {
          id: 'won',
          tone: 'won',
          amount: won?.value ?? 0,
          says: words.wonSays(name, deals(won?.count ?? 0), money(won?.value ?? 0)),
          ...(wonHref && { href: wonHref }),
        },
        { id: 'likely', tone: 'accent', amount: open.weightedValue, says, href: openHref },
        {
          id: 'rest',
          tone: 'faint',
          amount: Math.max(0, open.value - open.weightedValue),
          says,
          href: openHref,
          ...(sum > 0 && { label: short(sum) }),
        },
      ],
    }
  })
  return (
    <>
      <Figures
        figures={[
          { label: words.openNow, says: money(open.value), detail: deals(open.count), href: to({ status: 'open' }) },
          { label: words.weighted, says: money(open.weightedValue), detail: words.weightedHelp },
          {
            label: words.wonThen,
            says: money(won.value),
            detail: deals(won.count),
            tone: 'won',
            href: wonWithin(reply.from, reply.to),
          },
          {
            label: words.undated,
            says: money(undated.value),
            detail: deals(undated.count),
            href: undated.count > 0 ? expected(null, null) : undefined,
          },
        ]}
      />
      <Chart
        title={words.chart}
        bars={bars}
        form={isNarrow ? 'rows' : 'columns'}
        isStacked
        legend={[
          { tone: 'won', label: all.won },
          { tone: 'accent', label: words.likely },
          { tone: 'faint', label: words.rest },
        ]}
      >
        {words.help}
      </Chart>
      <ReportTable
        label={all.names.forecast}
        rows={[...before, ...rows, ...behind]}
        rowId={({ id }) => id}
        totalLabel={all.total}
        columns={[
          { id: 'month', title: words.month, cell: ({ name }) => name },
          {
            id: 'expected',
            title: words.expected,
            cell: ({ name, open, openHref }) => (
              <Count count={count(open.count)} href={openHref} label={`${name}, ${words.expected}`} />
            ),
            total: count(open.count),
          },
          {
            id: 'value',
            title: all.value,
            cell: ({ open }) => <Sum amount={open.value} />,
            total: <Sum amount={open.value} />,
          },
          {
            id: 'weighted',
            title: words.weighted,
            cell: ({ open }) => <Sum amount={open.weightedValue} />,
            total: <Sum amount={open.weightedValue} />,
          },
          {
            id: 'won',
            title: all.won,
            cell: ({ name, won, wonHref }) =>
              won ? <Count count={count(won.count)} href={wonHref} label={`${name}, ${all.won}`} /> : orNothing(null),
            total: count(won.count),
          },
          {
            id: 'won-value',
            title: words.wonValue,
            cell: ({ won }) => (won ? <Sum amount={won.value} /> : orNothing(null)),
            total: <Sum amount={won.value} />,
          },
        ]}
      />
    </>
  )
}
