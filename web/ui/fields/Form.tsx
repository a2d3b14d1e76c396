import { CircleAlert } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { Form as AriaForm } from 'react-aria-components'
import { ui } from '../../words/ui.ts'
import { Button } from '../actions/Button.tsx'
import { Icon } from '../actions/Icon.tsx'
import './fields.css'

interface Props {
  /** Enter in any field, or the button with `type="submit"`. */
  onSubmit: () => void
  /** By the `name` of the field: what the server said about it. */
  errors?: Record<string, string>
  /** What is wrong with no field in particular. */
  problem?: string
  /** Of useDraft: throws away what was brought back from before. */
  onDiscard?: (() => void) | undefined
  children: ReactNode
  className?: string
}

/**
 * Fields below each other. What the server refuses shows at its field, where one goes on, and is forgotten once that is
 * changed.
 */
export function Form({ onSubmit, errors, problem, onDiscard, children, className = 'form' }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const left = useUnchanged(form, errors)
  useFocusOnWrong(form, errors)
  const place = useInSight(problem, left)
  return (
    <AriaForm
      className={className}
      ref={form}
      validationErrors={left}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {onDiscard && (
        <OfBefore
          onDiscard={() => {
            onDiscard()
            form.current?.querySelector<HTMLElement>(typed)?.focus()
          }}
        />
      )}
      {children}
      {problem && (
        <div ref={place}>
          <Problem>{problem}</Problem>
        </div>
      )}
    </AriaForm>
  )
}

/** Quiet, above the fields: they are not empty, or not as the server has them. */
const OfBefore = ({ onDiscard }: { onDiscard: () => void }) => (
  <p className="form-of-before small" role="status">
    <span className="soft">{ui.ofBefore}</span>
    <Button look="plain" onPress={onDiscard}>
      {ui.discard}
    </Button>
  </p>
)

/** The part of a field that takes the keyboard; what React Aria hides beside it does not. */
const typed = ':is(input, textarea):not([type="hidden"], [hidden], [tabindex="-1"])'

/** As the browser does with what it refuses itself. Whoever has gone elsewhere meanwhile is left there. */
function useFocusOnWrong(form: RefObject<HTMLFormElement | null>, errors: Record<string, string> = {}) {
  const said = JSON.stringify(errors)
  useEffect(() => {
    const now = document.activeElement
    if (said === '{}' || !form.current || (now !== document.body && !form.current.contains(now))) return
    const wrong = form.current.querySelector('.field[data-invalid]')
    wrong?.querySelector<HTMLElement>(`${typed}, [role="spinbutton"], button:not([tabindex="-1"])`)?.focus()
  }, [form, said])
}

/** What is wrong with no field stands below them all, which may be out of sight. A field that is wrong comes first. */
function useInSight(problem: string | undefined, errors: Record<string, string>) {
  const place = useRef<HTMLDivElement>(null)
  const isFirst = Object.keys(errors).length === 0
  useEffect(() => {
    if (problem && isFirst) place.current?.scrollIntoView({ block: 'nearest' })
  }, [problem, isFirst])
  return place
}

/**
 * Without those of fields that were typed in since, or in which something else was chosen: an error that stayed would
 * keep the form from being sent again. Left to React Aria an error goes when its field is left, which moves the button
 * below away under the very click.
 */
function useUnchanged(form: RefObject<HTMLFormElement | null>, errors: Record<string, string> = {}) {
  const said = JSON.stringify(errors)
  const [changed, setChanged] = useState({ of: said, names: [] as string[] })
  const refused = useRef<FormData>(undefined)
  useEffect(() => {
    setChanged({ of: said, names: [] })
    refused.current = form.current ? new FormData(form.current) : undefined
    if (said === '{}') return
    // Not before React has heard of it, which would put back what is in a field that it controls.
    const listen = ({ target }: Event) => {
      const { name } = target as HTMLInputElement
      if (form.current?.contains(target as Node)) setChanged(({ of, names }) => ({ of, names: [...names, name] }))
    }
    addEventListener('input', listen)
    return () => removeEventListener('input', listen)
  }, [form, said])
  // What is chosen tells of no input.
  useEffect(() => {
    const before = refused.current
    if (said === '{}' || changed.of !== said || !before || !form.current) return
    const now = new FormData(form.current)
    const isChosen = (name: string) => before.has(name) && before.get(name) !== now.get(name)
    const more = Object.keys(errors).filter((name) => !changed.names.includes(name) && isChosen(name))
    if (more.length > 0) setChanged({ of: said, names: [...changed.names, ...more] })
  })
  if (changed.of !== said) return errors
  return Object.fromEntries(Object.entries(errors).filter(([name]) => !changed.names.includes(name)))
}

/** A refusal in place: read aloud at once. */
export const Problem = ({ children }: { children: ReactNode }) => (
  <p className="problem" role="alert">
    <Icon icon={CircleAlert} />
    <span>{children}</span>
  </p>
)
