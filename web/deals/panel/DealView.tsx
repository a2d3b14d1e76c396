import { isRefusal } from '../../api/errors.ts'
import { useMay } from '../../api/session.tsx'
import { Timeline } from '../../records/history/Timeline.tsx'
import { Notes } from '../../records/notes/Notes.tsx'
import { CustomFields } from '../../records/properties/CustomFields.tsx'
import { NameProperty } from '../../records/properties/NameProperty.tsx'
import { RecordSkeleton } from '../../records/RecordSkeleton.tsx'
import { Tasks } from '../../records/tasks/Tasks.tsx'
import { ErrorState } from '../../ui/feedback/ErrorState.tsx'
import { dealWords as words } from '../../words/deals.ts'
import type { Deal } from '../deal.ts'
import { foreseeTyped } from '../foreseen.ts'
import { saveDeal, useDeal } from '../useDeal.ts'
import { ContactPart } from './ContactPart.tsx'
import { DealFacts } from './DealFacts.tsx'
import { Gone } from './Gone.tsx'
import { StagePath } from './StagePath.tsx'
import { StatusRow } from './StatusRow.tsx'
import './deal.css'

/** All of a deal: in a panel one below the other, on a wide page in two columns. */
export function DealView({ id }: { id: string }) {
  const { data: deal, error, refetch } = useDeal(id)
  if (isRefusal(error, 404)) return <Gone id={id} />
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
          foresee={(name) => foreseeTyped(id, { name })}
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
