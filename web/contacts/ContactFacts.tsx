import { type LucideIcon, Mail, Phone } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { ChoiceProperty, DateProperty, TextProperty } from '../records/properties/fields.tsx'
import { Fact, Properties } from '../records/properties/Property.tsx'
import { usePeople } from '../records/usePeople.tsx'
import { Button } from '../ui/actions/Button.tsx'
import { Icon } from '../ui/actions/Icon.tsx'
import { Time } from '../ui/marks/Time.tsx'
import { contactWords as words } from '../words/contacts.ts'
import { recordWords } from '../words/records.ts'
import type { Contact } from './contact.ts'
import { Disturbing } from './Disturbing.tsx'
import { type ContactPatch, saveContact } from './useContact.ts'

interface Props {
  contact: Contact
  isReadOnly: boolean
}

type Text = 'firstName' | 'lastName' | 'companyName' | 'email' | 'phone' | 'source' | Further
type Further = 'website' | 'address1' | 'postalCode' | 'city' | 'state' | 'country'

const further: [Further, string][] = [
  ['website', words.website],
  ['address1', words.street],
  ['postalCode', words.postalCode],
  ['city', words.city],
  ['state', words.state],
  ['country', words.country],
]

/** A click writes to whom it belongs, or calls them. */
const reaches: Partial<Record<Text, (to: string | null) => ReactNode>> = {
  email: (to) => to && <Reach href={mailTo(to)} icon={Mail} label={words.write(to)} />,
  phone: (to) => to && <Reach href={`tel:${to}`} icon={Phone} label={words.call(to)} />,
}

/** The address alone: what could add to the letter, such as `?bcc=`, is written as part of it. */
const mailTo = (address: string) => `mailto:${encodeURIComponent(address).replaceAll('%40', '@')}`

const Reach = ({ href, icon, label }: { href: string; icon: LucideIcon; label: string }) => (
  <a href={href} className="contact-reach" aria-label={label} title={label}>
    <Icon icon={icon} />
  </a>
)

/** What every contact has, each part to be changed where it stands; what is rarely known shows when it is, or on demand. */
export function ContactFacts({ contact, isReadOnly }: Props) {
  const { id } = contact
  const [isAllShown, setAllShown] = useState(false)
  const people = usePeople(contact.assignedTo)
  const place = (field: string) => `contact.${id}.${field}`
  const text = (field: Text, label: string, type: 'text' | 'email' | 'tel' | 'url' = 'text') => (
    <TextProperty
      key={field}
      label={label}
      name={place(field)}
      type={type}
      value={contact[field]}
      save={(value) => saveContact(id, { [field]: value } as ContactPatch)}
      isReadOnly={isReadOnly}
      after={reaches[field]?.(contact[field])}
    />
  )
  const isShown = (value: unknown) => isAllShown || Boolean(value)
  const hasMore = !isAllShown && (further.some(([field]) => !contact[field]) || !contact.dateOfBirth || !contact.dnd)
  return (
    <Properties label={words.facts}>
      {text('firstName', words.firstName)}
      {text('lastName', words.lastName)}
      {text('companyName', words.company)}
      {text('email', words.email, 'email')}
      {text('phone', words.phone, 'tel')}
      <ChoiceProperty
        label={words.ownerOf}
        name={place('owner')}
        value={contact.assignedTo}
        options={people}
        none={recordWords.nobody}
        save={(assignedTo) => saveContact(id, { assignedTo })}
        isReadOnly={isReadOnly}
      />
      {text('source', words.source)}
      {further.filter(([field]) => isShown(contact[field])).map(([field, label]) => text(field, label))}
      {isShown(contact.dateOfBirth) && (
        <DateProperty
          label={words.birth}
          name={place('birth')}
          value={contact.dateOfBirth?.slice(0, 10) ?? null}
          save={(dateOfBirth) => saveContact(id, { dateOfBirth })}
          isReadOnly={isReadOnly}
        />
      )}
      {isShown(contact.dnd) && <Disturbing contact={contact} isReadOnly={isReadOnly} />}
      <Fact label={words.added}>
        <Time at={contact.dateAdded} />
      </Fact>
      {hasMore && (
        <div className="contact-more no-print">
          <Button look="plain" onPress={() => setAllShown(true)}>
            {words.showAll}
          </Button>
        </div>
      )}
    </Properties>
  )
}
