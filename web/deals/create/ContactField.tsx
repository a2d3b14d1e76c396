import { useRef, useState } from 'react'
import { useMay, useSession } from '../../api/session.tsx'
import { ComboBox } from '../../ui/choices/ComboBox.tsx'
import { newDealWords as words } from '../../words/newDeal.ts'
import { type Chosen, findCalled, isCalled, useContacts } from './useContacts.ts'

interface Props {
  chosen: Chosen | null
  onChoose: (contact: Chosen | null) => void
}

const created = 'new'

/** Finds by name, e-mail or phone. What is typed is kept: it is the one who is called exactly that, or somebody new. */
export function ContactField({ chosen, onChoose }: Props) {
  const mayCreate = useMay()('contacts.write')
  const typed = chosen?.label ?? ''
  const name = typed.trim()
  const found = useContacts(name)
  const { count, settle, create } = useSettling(chosen, onChoose)
  const isNew = count === 0 && mayCreate
  const isOffered = mayCreate && name !== '' && !found.some((one) => isCalled(one, name))
  const error = whyNot(count, mayCreate)

  function choose(id: string | null) {
    const option = found.find((option) => option.id === id)
    if (option) onChoose({ id: option.id, label: option.label })
    else if (id === created) create()
  }
  return (
    <ComboBox
      label={words.contact}
      name="contactId"
      placeholder={words.contactPlaceholder}
      isSearchedElsewhere
      allowsCustomValue
      options={isOffered ? [...found, { id: created, label: words.newContact(name), typed }] : found}
      inputValue={typed}
      onInputChange={(label) => label !== typed && onChoose(label === '' ? null : { id: null, label })}
      onOpenChange={(isOpen) => !isOpen && void settle()}
      value={chosen?.id ?? (isNew ? created : null)}
      onChange={choose}
      validate={() => (name === '' ? words.contactNeeded : null)}
      {...(isNew && { help: words.contactNew(name) })}
      {...(error && { error })}
    />
  )
}

function whyNot(count: number | undefined, mayCreate: boolean): string | undefined {
  if (count === 0 && !mayCreate) return words.contactUnknown
  return count !== undefined && count > 1 ? words.contactSeveral : undefined
}

/** Looks up who is meant as soon as the list closes: by Enter, by Tab, by a press beside it. */
function useSettling(chosen: Chosen | null, onChoose: Props['onChoose']) {
  const { location } = useSession()
  const mayFind = useMay()('contacts.readonly')
  const [known, setKnown] = useState({ label: '', count: 0 })
  const latest = useRef(chosen)
  latest.current = chosen

  async function settle() {
    if (!chosen || chosen.id || chosen.label.trim() === '' || chosen.label === known.label) return
    const { label } = chosen
    const called = mayFind ? await findCalled(location.id, label.trim()).catch(() => undefined) : []
    // Meanwhile something else may have been typed or chosen.
    if (!called || latest.current?.id !== null || latest.current.label !== label) return
    setKnown({ label, count: called.length })
    const [one] = called
    if (one && called.length === 1) onChoose({ id: one.id, label: one.label })
  }
  return {
    /** How many are called what is typed; undefined as long as that is not known, or somebody is chosen. */
    count: chosen?.id === null && chosen.label === known.label && known.label !== '' ? known.count : undefined,
    settle,
    create: () => chosen && setKnown({ label: chosen.label, count: 0 }),
  }
}
