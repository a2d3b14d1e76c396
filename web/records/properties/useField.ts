import { useMutation } from '@tanstack/react-query'
import { type FocusEvent, type KeyboardEvent, useRef, useState } from 'react'

interface Asked<T> {
  /** Where what is being typed is kept until it is saved: `deal.ID.name`. */
  name: string
  /** As the server has it. */
  value: T
  save: (value: T) => Promise<unknown>
  /** Shows it elsewhere on the page from the moment it is to be saved, also offline; answers how to end that. */
  foresee?: ((value: T) => () => void) | undefined
  /** What is wrong with it, before the server is asked. */
  check?: (value: T) => string | undefined
  /** Enter begins a new line; Ctrl/Cmd Enter saves. */
  isLong?: boolean
}

export interface FieldState<T> {
  value: T
  change: (value: T) => void
  /** For what is chosen rather than typed. */
  choose: (value: T) => void
  commit: () => void
  discard: () => void
  error: string | undefined
  isPending: boolean
  /** It differs from what the server has, and nobody is typing: kept from before, or refused. */
  isLeft: boolean
  /** New whenever what was typed is thrown away, for fields that keep the text themselves. */
  key: number
  /** For what stands around the field: leaving it saves, Enter saves, Escape brings back what was there. */
  handlers: {
    onFocus: (event: FocusEvent) => void
    onBlur: (event: FocusEvent) => void
    onKeyDown: (event: KeyboardEvent) => void
  }
}

/**
 * One field that is changed in place. What is typed is kept in this tab until the server has it, so that neither an
 * accidental close nor a refusal loses it; a change that comes from elsewhere meanwhile does not overwrite it.
 */
export function useField<T>({ name, value, save, foresee, check, isLong = false }: Asked<T>): FieldState<T> {
  const place = `pipewright.draft.${name}`
  const [draft, setDraft] = useState<{ value: T } | null>(() => kept<T>(place))
  const [problem, setProblem] = useState<string>()
  const [isFocused, setFocused] = useState(false)
  const [key, setKey] = useState(0)
  const isWantedAgain = useRef(false)
  const latest = useRef(draft)
  latest.current = draft
  // What is saved is forgotten here, since the field may be gone from the screen by then.
  const saving = useMutation({
    mutationFn: async (sent: T) => {
      await save(sent)
      if (isSame(kept<T>(place)?.value, sent)) sessionStorage.removeItem(place)
    },
    onMutate: (sent) => foresee?.(sent),
    onSettled: (_reply, _error, _sent, end) => end?.(),
  })

  function keep(next: T | undefined) {
    if (next === undefined || isSame(next, value)) sessionStorage.removeItem(place)
    else sessionStorage.setItem(place, JSON.stringify({ value: next }))
    setDraft(next === undefined ? null : { value: next })
    setProblem(undefined)
    if (saving.isError) saving.reset()
  }
  function discard() {
    keep(undefined)
    setKey((key) => key + 1)
  }
  function send(next: T) {
    if (isSame(next, value) && !saving.isPending) return keep(undefined)
    const wrong = check?.(next)
    setProblem(wrong)
    isWantedAgain.current = saving.isPending && !wrong
    if (!wrong && !saving.isPending) begin(next)
  }
  /** What was changed while it was under way goes after it. */
  const begin = (next: T) =>
    saving.mutate(next, {
      onSuccess() {
        const now = latest.current
        if (now && !isSame(now.value, next)) return isWantedAgain.current ? begin(now.value) : undefined
        setDraft(null)
      },
    })
  const commit = () => draft && send(draft.value)

  return {
    value: draft ? draft.value : value,
    change: keep,
    choose(next) {
      keep(next)
      send(next)
    },
    commit,
    discard,
    error: problem ?? saving.error?.message,
    isPending: saving.isPending,
    isLeft: draft !== null && !isSame(draft.value, value) && !isFocused && !saving.isPending,
    key,
    handlers: {
      onFocus(event) {
        if (isWithin(event)) setFocused(true)
      },
      onBlur(event) {
        if (!isWithin(event) || event.currentTarget.contains(event.relatedTarget)) return
        setFocused(false)
        commit()
      },
      onKeyDown(event) {
        if (!isWithin(event)) return
        if (event.key === 'Enter' && (!isLong || event.ctrlKey || event.metaKey)) {
          if (event.target instanceof HTMLTextAreaElement) event.preventDefault()
          commit()
        }
        if (event.key !== 'Escape' || !draft || isSame(draft.value, value)) return
        // What is on its way, or waits for the server, is not brought back: Escape is for what stands around the field.
        if (saving.isPending && isSame(draft.value, saving.variables)) return
        event.preventDefault()
        event.stopPropagation()
        discard()
      },
    },
  }
}

/** React tells of a popover's events as well, which stands elsewhere on the page. */
const isWithin = ({ currentTarget, target }: FocusEvent | KeyboardEvent) => currentTarget.contains(target as Node)

const isSame = (one: unknown, other: unknown) => one === other || JSON.stringify(one) === JSON.stringify(other)

function kept<T>(place: string): { value: T } | null {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? 'null') as { value: T } | null
  } catch {
    return null
  }
}
