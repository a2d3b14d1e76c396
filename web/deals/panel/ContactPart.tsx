import { Pencil } from 'lucide-react'
import { Link } from 'react-aria-components'
import { useMay } from '../../api/session.tsx'
import { Fact, Properties } from '../../records/properties/Property.tsx'
import { IconButton } from '../../ui/actions/Button.tsx'
import { Avatar } from '../../ui/marks/Avatar.tsx'
import { Badge } from '../../ui/marks/Badge.tsx'
import { Popover } from '../../ui/overlays/Popover.tsx'
import { dealWords as words } from '../../words/deals.ts'
import type { Deal } from '../deal.ts'
import { useDealChange } from '../useDealChanges.ts'
import { ContactPicker } from './ContactPicker.tsx'

/** Whom it is about. */
export function ContactPart({ deal }: { deal: Deal }) {
  const may = useMay()
  const { mutate } = useDealChange()
  const { id, name, companyName, email, phone, tags } = deal.contact
  const shown = name || companyName || email || phone || words.nameless
  return (
    <section className="record-part">
      <header className="record-part-header">
        <h3>{words.contact}</h3>
        {may('opportunities.write') && may('contacts.readonly') && (
          <Popover
            label={words.changeContact}
            placement="bottom end"
            trigger={<IconButton icon={Pencil} label={words.changeContact} />}
          >
            {(close) => (
              <ContactPicker
                onChoose={(contact) => {
                  close()
                  mutate({
                    deal,
                    patch: { contactId: contact.id },
                    says: words.contactChanged(deal.name, contact.name),
                  })
                }}
              />
            )}
          </Popover>
        )}
      </header>
      {may('contacts.readonly') ? (
        <Link href={`/contacts/${id}`} className="contact-link">
          <Avatar id={id} name={shown} size={24} isDecoration />
          <span className="one-line">{shown}</span>
        </Link>
      ) : (
        <p className="contact-link">
          <Avatar id={id} name={shown} size={24} isDecoration />
          <span className="one-line">{shown}</span>
        </p>
      )}
      <Properties label={words.contact}>
        {companyName && companyName !== shown && <Fact label={words.company}>{companyName}</Fact>}
        {email && (
          <Fact label={words.email}>
            <a href={`mailto:${email}`}>{email}</a>
          </Fact>
        )}
        {phone && (
          <Fact label={words.phone}>
            <a href={`tel:${phone}`}>{phone}</a>
          </Fact>
        )}
        {tags.length > 0 && (
          <Fact label={words.tags}>
            <span className="tags">
              {tags.map((tag) => (
                <Badge key={tag}>
                  <span className="one-line">{tag}</span>
                </Badge>
              ))}
            </span>
          </Fact>
        )}
      </Properties>
    </section>
  )
}
