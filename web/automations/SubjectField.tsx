import { useState } from 'react'
import { ComboBox } from '../ui/choices/ComboBox.tsx'
import type { Option } from '../ui/choices/options.tsx'
import { subjectWords as words } from '../words/automationEditor.ts'
import { useFoundContacts, useFoundDeals } from './useFound.ts'

/** Whom something is done for. */
export type SubjectKind = 'contact' | 'deal'

const searches = { contact: useFoundContacts, deal: useFoundDeals }

interface Props {
  /** Stays the same for as long as the field is there. */
  kind: SubjectKind
  chosen: Option | null
  onChoose: (chosen: Option | null) => void
}

/** One contact or one deal, found by typing. */
export function SubjectField({ kind, chosen, onChoose }: Props) {
  const [typed, setTyped] = useState('')
  const useFound = searches[kind]
  const found = useFound(typed === chosen?.label ? '' : typed)
  return (
    <ComboBox
      label={words[kind].label}
      placeholder={words[kind].placeholder}
      options={chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found}
      value={chosen?.id ?? null}
      onChange={(id) => onChoose(found.find((one) => one.id === id) ?? null)}
      isSearchedElsewhere
      onInputChange={setTyped}
      isRequired
      autoFocus
      // It has the focus from the beginning, and a list over everything would hide what it is about.
      menuTrigger="input"
    />
  )
}
