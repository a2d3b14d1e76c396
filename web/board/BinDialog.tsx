import type { Static } from '@sinclair/typebox'
import { useInfiniteQuery } from '@tanstack/react-query'
import { RotateCcw, Trash2 } from 'lucide-react'
import type { BinReply } from '../../src/api/console/binWire.ts'
import { useChange } from '../api/change.ts'
import { get, post } from '../api/client.ts'
import { useRefetch } from '../api/live/live.ts'
import type { Pipeline } from '../api/lookups.ts'
import { Button } from '../ui/actions/Button.tsx'
import { EmptyState } from '../ui/feedback/EmptyState.tsx'
import { ErrorState } from '../ui/feedback/ErrorState.tsx'
import { SkeletonRows } from '../ui/feedback/Skeleton.tsx'
import { Money } from '../ui/marks/Money.tsx'
import { Time } from '../ui/marks/Time.tsx'
import { Dialog } from '../ui/overlays/Dialog.tsx'
import { boardWords as words } from '../words/board.ts'
import { ui } from '../words/ui.ts'
import './bin.css'

type Reply = Static<typeof BinReply>
type Entry = Reply['opportunities'][number]

/** Deleted deals, the last one first. */
export function BinDialog({ pipelines, onClose }: { pipelines: Pipeline[]; onClose: () => void }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['bin'],
    queryFn: ({ pageParam, signal }) => get<Reply>('/console/bin', { limit: 50, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 0,
  })
  useRefetch('opportunity', ['bin'])
  const restore = useChange<Entry>({
    run: ({ id }) => post(`/console/bin/${id}/restore`),
    says: ({ name }) => words.restored(name),
    refused: ({ name }) => words.notRestored(name),
    refetch: [['bin']],
  })
  const entries = data?.pages.flatMap(({ opportunities }) => opportunities)
  const stageOf = ({ pipelineId, pipelineStageId }: Entry) => {
    const pipeline = pipelines.find(({ id }) => id === pipelineId)
    const stage = pipeline?.stages.find(({ id }) => id === pipelineStageId)
    return [pipeline?.name, stage?.name].filter(Boolean).join(' · ')
  }
  return (
    <Dialog title={words.binTitle} size="middle" onClose={onClose}>
      {error && !entries ? (
        <ErrorState title={words.binFailed} onRetry={() => void refetch()}>
          {error.message}
        </ErrorState>
      ) : !entries ? (
        <SkeletonRows count={4} />
      ) : entries.length === 0 ? (
        <EmptyState icon={Trash2} title={words.binEmpty}>
          {words.binEmptyHelp}
        </EmptyState>
      ) : (
        <>
          <p className="soft">{words.binHelp}</p>
          <ul className="bin">
            {entries.map((entry) => (
              <li key={entry.id} className="bin-entry">
                <div className="bin-words">
                  <span className="bin-name one-line">{entry.name}</span>
                  <span className="soft small one-line">
                    {[entry.contact.name, stageOf(entry)].filter(Boolean).join(' · ')}
                  </span>
                  <span className="faint small one-line">
                    <Time at={entry.deletedAt} />
                    {entry.deletedBy?.name && `, ${words.deletedBy(entry.deletedBy.name)}`}
                  </span>
                </div>
                <Money amount={entry.monetaryValue} />
                <Button
                  icon={RotateCcw}
                  aria-label={words.restoreOf(entry.name)}
                  isPending={restore.isPending && restore.variables.id === entry.id}
                  onPress={() => restore.mutate(entry)}
                >
                  {words.restore}
                </Button>
              </li>
            ))}
          </ul>
          {hasNextPage && (
            <Button isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
              {ui.loadMore}
            </Button>
          )}
        </>
      )}
    </Dialog>
  )
}
