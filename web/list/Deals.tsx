import { Suspense, useState } from 'react'
import type { SortDescriptor } from 'react-aria-components'
import { useMay } from '../api/session.tsx'
import type { ChangeFilters } from '../filters/useFilters.ts'
import { later } from '../page/later.ts'
import { ErrorState } from '../ui/feedback/ErrorState.tsx'
import type { ColumnOf } from '../ui/lists/columns.ts'
import { listWords as words } from '../words/list.ts'
import type { View } from './ask.ts'
import type { Wish } from './bulk/actions.ts'
import { BulkActions } from './bulk/BulkActions.tsx'
import type { Question } from './bulk/Questions.tsx'
import { RefusedDialog } from './bulk/RefusedDialog.tsx'
import { type Chosen, useBulk } from './bulk/useBulk.ts'
import { useChoices } from './bulk/useChoices.ts'
import { OpenDealProvider } from './columns.tsx'
import { DealsTable } from './DealsTable.tsx'
import type { Deal } from './deals.ts'
import { nothing, readSelection, useSelection } from './selection.ts'
import type { useDeals } from './useDeals.ts'
import { useOpenDeal } from './useView.ts'

const OpportunityPanel = later(() => import('../deals/panel/OpportunityPanel.tsx'))
const Questions = later(() => import('./bulk/Questions.tsx'))

interface Props {
  view: View
  found: ReturnType<typeof useDeals>
  columns: ColumnOf<Deal>[]
  onSort: (sort: SortDescriptor) => void
  onFilter: ChangeFilters
  onImport: (() => void) | undefined
}

/** The table, what is selected in it and what is done with that, and the deal that is open beside it. */
export function Deals({ found, ...props }: Props) {
  const { view } = props
  const { deals, total = 0, error } = found
  const mayWrite = useMay()('opportunities.write')
  const { openId, open } = useOpenDeal()
  const [selection, setSelection] = useSelection(view.filters)
  const [question, setQuestion] = useState<Question | null>(null)
  const bulk = useBulk(view, found.keeper, setSelection)
  const { chosen, count } = readSelection(selection, deals, total)
  const run = (wish: Wish, chosen: Chosen) => void bulk.run(wish, chosen)
  const choices = useChoices()
  const actions = {
    choices,
    run: (wish: Wish, deal: Deal) => run(wish, [deal]),
    lose: (deal: Deal) => setQuestion({ about: 'lost', chosen: [deal], count: 1 }),
    open: ({ id }: Deal) => open(id),
  }
  /** Several are asked about first; one is taken back as easily. */
  function remove() {
    if (count === 1) run({ action: { action: 'delete' } }, chosen)
    else setQuestion({ about: 'delete', chosen, count })
  }
  function step(by: number) {
    const at = deals.findIndex(({ id }) => id === openId) + by
    const next = deals[at]
    if (next) open(next.id)
    if (at >= deals.length - 2) found.loadMore()
  }

  if (error && deals.length === 0) return <Failed why={error.message} onRetry={() => void found.refetch()} />
  return (
    <OpenDealProvider value={openId}>
      <DealsTable
        {...props}
        found={found}
        actions={mayWrite ? actions : null}
        selection={selection}
        onSelect={setSelection}
        onOpen={actions.open}
      />
      {mayWrite && (
        <BulkActions
          choices={choices}
          count={bulk.progress?.total ?? count}
          progress={bulk.progress}
          onRun={(wish) => run(wish, chosen)}
          onLose={() => setQuestion({ about: 'lost', chosen, count })}
          onDelete={remove}
          onStop={bulk.stop}
          onClear={() => setSelection(nothing)}
        />
      )}
      {bulk.refused && <RefusedDialog {...bulk.refused} onClose={bulk.forget} />}
      <Suspense>{question && <Questions {...question} onRun={run} onClose={() => setQuestion(null)} />}</Suspense>
      <Suspense>{openId && <OpportunityPanel id={openId} onClose={() => open(null)} onStep={step} />}</Suspense>
    </OpenDealProvider>
  )
}

const Failed = ({ why, onRetry }: { why: string; onRetry: () => void }) => (
  <ErrorState title={words.failed} onRetry={onRetry}>
    {why}
  </ErrorState>
)
