import type { Static } from '@sinclair/typebox'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { HistoryReply } from '../../../src/api/console/historyWire.ts'
import { get } from '../../api/client.ts'
import { askAnew } from '../../api/live/askAnew.ts'
import { useLive } from '../../api/live/live.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { ErrorState } from '../../ui/feedback/ErrorState.tsx'
import { Loading, Skeleton } from '../../ui/feedback/Skeleton.tsx'
import { recordWords as words } from '../../words/records.ts'
import { Part } from '../Part.tsx'
import { HappeningItem } from './HappeningItem.tsx'
import type { Happening } from './happening.ts'
import './timeline.css'

interface Props {
  record: 'opportunity' | 'contact'
  recordId: string
  /** Whose notes and tasks belong to it. */
  contactId: string
}

/** Everything that ever happened to a record, newest first: who, when, before and after. */
export function Timeline(props: Props) {
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useHistory(props)
  const events = data?.pages.flatMap(({ events }) => events) ?? []
  return (
    <Part title={words.history}>
      {isPending ? (
        <Loading className="timeline-skeleton">
          <Skeleton width="70%" />
          <Skeleton width="52%" />
          <Skeleton width="61%" />
        </Loading>
      ) : error ? (
        <ErrorState title={words.historyFailed} onRetry={() => void refetch()}>
          {error.message}
        </ErrorState>
      ) : (
        <>
          {events.length === 0 && <p className="soft">{words.noHistory}</p>}
          <ol className="timeline">
            {events.map((happening, at) => (
              <HappeningItem
                key={`${happening.seq} ${happening.record}`}
                happening={happening}
                isReturn={wasGone(events, at)}
              />
            ))}
          </ol>
          {hasNextPage && (
            <Button isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
              {words.earlier}
            </Button>
          )}
        </>
      )}
    </Part>
  )
}

function useHistory({ record, recordId, contactId }: Props) {
  const queryKey = ['history', record, recordId]
  useLive('*', (changes) => {
    if (changes.some((change) => change.recordId === recordId || change.contactId === contactId)) {
      void askAnew({ queryKey })
    }
  })
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      get<Static<typeof HistoryReply>>('/console/history', { record, recordId, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

/** What is created after it was deleted came back out of the bin. */
function wasGone(events: Happening[], at: number): boolean {
  const { record, recordId } = events[at] as Happening
  const before = events.slice(at + 1).find((one) => one.record === record && one.recordId === recordId)
  return before?.types.some((type) => type.endsWith('Delete')) ?? false
}
