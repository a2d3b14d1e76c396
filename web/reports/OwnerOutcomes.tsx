import { reports as all } from '../words/reports.ts'
import { Chart } from './chart/Chart.tsx'
import type { LinkTo } from './links.ts'
import { Count, orNothing, ReportTable, Sum } from './ReportTable.tsx'
import type { Replies } from './useReport.ts'
import { useWriting } from './useWriting.ts'

const words = all.outcomes
type Owner = Replies['outcomes']['owners'][number]
const ends = ['won', 'lost', 'abandoned'] as const
type End = (typeof ends)[number]

/** As many as can be compared at a glance; the table has all of them. */
export const most = 12

const idOf = ({ assignedTo }: Owner) => assignedTo?.id ?? 'none'
const nameOf = ({ assignedTo }: Owner) => (assignedTo ? assignedTo.name || words.unnamed : words.nobody)

export function OwnerOutcomes({ owners, to }: { owners: Owner[]; to: LinkTo }) {
  const { count, deals, money, percent } = useWriting()
  const hrefOf = (owner: Owner, status: End) => to({ status, owners: [idOf(owner)] })
  const bars = owners.slice(0, most).map((owner) => ({
    id: idOf(owner),
    name: nameOf(owner),
    parts: ends.map((end) => ({
      id: end,
      tone: end,
      amount: owner[end].count,
      says: words.says(nameOf(owner), deals(owner[end].count), money(owner[end].value), all[end].toLowerCase()),
      href: hrefOf(owner, end),
      ...(end === 'abandoned' && { label: words.wonShare(count(owner.won.count), percent(owner.winRate) ?? '–') }),
    })),
  }))
  const countOf = (end: End) => ({
    id: end,
    title: all[end],
    cell: (owner: Owner) => (
      <Count count={count(owner[end].count)} href={hrefOf(owner, end)} label={`${nameOf(owner)}, ${all[end]}`} />
    ),
  })
  return (
    <>
      <Chart
        title={words.owners}
        bars={bars}
        form="rows"
        isStacked
        legend={ends.map((end) => ({ tone: end, label: all[end] }))}
      >
        {words.ownersHelp} {owners.length > most && words.more(count(owners.length - most))}
      </Chart>
      <ReportTable
        label={words.owners}
        rows={owners}
        rowId={idOf}
        columns={[
          { id: 'owner', title: words.owner, cell: nameOf },
          countOf('won'),
          { id: 'won-value', title: words.wonValue, cell: ({ won }) => <Sum amount={won.value} /> },
          countOf('lost'),
          { id: 'lost-value', title: words.lostValue, cell: ({ lost }) => <Sum amount={lost.value} /> },
          countOf('abandoned'),
          { id: 'rate', title: words.winRate, cell: ({ winRate }) => orNothing(percent(winRate)) },
        ]}
      />
    </>
  )
}
