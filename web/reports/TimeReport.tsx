import { reports as all } from '../words/reports.ts'
import type { Bar, Tone } from './chart/bars.ts'
import { Chart } from './chart/Chart.tsx'
import { Figures } from './Figures.tsx'
import { linksOf } from './links.ts'
import type { PartProps } from './part.ts'
import { Report } from './Report.tsx'
import { Count, orNothing, ReportTable } from './ReportTable.tsx'
import { type Replies, useReport } from './useReport.ts'
import { useWriting } from './useWriting.ts'

const words = all.time
type Reply = Replies['time-in-stage']

/** How long deals stay in each stage, and how long those have been there that are there now. */
export function TimeReport({ asked, query, showAll }: PartProps) {
  return (
    <Report
      query={useReport('time-in-stage', query)}
      isEmpty={({ stages }) => stages.every(({ stayed, now }) => stayed.count + now.count === 0)}
      empty={{ title: words.none, help: words.noneHelp, action: showAll }}
    >
      {(reply) => <TimeInStage reply={reply} owner={asked.owner} />}
    </Report>
  )
}

function TimeInStage({ reply, owner }: { reply: Reply; owner: string | null }) {
  const { stages, staleDays, pipelineId } = reply
  const { count, deals, days } = useWriting()
  const to = linksOf({ pipelineId, owner })
  const nowIn = (id: string) => to({ status: 'open', stages: [id] })
  const sum = (of: (stage: Reply['stages'][number]) => number) => stages.reduce((all, stage) => all + of(stage), 0)
  const [slowest] = [...stages].sort((a, b) => (b.stayed.medianDays ?? -1) - (a.stayed.medianDays ?? -1))
  const there = sum(({ now }) => now.count)

  const bars: Bar[] = stages.map(({ pipelineStageId, name, stayed, now }) => ({
    id: pipelineStageId,
    name,
    parts: [
      part(
        'stayed',
        'accent',
        stayed.medianDays,
        words.stayedSays(name, deals(stayed.count), days(stayed.medianDays) ?? ''),
      ),
      {
        ...part('now', 'faint', now.medianDays, words.nowSays(name, deals(now.count), days(now.medianDays) ?? '')),
        href: nowIn(pipelineStageId),
      },
    ],
  }))
  function part(id: string, tone: Tone, median: number | null, says: string) {
    // A stage that nobody has left yet says so; what stands there now may be nothing.
    const label = days(median) ?? (id === 'stayed' ? '–' : '')
    return { id, tone, amount: median ?? 0, says, ...(label && { label }) }
  }
  return (
    <>
      <Figures
        figures={[
          {
            label: all.thereNow,
            says: deals(there),
            detail: words.nowHelp,
            href: there > 0 ? to({ status: 'open' }) : undefined,
          },
          {
            label: words.stale,
            says: deals(sum(({ now }) => now.staleCount)),
            detail: words.staleHelp(count(staleDays)),
          },
          ...(slowest && slowest.stayed.medianDays !== null
            ? [
                {
                  label: words.slowest,
                  says: slowest.name,
                  detail: words.slowestHelp(days(slowest.stayed.medianDays) ?? ''),
                },
              ]
            : []),
        ]}
      />
      <Chart
        title={words.chart}
        bars={bars}
        form="rows"
        legend={[
          { tone: 'accent', label: words.stayed },
          { tone: 'faint', label: words.now },
        ]}
      >
        {words.help}
      </Chart>
      <ReportTable
        label={all.names.time}
        rows={stages}
        rowId={({ pipelineStageId }) => pipelineStageId}
        columns={[
          { id: 'stage', title: all.stage, cell: ({ name }) => name },
          { id: 'left', title: words.left, cell: ({ stayed }) => <Count count={count(stayed.count)} /> },
          { id: 'median', title: words.median, cell: ({ stayed }) => orNothing(days(stayed.medianDays)) },
          { id: 'mean', title: words.mean, cell: ({ stayed }) => orNothing(days(stayed.meanDays)) },
          {
            id: 'now',
            title: all.thereNow,
            cell: ({ pipelineStageId, name, now }) => (
              <Count count={count(now.count)} href={nowIn(pipelineStageId)} label={`${name}, ${all.thereNow}`} />
            ),
          },
          { id: 'now-median', title: words.nowMedian, cell: ({ now }) => orNothing(days(now.medianDays)) },
          { id: 'longest', title: words.longest, cell: ({ now }) => orNothing(days(now.longestDays)) },
          { id: 'stale', title: words.stale, cell: ({ now }) => <Count count={count(now.staleCount)} /> },
        ]}
      />
    </>
  )
}
