import { ArrowLeft, ArrowRight, UserRound } from 'lucide-react'
import { isRefusal } from '../api/errors.ts'
import { useMay, useSession } from '../api/session.tsx'
import { useShortcut } from '../page/shortcuts.ts'
import { Timeline } from '../records/history/Timeline.tsx'
import { Notes } from '../records/notes/Notes.tsx'
import { CustomFields } from '../records/properties/CustomFields.tsx'
import { RecordSkeleton } from '../records/RecordSkeleton.tsx'
import { Tasks } from '../records/tasks/Tasks.tsx'
import { IconButton } from '../ui/actions/Button.tsx'
import { EmptyState } from '../ui/feedback/EmptyState.tsx'
import { ErrorState } from '../ui/feedback/ErrorState.tsx'
import { Avatar } from '../ui/marks/Avatar.tsx'
import { Panel } from '../ui/overlays/Panel.tsx'
import { contactWords as words } from '../words/contacts.ts'
import { ContactDeals } from './ContactDeals.tsx'
import { ContactFacts } from './ContactFacts.tsx'
import { ContactMenu } from './ContactMenu.tsx'
import { type Contact, nameOf } from './contact.ts'
import { TagEditor } from './TagEditor.tsx'
import { saveContact, useContact } from './useContact.ts'

interface Props {
  id: string
  onClose: () => void
  /** Leads to the contact before or after it in the list. */
  onStep: (by: 1 | -1) => void
}

/** A contact over the list: what is known of it, its deals, what is to be done, what happened. */
export function ContactPanel({ id, onClose, onStep }: Props) {
  const { data: contact, error, refetch } = useContact(id)
  const { user } = useSession()
  useShortcut('ArrowLeft', words.previous, () => onStep(-1))
  useShortcut('ArrowRight', words.next, () => onStep(1))
  return (
    <Panel
      title={<span className="soft contact-kind">{words.contact}</span>}
      label={contact ? words.panel(nameOf(contact)) : words.contact}
      onClose={onClose}
      actions={
        <>
          <IconButton icon={ArrowLeft} label={words.previous} shortcut="ArrowLeft" onPress={() => onStep(-1)} />
          <IconButton icon={ArrowRight} label={words.next} shortcut="ArrowRight" onPress={() => onStep(1)} />
          {contact && <ContactMenu contact={contact} onDeleted={onClose} />}
        </>
      }
    >
      {isRefusal(error, 404) ? (
        <EmptyState icon={UserRound} title={words.gone}>
          {user.onlyAssigned ? words.goneOwnHelp : words.goneHelp}
        </EmptyState>
      ) : contact ? (
        <ContactArticle key={id} contact={contact} />
      ) : error ? (
        <ErrorState title={words.oneFailed} onRetry={() => void refetch()} isForbidden={isRefusal(error, 403)}>
          {error.message}
        </ErrorState>
      ) : (
        <RecordSkeleton />
      )}
    </Panel>
  )
}

function ContactArticle({ contact }: { contact: Contact }) {
  const isReadOnly = !useMay()('contacts.write')
  const { id, companyName } = contact
  const name = nameOf(contact)
  return (
    <article className="contact record">
      <header className="contact-head">
        <Avatar id={id} name={name} size={32} isDecoration />
        <div className="contact-called">
          <h3>{name}</h3>
          {companyName && companyName !== name && <p className="soft">{companyName}</p>}
        </div>
      </header>
      <div className="record-columns">
        <div className="record-facts">
          <TagEditor contact={contact} isReadOnly={isReadOnly} />
          <ContactFacts contact={contact} isReadOnly={isReadOnly} />
          <ContactDeals contactId={id} />
          <CustomFields
            model="contact"
            recordId={id}
            values={contact.customFields}
            save={(fieldId, fieldValue) => saveContact(id, { customFields: [{ id: fieldId, fieldValue }] })}
            isReadOnly={isReadOnly}
          />
        </div>
        <div className="record-happenings">
          <Tasks contactId={id} />
          <Notes contactId={id} />
          <Timeline record="contact" recordId={id} contactId={id} />
        </div>
      </div>
    </article>
  )
}
