import { reports as all } from '../words/reports.ts'
import type { Asked } from './asked.ts'
import { Figures } from './Figures.tsx'
import { linksOf, within } from './links.ts'
import { OwnerOutcomes } from './OwnerOutcomes.tsx'
import type { PartProps } from './part.ts'
import { ReasonOutcomes } from './ReasonOutcomes.tsx'
import { Report } from './Report.tsx'
import { type Replies, useReport } from './useReport.ts'
import { useWriting } from './useWriting.ts'

const words = all.outcomes

/** What became of the deals that were closed in some days. */
export function OutcomesReport({ asked, query, showAll }: PartProps) {
  return (
    <Report
      query={useReport('outcomes', query)}
      isEmpty={({ won, lost, abandoned }) => won.count + lost.count + abandoned.count === 0}
      empty={{ title: words.none, help: words.noneHelp, action: showAll }}
    >
      {(reply) => <Outcomes reply={reply} asked={asked} />}
    </Report>
  )
}

function Outcomes({ reply, asked }: { reply: Replies['outcomes']; asked: Asked }) {
  const { count, money, percent, days } = useWriting()
  const to = linksOf(asked)
  const inDays = { closed: within(reply.timezone, reply) }
  const ends = ['won', 'lost', 'abandoned'] as const
  return (
    <>
      <Figures
        figures={[
          ...ends.map((end) => ({
            label: all[end],
            says: count(reply[end].count),
            detail: money(reply[end].value),
            tone: end,
            href: reply[end].count > 0 ? to({ ...inDays, status: end }) : undefined,
          })),
          { label: words.winRate, says: percent(reply.winRate) ?? '–', detail: words.winRateHelp },
          { label: words.daysToWin, says: days(reply.averageDaysToWin) ?? '–', detail: words.daysToWinHelp },
        ]}
      />
      <OwnerOutcomes owners={byWins(reply.owners)} to={(found) => to({ ...inDays, ...found })} />
      <ReasonOutcomes reasons={reply.lostReasons} lost={reply.lost} to={(found) => to({ ...inDays, ...found })} />
    </>
  )
}

/** As the bars go: by their number, then by what they are worth, as they come. */
const byWins = (owners: Replies['outcomes']['owners']) => [...owners].sort((a, b) => b.won.count - a.won.count)
