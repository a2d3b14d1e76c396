import { Plus, Workflow as WorkflowIcon } from 'lucide-react'
import { Suspense, useMemo, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { useMay } from '../api/session.tsx'
import { useCommands } from '../page/commands.ts'
import { later } from '../page/later.ts'
import { Page } from '../page/Page.tsx'
import { useShortcut } from '../page/shortcuts.ts'
import { useOpenNew } from '../page/useOpenNew.ts'
import { Button, IconButton } from '../ui/actions/Button.tsx'
import { EmptyState } from '../ui/feedback/EmptyState.tsx'
import { ErrorState } from '../ui/feedback/ErrorState.tsx'
import { SkeletonRows } from '../ui/feedback/Skeleton.tsx'
import { SearchField } from '../ui/fields/SearchField.tsx'
import { Table } from '../ui/lists/Table.tsx'
import { useMedia } from '../ui/marks/useMedia.ts'
import { automationWords as words } from '../words/automations.ts'
import { useTriggerTypes, useWorkflows } from './ask.ts'
import { workflowColumns } from './columns.tsx'
import { useWorkflowActions } from './useWorkflowActions.tsx'
import type { Listed } from './wire.ts'

const CreateDialog = later(async () => ({ default: (await import('./CreateDialog.tsx')).CreateDialog }))

/** Every workflow, whether it is at work, and how its runs stand. */
export function WorkflowList() {
  const { data: workflows, error, refetch } = useWorkflows()
  const [query, setQuery] = useState('')
  const [isCreating, setCreating] = useOpenNew()
  const [, navigate] = useLocation()
  const mayChange = useMay()('workflows.write')
  const isNarrow = useMedia('(width < 640px)')
  const create = () => setCreating(true)
  const open = ({ id }: Listed) => navigate(`/automations/${id}`)
  const { questions, ...actions } = useWorkflowActions()
  const room = { isNarrow: useMedia('(width < 800px)'), isTight: useMedia('(width < 1200px)') }
  const columns = useColumnsOf({ ...actions, ...room, mayChange })
  const found = useMemo(() => workflows?.filter(({ name }) => fold(name).includes(fold(query))), [workflows, query])
  useShortcut('n', words.create, create, mayChange)
  useCommands(
    'automations',
    useMemo(
      () =>
        mayChange
          ? [{ id: 'create workflow', label: words.create, icon: Plus, keys: 'n', run: () => setCreating(true) }]
          : [],
      [mayChange, setCreating],
    ),
  )

  return (
    <Page
      title={words.title}
      layout="filled"
      actions={
        <>
          {workflows && workflows.length > 5 && (
            <SearchField label={words.search} value={query} onChange={setQuery} maxLength={75} />
          )}
          {mayChange && <CreateButton isNarrow={isNarrow} onPress={create} />}
        </>
      }
    >
      {found ? (
        <div className="automations">
          <Table
            label={words.table}
            columns={columns}
            rows={found}
            rowId={idOf}
            onOpen={open}
            empty={
              query ? <NoMatch onClear={() => setQuery('')} /> : <None onCreate={mayChange ? create : undefined} />
            }
          />
        </div>
      ) : error ? (
        <ErrorState title={words.failed} onRetry={() => void refetch()}>
          {error.message}
        </ErrorState>
      ) : (
        <SkeletonRows />
      )}
      {questions}
      <Suspense>
        {isCreating && (
          <CreateDialog onClose={() => setCreating(false)} onCreated={(id) => navigate(`/automations/${id}`)} />
        )}
      </Suspense>
    </Page>
  )
}

const idOf = ({ id }: Listed) => id
const fold = (text: string) => text.trim().toLowerCase()

/** The same columns each time, so that rows are drawn anew only for what has changed. */
function useColumnsOf({
  move,
  groups,
  pendingId,
  mayChange,
  isNarrow,
  isTight,
}: Omit<Parameters<typeof workflowColumns>[0], 'titles'>) {
  const types = useTriggerTypes()
  const latest = useRef({ move, groups })
  latest.current = { move, groups }
  return useMemo(
    () =>
      workflowColumns({
        mayChange,
        isNarrow,
        isTight,
        pendingId,
        titles: new Map(types?.map(({ type, title }) => [type, title])),
        move: (to, subject) => latest.current.move(to, subject),
        groups: (subject) => latest.current.groups(subject),
      }),
    [types, mayChange, isNarrow, isTight, pendingId],
  )
}

function CreateButton({ isNarrow, onPress }: { isNarrow: boolean; onPress: () => void }) {
  if (isNarrow) return <IconButton look="primary" icon={Plus} label={words.create} onPress={onPress} />
  return (
    <Button look="primary" icon={Plus} onPress={onPress}>
      {words.create}
    </Button>
  )
}

const None = ({ onCreate }: { onCreate: (() => void) | undefined }) => (
  <EmptyState
    icon={WorkflowIcon}
    title={words.none}
    action={
      onCreate && (
        <Button icon={Plus} onPress={onCreate}>
          {words.create}
        </Button>
      )
    }
  >
    {onCreate ? words.noneHelp : words.noneReadonly}
  </EmptyState>
)

const NoMatch = ({ onClear }: { onClear: () => void }) => (
  <EmptyState icon={WorkflowIcon} title={words.noMatch} action={<Button onPress={onClear}>{words.clear}</Button>}>
    {words.noMatchHelp}
  </EmptyState>
)
