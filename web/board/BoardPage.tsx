import { useQueryClient } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import { Suspense, useMemo, useState } from 'react'
import { type Pipeline, usePipelines } from '../api/lookups.ts'
import { useMay, useSession } from '../api/session.tsx'
import { FilterChips } from '../filters/FilterChips.tsx'
import type { Filters } from '../filters/filters.ts'
import { useFilters } from '../filters/useFilters.ts'
import { useSearchText } from '../filters/useSearchText.ts'
import { ViewsMenu } from '../filters/ViewsMenu.tsx'
import { useCommands } from '../page/commands.ts'
import { later } from '../page/later.ts'
import { Page } from '../page/Page.tsx'
import { useShortcut } from '../page/shortcuts.ts'
import { useOpenNew } from '../page/useOpenNew.ts'
import { Button, IconButton } from '../ui/actions/Button.tsx'
import { ErrorState } from '../ui/feedback/ErrorState.tsx'
import { SearchField } from '../ui/fields/SearchField.tsx'
import { useMedia } from '../ui/marks/useMedia.ts'
import { boardWords as words } from '../words/board.ts'
import { filterWords } from '../words/filters.ts'
import { newDealWords } from '../words/newDeal.ts'
import { BoardSkeleton } from './BoardSkeleton.tsx'
import { createDeck } from './deck/deck.ts'
import { useTotals } from './deck/useTotals.ts'
import { LiveBoard } from './LiveBoard.tsx'
import { NoPipeline, PipelineGone } from './nothing.tsx'
import { PipelinePicker, remember, remembered } from './PipelinePicker.tsx'
import './board.css'

const CreateDialog = later(async () => ({ default: (await import('../deals/create/CreateDialog.tsx')).CreateDialog }))
const BinDialog = later(async () => ({ default: (await import('./BinDialog.tsx')).BinDialog }))

/** The pipeline of the URL, or else the one that was looked at last, or else the first. */
export function BoardPage() {
  const { data: pipelines, error, refetch } = usePipelines()
  const [asked, change] = useFilters()
  const wanted = asked.pipelineId ?? remembered()
  const found = pipelines?.find(({ id }) => id === wanted)
  const pipeline = found ?? (asked.pipelineId ? undefined : pipelines?.[0])
  const filters = useMemo(() => ({ ...asked, stages: [], pipelineId: pipeline?.id ?? null }), [asked, pipeline?.id])
  const totals = useTotals(filters)
  const [search, setSearch] = useSearchText(filters.query, change)
  const mayWrite = useMay()('opportunities.write')
  const [isCreating, setCreating] = useOpenNew()
  const [isBinOpen, setBinOpen] = useState(false)
  const canCreate = mayWrite && pipeline !== undefined
  const isPending = !pipelines && !error
  // Without a pipeline there is nothing to look for.
  const hasPipeline = pipelines?.length !== 0
  const create = () => setCreating(true)
  useShortcut('n', newDealWords.create, create, canCreate)
  useCommands(
    'board',
    useMemo(() => (canCreate ? commandsOf(setCreating, setBinOpen) : []), [canCreate, setCreating]),
  )

  return (
    <Page
      title={words.title}
      layout="filled"
      heading={
        <PipelinePicker
          pipelines={pipelines}
          chosen={pipeline}
          isPending={isPending}
          onChoose={(id) => {
            remember(id)
            change({ pipelineId: id, stages: [] })
          }}
        />
      }
      actions={
        <>
          {hasPipeline && (
            <>
              <SearchField label={filterWords.search} value={search} onChange={setSearch} maxLength={75} />
              <ViewsMenu filters={filters} onChange={change} />
            </>
          )}
          {mayWrite && <IconButton icon={Trash2} label={words.bin} look="quiet" onPress={() => setBinOpen(true)} />}
          {(canCreate || (mayWrite && isPending)) && <CreateButton onPress={create} isDisabled={isPending} />}
        </>
      }
      chips={hasPipeline && <FilterChips filters={filters} onChange={change} counts={countsOf(totals)} />}
    >
      {error && !pipelines ? (
        <ErrorState title={words.failed} onRetry={() => void refetch()}>
          {error.message}
        </ErrorState>
      ) : !pipelines ? (
        <BoardSkeleton />
      ) : pipelines.length === 0 ? (
        <NoPipeline />
      ) : !pipeline ? (
        <PipelineGone />
      ) : (
        <OneBoard key={pipeline.id} pipeline={pipeline} filters={filters} onCreate={canCreate ? create : undefined} />
      )}
      <Suspense>
        {isCreating && pipeline && <CreateDialog pipeline={pipeline} onClose={() => setCreating(false)} />}
      </Suspense>
      <Suspense>{isBinOpen && <BinDialog pipelines={pipelines ?? []} onClose={() => setBinOpen(false)} />}</Suspense>
    </Page>
  )
}

/** On a phone the name of the pipeline needs the room. */
function CreateButton(props: { onPress: () => void; isDisabled: boolean }) {
  const isNarrow = useMedia('(width < 640px)')
  if (isNarrow) return <IconButton look="primary" icon={Plus} label={newDealWords.create} {...props} />
  return (
    <Button look="primary" icon={Plus} {...props}>
      {newDealWords.create}
    </Button>
  )
}

interface OneProps {
  pipeline: Pipeline
  filters: Filters
  onCreate: (() => void) | undefined
}

/** One deck for as long as the filters stay. */
function OneBoard({ pipeline, filters, onCreate }: OneProps) {
  const client = useQueryClient()
  const { location } = useSession()
  const deck = useMemo(() => createDeck(client, location.id, filters), [client, location.id, filters])
  return <LiveBoard pipeline={pipeline} filters={filters} deck={deck} onCreate={onCreate} />
}

function countsOf(totals: ReturnType<typeof useTotals>) {
  if (!totals) return {}
  const counts = Object.fromEntries(totals.statuses.map(({ status, count }) => [status, count]))
  return { ...counts, all: totals.statuses.reduce((sum, { count }) => sum + count, 0) }
}

type Show = (isShown: boolean) => void

const commandsOf = (create: Show, bin: Show) => [
  { id: 'board create', label: newDealWords.create, icon: Plus, keys: 'n', run: () => create(true) },
  { id: 'board bin', label: words.bin, icon: Trash2, run: () => bin(true) },
]
