import { Plus, UserRound } from 'lucide-react'
import { moreOf } from '../api/more.ts'
import { useSession } from '../api/session.tsx'
import { Button } from '../ui/actions/Button.tsx'
import { EmptyState } from '../ui/feedback/EmptyState.tsx'
import { ErrorState } from '../ui/feedback/ErrorState.tsx'
import { SkeletonRows } from '../ui/feedback/Skeleton.tsx'
import type { ColumnOf } from '../ui/lists/columns.ts'
import { Table } from '../ui/lists/Table.tsx'
import { contactWords as words } from '../words/contacts.ts'
import { isNarrowed, sortOf, tableSort, type View } from './ask.ts'
import type { Found } from './contact.ts'
import type { useContacts } from './useContacts.ts'

interface Props {
  view: View
  found: ReturnType<typeof useContacts>
  columns: ColumnOf<Found>[]
  openId: string | undefined
  onOpen: (id: string) => void
  onChange: (part: Partial<View>) => void
  onCreate?: () => void
}

export function ContactsTable({ view, found, columns, openId, onOpen, onChange, onCreate }: Props) {
  const { contacts, error, isPending, isPlaceholderData, refetch } = found
  if (isPending) return <SkeletonRows count={16} />
  if (error && contacts.length === 0) {
    return (
      <ErrorState title={words.failed} onRetry={() => void refetch()}>
        {error.message}
      </ErrorState>
    )
  }
  return (
    <div className="contacts" aria-busy={isPlaceholderData} data-open={openId}>
      <Table
        label={words.table}
        columns={columns}
        rows={contacts}
        rowId={idOf}
        onOpen={({ id }) => onOpen(id)}
        sort={tableSort(view)}
        onSort={(sort) => onChange({ sort: sortOf(sort) })}
        more={moreOf(found)}
        empty={<Nothing view={view} onChange={onChange} {...(onCreate && { onCreate })} />}
      />
    </div>
  )
}

const idOf = ({ id }: Found) => id

/** Nothing found, or nobody there yet: what to do next. */
function Nothing({ view, onChange, onCreate }: Pick<Props, 'view' | 'onChange' | 'onCreate'>) {
  const { location, user } = useSession()
  if (isNarrowed(view)) {
    return (
      <EmptyState
        icon={UserRound}
        title={words.noMatch}
        action={<Button onPress={() => onChange({ query: '', tags: [], owners: [] })}>{words.clear}</Button>}
      >
        {words.noMatchHelp}
      </EmptyState>
    )
  }
  // Others may have contacts.
  const isOfOwn = user.onlyAssigned
  if (!onCreate) {
    return (
      <EmptyState icon={UserRound} title={isOfOwn ? words.emptyOwn : words.empty}>
        {isOfOwn ? words.emptyOwnHelp : words.emptyReadonly}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={UserRound}
      title={isOfOwn ? words.emptyOwn : words.empty}
      action={
        <Button icon={Plus} onPress={onCreate}>
          {words.create}
        </Button>
      }
      {...(!isOfOwn && { command: commandFor(location.id) })}
    >
      {isOfOwn ? words.emptyOwnHelp : words.emptyHelp}
    </EmptyState>
  )
}

const commandFor = (locationId: string) =>
  `curl ${window.location.origin}/contacts/ \\
  -H 'Authorization: Bearer pit-…' \\
  -H 'Version: v3' \\
  -H 'Content-Type: application/json' \\
  -d '{
    "locationId": "${locationId}",
    "firstName": "Ada",
    "lastName": "Lovelace",
    "email": "ada@example.com"
  }'`
