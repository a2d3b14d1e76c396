import { useEffect, useState } from 'react'
import { ComboBox } from '../../ui/choices/ComboBox.tsx'
import type { Option } from '../../ui/choices/options.tsx'
import { formWords as words } from '../../words/automationForms.ts'

interface Props {
  label: string
  isLabelHidden?: boolean
  placeholder?: string
  help?: string | undefined
  error?: string | undefined
  /** What is not there yet. */
  options: Option[]
  /** Anything that is typed will do. */
  isFree?: boolean
  onAdd: (id: string) => void
}

/** A field that adds one more: empty again after that, its list closed, and still with the focus, for the next. */
export function Adder({ help, error, isFree = false, onAdd, ...field }: Props) {
  const [typed, setTyped] = useState('')
  // For as long as it takes to close the list.
  const [chosen, setChosen] = useState<string | null>(null)
  useEffect(() => {
    if (chosen) setChosen(null)
  }, [chosen])
  // That the field is empty again would open it once more.
  const [isQuiet, setQuiet] = useState(false)

  function type(text: string) {
    setTyped(text)
    setQuiet(false)
  }
  function add(id: string) {
    setTyped('')
    if (id.trim() === '') return
    setQuiet(true)
    onAdd(id.trim())
  }
  function choose(id: string) {
    setChosen(id)
    add(id)
  }
  function leave() {
    if (isFree) add(typed)
    setQuiet(false)
  }
  return (
    <ComboBox
      {...field}
      help={isFree && typed ? words.enter : help}
      {...(error && { error })}
      menuTrigger={isQuiet ? 'manual' : 'focus'}
      value={chosen}
      inputValue={typed}
      onInputChange={type}
      onChange={(id) => (id ? choose(id) : !isFree && setTyped(''))}
      onBlur={leave}
      {...(isFree && {
        allowsCustomValue: true,
        // An option that the arrow keys have come to is what is meant then.
        onKeyDown: ({ key, target }) =>
          key === 'Enter' && !(target as Element).getAttribute('aria-activedescendant') && add(typed),
      })}
    />
  )
}
