import { Columns3, Inbox, Plus, SearchX } from 'lucide-react'
import type { Pipeline } from '../api/lookups.ts'
import { useMay, useSession } from '../api/session.tsx'
import { type Filters, noFilters } from '../filters/filters.ts'
import { useFilters } from '../filters/useFilters.ts'
import { Button, LinkButton } from '../ui/actions/Button.tsx'
import { EmptyState } from '../ui/feedback/EmptyState.tsx'
import { boardWords as words } from '../words/board.ts'
import { filterWords } from '../words/filters.ts'
import { newDealWords } from '../words/newDeal.ts'

export function NoPipeline() {
  const may = useMay()
  return (
    <EmptyState
      icon={Columns3}
      title={words.noPipeline}
      action={
        may('pipelines.create') && (
          <LinkButton look="primary" href="/settings/pipelines">
            {words.toSettings}
          </LinkButton>
        )
      }
    >
      {words.noPipelineHelp}
    </EmptyState>
  )
}

export const PipelineGone = () => (
  <EmptyState icon={Columns3} title={words.gone}>
    {words.goneHelp}
  </EmptyState>
)

interface EmptyProps {
  pipeline: Pipeline
  onCreate: (() => void) | undefined
}

/** Over the columns, whose heads stay: where to begin, here or from a program. */
export function EmptyPipeline({ pipeline, onCreate }: EmptyProps) {
  const { location, user } = useSession()
  // Others may have deals in it.
  const isOfOwn = user.onlyAssigned
  return (
    <div className="board-empty">
      <EmptyState
        icon={Inbox}
        title={isOfOwn ? words.emptyOwn : words.empty}
        action={
          onCreate && (
            <Button icon={Plus} onPress={onCreate}>
              {newDealWords.create}
            </Button>
          )
        }
        {...(onCreate && !isOfOwn && { command: commandFor(location.id, pipeline) })}
      >
        {isOfOwn ? words.emptyOwnHelp : onCreate ? words.emptyHelp : words.emptyReadonly}
      </EmptyState>
    </div>
  )
}

const commandFor = (locationId: string, { id }: Pipeline) =>
  `curl ${window.location.origin}/opportunities/ \\
  -H 'Authorization: Bearer pit-…' \\
  -H 'Version: v3' \\
  -H 'Content-Type: application/json' \\
  -d '{
    "locationId": "${locationId}",
    "pipelineId": "${id}",
    "contactId": "…",
    "name": "${newDealWords.namePlaceholder}",
    "status": "open",
    "monetaryValue": 4800
  }'`

export function NoMatch({ filters }: { filters: Filters }) {
  const [, change] = useFilters()
  const isNarrow = filters.query !== '' || JSON.stringify({ ...filters, ...noFilters }) !== JSON.stringify(filters)
  return (
    <div className="board-empty">
      <EmptyState
        icon={SearchX}
        title={words.noMatch}
        action={
          <Button onPress={() => change(isNarrow ? { ...noFilters, query: '' } : { status: 'all' })}>
            {isNarrow ? filterWords.clear : words.showAll}
          </Button>
        }
      >
        {words.noMatchHelp}
      </EmptyState>
    </div>
  )
}
