import { useChange } from '../api/change.ts'
import { Fact } from '../records/properties/Property.tsx'
import { Switch } from '../ui/choices/Switch.tsx'
import { contactWords as words } from '../words/contacts.ts'
import { recordWords } from '../words/records.ts'
import type { Contact } from './contact.ts'
import { saveContact } from './useContact.ts'

/** Whether this contact wants to hear nothing more. */
export function Disturbing({ contact: { id, dnd }, isReadOnly }: { contact: Contact; isReadOnly: boolean }) {
  const change = useChange<boolean, void>({
    run: (dnd) => saveContact(id, { dnd }),
    refused: () => recordWords.notSaved(words.dnd),
  })
  return (
    <Fact label={words.dnd}>
      <Switch
        aria-label={words.dnd}
        isSelected={change.isPending ? change.variables : dnd}
        onChange={(dnd) => change.mutate(dnd)}
        isDisabled={isReadOnly}
      >
        <span className="soft">{words.dndHelp}</span>
      </Switch>
    </Fact>
  )
}
