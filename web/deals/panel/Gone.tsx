import type { Static } from '@sinclair/typebox'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Handshake } from 'lucide-react'
import type { HistoryReply } from '../../../src/api/console/historyWire.ts'
import { get } from '../../api/client.ts'
import { useMay, useSession } from '../../api/session.tsx'
import { RecordSkeleton } from '../../records/RecordSkeleton.tsx'
import { Button } from '../../ui/actions/Button.tsx'
import { EmptyState } from '../../ui/feedback/EmptyState.tsx'
import { Time } from '../../ui/marks/Time.tsx'
import { dealWords as words } from '../../words/deals.ts'
import { dealKey } from '../deal.ts'
import { useRestore } from '../useDealChanges.ts'

/** Deleted, or never there. Whoever may bring it back can do so here. */
export function Gone({ id }: { id: string }) {
  const { user } = useSession()
  const { deletion, isPending } = useDeletion(id)
  const mayRestore = useMay()('opportunities.write') && !user.onlyAssigned
  const client = useQueryClient()
  const restore = useRestore()
  if (isPending) return <RecordSkeleton />
  if (!deletion) {
    return (
      <EmptyState icon={Handshake} title={words.gone}>
        {user.onlyAssigned ? words.goneOwnHelp : words.goneHelp}
      </EmptyState>
    )
  }
  const bringBack = () =>
    restore.mutate(
      { id, name: deletion.name },
      { onSuccess: () => void client.invalidateQueries({ queryKey: dealKey(id) }) },
    )
  return (
    <EmptyState
      icon={Handshake}
      title={words.wasDeleted(deletion.name)}
      action={
        mayRestore && (
          <Button isPending={restore.isPending} onPress={bringBack}>
            {words.restore}
          </Button>
        )
      }
    >
      <Time at={deletion.at} />
      {deletion.by !== null && `, ${words.wasDeletedBy(deletion.by)}`}
    </EmptyState>
  )
}

/** When a deal was deleted, by whom, and what it was called; no deletion where nothing is known of one. */
function useDeletion(id: string) {
  const { data, isPending } = useQuery({
    queryKey: ['deletion', id],
    queryFn: ({ signal }) => {
      const asked = { record: 'opportunity', recordId: id, limit: 1 }
      return get<Static<typeof HistoryReply>>('/console/history', asked, signal)
    },
    staleTime: 0,
    retry: false,
  })
  const last = data?.events[0]
  if (!last?.types.includes('OpportunityDelete')) return { isPending, deletion: undefined }
  const name = last.changes.find(({ field }) => field === 'name')?.before
  const called = typeof name === 'string' && name !== '' ? name : words.page
  return { isPending, deletion: { at: last.at, by: last.caller.name, name: called } }
}
