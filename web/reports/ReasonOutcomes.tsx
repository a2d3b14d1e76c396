import { reports as all } from '../words/reports.ts'
import { Chart } from './chart/Chart.tsx'
import type { LinkTo } from './links.ts'
import { most } from './OwnerOutcomes.tsx'
import { Count, orNothing, ReportTable, Sum } from './ReportTable.tsx'
import type { Replies } from './useReport.ts'
import { useWriting } from './useWriting.ts'

const words = all.outcomes
type Reason = Replies['outcomes']['lostReasons'][number]

const idOf = ({ lostReason }: Reason) => lostReason?.id ?? 'none'
const nameOf = ({ lostReason }: Reason) => (lostReason ? lostReason.name || words.unknownReason : words.noReason)

interface Props {
  reasons: Reason[]
  lost: Replies['outcomes']['lost']
  to: LinkTo
}

export function ReasonOutcomes({ reasons, lost, to }: Props) {
  const { count, deals, money, share } = useWriting()
  const hrefOf = (reason: Reason) => to({ status: 'lost', reasons: [idOf(reason)] })
  const bars = reasons.slice(0, most).map((reason) => ({
    id: idOf(reason),
    name: nameOf(reason),
    parts: [
      {
        id: 'lost',
        tone: 'lost' as const,
        amount: reason.count,
        says: words.says(nameOf(reason), deals(reason.count), money(reason.value), all.lost.toLowerCase()),
        label: `${count(reason.count)} · ${share(reason.count, lost.count)}`,
        href: hrefOf(reason),
      },
    ],
  }))
  return (
    <>
      <Chart title={words.reasons} bars={bars} form="rows">
        {reasons.length === 0 ? words.noneLost : words.reasonsHelp}{' '}
        {reasons.length > most && words.more(count(reasons.length - most))}
      </Chart>
      {reasons.length > 0 && (
        <ReportTable
          label={words.reasons}
          rows={reasons}
          rowId={idOf}
          columns={[
            { id: 'reason', title: words.reason, cell: nameOf },
            {
              id: 'lost',
              title: all.lost,
              cell: (reason) => (
                <Count count={count(reason.count)} href={hrefOf(reason)} label={`${nameOf(reason)}, ${all.lost}`} />
              ),
            },
            { id: 'share', title: words.share, cell: (reason) => orNothing(share(reason.count, lost.count)) },
            { id: 'value', title: words.lostValue, cell: (reason) => <Sum amount={reason.value} /> },
          ]}
        />
      )}
    </>
  )
}
