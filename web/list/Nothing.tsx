import { Inbox, ListFilter, Upload } from 'lucide-react'
import { areSet, type Filters, noFilters } from '../filters/filters.ts'
import type { ChangeFilters } from '../filters/useFilters.ts'
import { Button } from '../ui/actions/Button.tsx'
import { EmptyState } from '../ui/feedback/EmptyState.tsx'
import { listWords as words } from '../words/list.ts'

interface Props {
  filters: Filters
  onFilter: ChangeFilters
  onImport: (() => void) | undefined
}

/** An empty list says what to do: to look elsewhere, or to bring the first deals. */
export function Nothing({ filters, onFilter, onImport }: Props) {
  if (areSet(filters) || filters.pipelineId) {
    const clear = () => onFilter({ ...noFilters, pipelineId: null, query: '', status: 'all' })
    return (
      <EmptyState icon={ListFilter} title={words.noMatch} action={<Button onPress={clear}>{words.clear}</Button>}>
        {words.noMatchHelp}
      </EmptyState>
    )
  }
  if (filters.status !== 'all') {
    return (
      <EmptyState
        icon={ListFilter}
        title={words.noneOf[filters.status]}
        action={<Button onPress={() => onFilter({ status: 'all' })}>{words.showAll}</Button>}
      >
        {words.noneOfHelp}
      </EmptyState>
    )
  }
  if (!onImport) {
    return (
      <EmptyState icon={Inbox} title={words.none}>
        {words.noneReadonly}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={Inbox}
      title={words.none}
      action={
        <Button icon={Upload} onPress={onImport}>
          {words.import}
        </Button>
      }
      command={curl()}
    >
      {words.noneHelp}
    </EmptyState>
  )
}

const curl = () =>
  `curl ${location.origin}/console/opportunities/import \\
  -H 'Authorization: Bearer pit-…' \\
  -H 'Content-Type: text/csv' \\
  --data-binary @deals.csv`
