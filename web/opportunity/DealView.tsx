import { useQueryClient } from '@tanstack/react-query'
import { Handshake } from 'lucide-react'
import { isRefusal } from '../api/errors.ts'
import { useMay, useSession } from '../api/session.tsx'
import { CustomFields } from '../records/CustomFields.tsx'
import { NameProperty } from '../records/NameProperty.tsx'
import { Notes } from '../records/Notes.tsx'
import { RecordSkeleton } from '../records/RecordSkeleton.tsx'
import { Tasks } from '../records/Tasks.tsx'
import { Timeline } from '../records/Timeline.tsx'
import { Button } from '../ui/actions/Button.tsx'
import { EmptyState } from '../ui/feedback/EmptyState.tsx'
import { ErrorState } from '../ui/feedback/ErrorState.tsx'
import { dealWords as words } from '../words/opportunity.ts'
import { ContactPart } from './ContactPart.tsx'
import { DealFacts } from './DealFacts.tsx'
import { type Deal, dealKey } from './deal.ts'
import { StagePath } from './StagePath.tsx'
import { StatusRow } from './StatusRow.tsx'
import { saveDeal, useDeal } from './useDeal.ts'
import { useRestore } from './useDealChanges.ts'
import './opportunity.css'

/** All of a deal: in a panel one below the other, on a wide page in two columns. */
export function DealView({ id }: { id: string }) {
  const { data: deal, error, refetch } = useDeal(id)
  if (isRefusal(error, 404)) return <Gone id={id} name={deal?.name} />
  if (deal) return <DealArticle deal={deal} />
  if (!error) return <RecordSkeleton />
  return (
    <ErrorState title={words.failed} onRetry={() => void refetch()} isForbidden={isRefusal(error, 403)}>
      {error.message}
    </ErrorState>
  )
}

function DealArticle({ deal }: { deal: Deal }) {
  const mayWrite = useMay()('opportunities.write')
  const { id, contactId } = deal
  return (
    <article className="deal record">
      <header className="deal-head">
        <NameProperty
          label={words.name}
          name={`deal.${id}.name`}
          value={deal.name}
          save={(name) => saveDeal(id, { name })}
          isReadOnly={!mayWrite}
        />
        <StatusRow deal={deal} />
        <StagePath deal={deal} />
      </header>
      <div className="record-columns">
        <div className="record-facts">
          <DealFacts deal={deal} />
          <ContactPart deal={deal} />
          <CustomFields
            model="opportunity"
            recordId={id}
            values={deal.customFields.map(({ id, fieldValue }) => ({ id, value: fieldValue }))}
            save={(fieldId, fieldValue) => saveDeal(id, { customFields: [{ id: fieldId, fieldValue }] })}
            isReadOnly={!mayWrite}
          />
        </div>
        <div className="record-happenings">
          <Tasks contactId={contactId} />
          <Notes contactId={contactId} />
          <Timeline record="opportunity" recordId={id} contactId={contactId} />
        </div>
      </div>
    </article>
  )
}

/** Deleted, or never there. Whoever may bring it back can do so here. */
function Gone({ id, name }: { id: string; name: string | undefined }) {
  const { user } = useSession()
  const mayRestore = useMay()('opportunities.write') && !user.onlyAssigned
  const client = useQueryClient()
  const restore = useRestore()
  return (
    <EmptyState
      icon={Handshake}
      title={words.gone}
      action={
        mayRestore && (
          <Button
            isPending={restore.isPending}
            onPress={() =>
              restore.mutate(
                { id, name: name ?? words.page },
                { onSuccess: () => void client.invalidateQueries({ queryKey: dealKey(id) }) },
              )
            }
          >
            {words.restore}
          </Button>
        )
      }
    >
      {user.onlyAssigned ? words.goneOwnHelp : words.goneHelp}
    </EmptyState>
  )
}
