import { Pause, Play, SearchX, SquareTerminal } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useSearchParams } from 'wouter'
import { moreOf } from '../api/more.ts'
import { useSession } from '../api/session.tsx'
import { Page } from '../page/Page.tsx'
import { Button, IconButton } from '../ui/actions/Button.tsx'
import { EmptyState } from '../ui/feedback/EmptyState.tsx'
import { ErrorState } from '../ui/feedback/ErrorState.tsx'
import { SkeletonRows } from '../ui/feedback/Skeleton.tsx'
import { SearchField } from '../ui/fields/SearchField.tsx'
import { Table } from '../ui/lists/Table.tsx'
import { developerWords as words } from '../words/developer.ts'
import { pageNames } from '../words/pages.ts'
import { useRequestColumns } from './columns.tsx'
import { RequestChips } from './RequestChips.tsx'
import { RequestPanel } from './RequestPanel.tsx'
import { pipelinesCommand } from './snippets.ts'
import { type Asked, noSearch, readSearch, type Search, useRequests, writeSearch } from './useRequests.ts'
import { useTyped } from './useTyped.ts'

const idOf = ({ traceId }: Asked) => traceId

/** The request log, as it grows. Its filters and the request that is open stand in the URL. */
export function RequestsPage({ parts }: { parts: ReactNode }) {
  const [params, setParams] = useSearchParams()
  const [isFollowing, follow] = useState(true)
  const search = readSearch(params)
  const opened = params.get('request')
  const change = (part: Partial<Search>) =>
    setParams((before) => writeSearch({ ...readSearch(before), ...part }, before), { replace: 'path' in part })
  const open = (traceId: string | null) =>
    setParams((before) => withRequest(before, traceId), { replace: opened !== null && traceId !== null })
  const found = useRequests(search, isFollowing)
  const [typed, type] = useTyped(search.path, (path) => change({ path }))

  return (
    <Page
      title={pageNames.developer}
      layout="filled"
      actions={
        <>
          <SearchField label={words.search} value={typed} onChange={type} />
          {parts}
        </>
      }
      chips={
        <>
          <RequestChips search={search} onChange={change} />
          <Follow isFollowing={isFollowing} onChange={follow} />
        </>
      }
    >
      <div className="requests">
        <Found found={found} search={search} onOpen={open} onClear={() => change(noSearch)} />
      </div>
      {opened && (
        <RequestPanel traceId={opened} ids={found.requests?.map(idOf) ?? []} onStep={open} onClose={() => open(null)} />
      )}
    </Page>
  )
}

function withRequest(before: URLSearchParams, traceId: string | null): URLSearchParams {
  const after = new URLSearchParams(before)
  if (traceId) after.set('request', traceId)
  else after.delete('request')
  return after
}

const Follow = ({ isFollowing, onChange }: { isFollowing: boolean; onChange: (isFollowing: boolean) => void }) => (
  <span className="requests-follow">
    {!isFollowing && (
      <span className="faint small" role="status">
        {words.held}
      </span>
    )}
    <IconButton
      icon={isFollowing ? Pause : Play}
      label={isFollowing ? words.hold : words.follow}
      onPress={() => onChange(!isFollowing)}
    />
  </span>
)

interface FoundProps {
  found: ReturnType<typeof useRequests>
  search: Search
  onOpen: (traceId: string) => void
  onClear: () => void
}

function Found({ found, search, onOpen, onClear }: FoundProps) {
  const columns = useRequestColumns()
  const { requests, error, refetch } = found
  if (requests) {
    return (
      <Table
        label={words.requests}
        columns={columns}
        rows={requests}
        rowId={idOf}
        onOpen={(asked) => onOpen(idOf(asked))}
        more={moreOf(found)}
        empty={Object.values(search).some(Boolean) ? <NothingFound onClear={onClear} /> : <Nothing />}
      />
    )
  }
  if (!error) return <SkeletonRows />
  return (
    <ErrorState title={words.failed} onRetry={() => void refetch()}>
      {error.message}
    </ErrorState>
  )
}

function Nothing() {
  const { location: business } = useSession()
  return (
    <EmptyState icon={SquareTerminal} title={words.none} command={pipelinesCommand(location.origin, business.id)}>
      {words.noneHelp}
    </EmptyState>
  )
}

const NothingFound = ({ onClear }: { onClear: () => void }) => (
  <EmptyState icon={SearchX} title={words.noneFound} action={<Button onPress={onClear}>{words.clear}</Button>}>
    {words.noneFoundHelp}
  </EmptyState>
)
