import type { Stage } from '../../api/lookups.ts'
import { Skeleton } from '../../ui/feedback/Skeleton.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { boardWords as words } from '../../words/board.ts'
import { useBoard } from '../BoardContext.ts'
import { useTotals } from '../deck/useTotals.ts'

/** Stays while the cards scroll: what the stage is called, and what is in it. */
export function ColumnHeader({ stage: { id, name, color } }: { stage: Stage }) {
  const { filters, pipeline } = useBoard()
  const { count, money } = useFormats()
  const totals = useTotals(filters)
  const sum = totals?.stages.find(({ pipelineStageId }) => pipelineStageId === id)
  const isWeighted = sum !== undefined && filters.status === 'open' && sum.weightedValue !== sum.value
  const isTinted = pipeline.colorRenderMode === 'bg-tint'
  return (
    <header
      className="column-header"
      style={isTinted ? { background: `color-mix(in oklch, ${color} 16%, transparent)` } : {}}
    >
      <h2 className="column-name">
        {pipeline.colorRenderMode === 'dot' && <span className="dot" style={{ background: color }} />}
        <span className="one-line" title={name}>
          {name}
        </span>
        <span className="column-count faint figures">{sum && count(sum.count)}</span>
      </h2>
      <p className="column-sums figures small">
        {sum ? (
          <>
            <span title={money(sum.value)}>{money(sum.value, 'short')}</span>
            {isWeighted && (
              <span className="soft" title={words.weightedHelp}>
                {words.weighted(money(Math.round(sum.weightedValue), 'short'))}
              </span>
            )}
          </>
        ) : totals === undefined ? (
          <Skeleton width={72} />
        ) : (
          <span className="faint">–</span>
        )}
      </p>
    </header>
  )
}
