import { History } from 'lucide-react'
import { Suspense } from 'react'
import { useSearchParams } from 'wouter'
import { moreOf } from '../../api/more.ts'
import { later } from '../../page/later.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { EmptyState } from '../../ui/feedback/EmptyState.tsx'
import { ErrorState } from '../../ui/feedback/ErrorState.tsx'
import { SkeletonRows } from '../../ui/feedback/Skeleton.tsx'
import { Table } from '../../ui/lists/Table.tsx'
import { useMedia } from '../../ui/marks/useMedia.ts'
import { runWords as words } from '../../words/automations.ts'
import { useRuns } from '../ask.ts'
import type { Run, State } from '../wire.ts'
import { narrowColumns, runColumns } from './columns.tsx'
import { useRunState } from './RunStateChip.tsx'

const RunPanel = later(async () => ({ default: (await import('./RunPanel.tsx')).RunPanel }))

/** The runs of a workflow, newest first; the one of the URL open beside them. */
export function RunList({ workflowId, workflowState }: { workflowId: string; workflowState: State }) {
  const [state, choose] = useRunState()
  const [params, setParams] = useSearchParams()
  const found = useRuns(workflowId, state)
  const isNarrow = useMedia('(width < 640px)')
  const rows = found.data?.pages.flatMap(({ runs }) => runs) ?? []
  const openId = params.get('run')
  const open = (id: string | null) =>
    setParams((before) => set(before, 'run', id), { replace: openId !== null && id !== null })

  return (
    <>
      {found.isPending ? (
        <SkeletonRows />
      ) : found.error && rows.length === 0 ? (
        <ErrorState title={words.failed} onRetry={() => void found.refetch()}>
          {found.error.message}
        </ErrorState>
      ) : (
        <div className="automations">
          <Table
            label={words.table}
            columns={isNarrow ? narrowColumns : runColumns}
            rows={rows}
            rowId={idOf}
            onOpen={({ id }) => open(id)}
            more={moreOf(found)}
            empty={<NoRuns state={state} isDraft={workflowState === 'draft'} onClear={() => choose(null)} />}
          />
        </div>
      )}
      <Suspense>{openId && <RunPanel key={openId} id={openId} onClose={() => open(null)} />}</Suspense>
    </>
  )
}

const idOf = ({ id }: Run) => id

function NoRuns({ state, isDraft, onClear }: { state: Run['state'] | null; isDraft: boolean; onClear: () => void }) {
  if (state === null) {
    return (
      <EmptyState icon={History} title={words.none}>
        {isDraft ? words.noneDraft : words.noneHelp}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={History}
      title={words.noneOf(words.states[state])}
      action={<Button onPress={onClear}>{words.showAll}</Button>}
    >
      {words.noneOfHelp}
    </EmptyState>
  )
}

function set(params: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = new URLSearchParams(params)
  if (value === null) next.delete(name)
  else next.set(name, value)
  return next
}
