import { reports as all } from '../words/reports.ts'
import type { Bar } from './chart/bars.ts'
import { Chart } from './chart/Chart.tsx'
import { Figures } from './Figures.tsx'
import { linksOf, within } from './links.ts'
import type { PartProps } from './part.ts'
import { Report } from './Report.tsx'
import { Count, orNothing, ReportTable, Sum } from './ReportTable.tsx'
import { type Replies, useReport } from './useReport.ts'
import { useWriting } from './useWriting.ts'

const words = all.funnel
type Reply = Replies['funnel']

/** How far the deals came that were created in some days. */
export function FunnelReport({ asked, query, showAll }: PartProps) {
  return (
    <Report
      query={useReport('funnel', query)}
      isEmpty={({ created }) => created.count === 0}
      empty={{ title: words.none, help: words.noneHelp, action: showAll }}
    >
      {(reply) => <Funnel reply={reply} owner={asked.owner} />}
    </Report>
  )
}

function Funnel({ reply, owner }: { reply: Reply; owner: string | null }) {
  const { created, open, won, lost, abandoned, stages, timezone, pipelineId } = reply
  const { count, deals, money, share, percent } = useWriting()
  const to = linksOf({ pipelineId, owner })
  const inDays = { created: within(timezone, reply) }
  const reached = (id: string) => to({ ...inDays, status: 'all', reached: id })
  const nowIn = (id: string) => to({ ...inDays, status: 'open', stages: [id] })
  const figure = (status: 'open' | 'won' | 'lost' | 'abandoned', sum: typeof won) => ({
    label: all[status],
    says: count(sum.count),
    detail: money(sum.value),
    ...(status !== 'open' && { tone: status }),
    href: sum.count > 0 ? to({ ...inDays, status }) : undefined,
  })
  const label = (number: number) => `${count(number)} · ${share(number, created.count)}`
  const bars: Bar[] = [
    ...stages.map(({ pipelineStageId: id, name, reached: sum }) => ({
      id,
      name,
      parts: [
        {
          id: 'deals',
          tone: 'accent' as const,
          amount: sum.count,
          says: words.reachedSays(name, deals(sum.count), money(sum.value)),
          label: label(sum.count),
          href: reached(id),
        },
      ],
    })),
    {
      id: 'won',
      name: all.won,
      parts: [
        {
          id: 'deals',
          tone: 'won',
          amount: won.count,
          says: words.wonSays(deals(won.count), money(won.value)),
          label: label(won.count),
          href: to({ ...inDays, status: 'won' }),
        },
      ],
    },
  ]
  return (
    <>
      <Figures
        figures={[
          {
            label: words.created,
            says: count(created.count),
            detail: money(created.value),
            href: to({ ...inDays, status: 'all' }),
          },
          figure('open', open),
          figure('won', won),
          figure('lost', lost),
          figure('abandoned', abandoned),
        ]}
      />
      <Chart title={words.chart} bars={bars} form="rows">
        {words.help}
      </Chart>
      <ReportTable
        label={all.names.funnel}
        rows={stages}
        rowId={({ pipelineStageId }) => pipelineStageId}
        columns={[
          { id: 'stage', title: all.stage, cell: ({ name }) => name },
          {
            id: 'reached',
            title: words.reached,
            cell: ({ pipelineStageId, name, reached: { count: number } }) => (
              <Count count={count(number)} href={reached(pipelineStageId)} label={`${name}, ${words.reached}`} />
            ),
          },
          { id: 'share', title: words.share, cell: ({ reached }) => orNothing(share(reached.count, created.count)) },
          { id: 'went', title: words.conversion, cell: ({ conversion }) => orNothing(percent(conversion)) },
          { id: 'value', title: all.value, cell: ({ reached }) => <Sum amount={reached.value} /> },
          {
            id: 'now',
            title: all.thereNow,
            cell: ({ pipelineStageId, name, now }) => (
              <Count count={count(now.count)} href={nowIn(pipelineStageId)} label={`${name}, ${all.thereNow}`} />
            ),
          },
          { id: 'now-value', title: words.nowValue, cell: ({ now }) => <Sum amount={now.value} /> },
        ]}
      />
    </>
  )
}
