import { useEffect, useMemo, useState } from 'react'

type Draft<T> = [
  draft: T,
  change: (part: Partial<T>) => void,
  forget: () => void,
  discard: (() => void) | undefined,
  keep: (saved: T) => void,
]

/** What is being typed, and what stood there when it was. */
interface Typed<T> {
  draft: T
  basis: T
}

/**
 * What is being typed, kept in this tab until it is saved or thrown away, so that an accidental close loses nothing.
 * Gives the value, a way to change a part of it, a way to forget it, and the same once more while it is of before: the
 * Form says so then, and offers it as `onDiscard`; last, a way to say that a draft was saved: what was typed since then
 * stays.
 *
 * `initial` may become another one at any time, by one's own saving as by somebody else's: nothing needs to be mounted
 * anew for it. What nobody has changed here follows it, field by field, or all or nothing where a draft `isWhole`.
 */
export function useDraft<T extends object>(name: string, initial: T, isWhole = false): Draft<T> {
  const place = `${prefix}${name}`
  const [typed, setTyped] = useState<Typed<T>>(() => ({ basis: initial, draft: { ...initial, ...kept(place) } }))
  const draft = useMemo(() => followed(typed, initial, isWhole), [typed, initial, isWhole])
  const [isOfBefore, setOfBefore] = useState(() => sessionStorage.getItem(place) !== null)

  useEffect(() => {
    if (isSame(draft, initial)) sessionStorage.removeItem(place)
    else sessionStorage.setItem(place, JSON.stringify(draft))
  }, [place, draft, initial])

  const change = (part: Partial<T>) =>
    setTyped((typed) => ({ basis: initial, draft: { ...followed(typed, initial, isWhole), ...part } }))
  const forget = () => {
    sessionStorage.removeItem(place)
    setTyped({ basis: initial, draft: initial })
    setOfBefore(false)
  }
  const keep = (saved: T) => {
    setTyped((typed) => ({ basis: saved, draft: followed(typed, initial, isWhole) }))
    setOfBefore(false)
  }
  return [draft, change, forget, isOfBefore && !isSame(draft, initial) ? forget : undefined, keep]
}

/** As it is to be shown now that this stands there. */
function followed<T extends object>({ draft, basis }: Typed<T>, initial: T, isWhole: boolean): T {
  if (isSame(basis, initial)) return draft
  if (isWhole) return isSame(draft, basis) ? initial : draft
  const names = Object.keys(initial) as (keyof T)[]
  const untouched = names.filter((name) => isSame(draft[name], basis[name]))
  return { ...draft, ...Object.fromEntries(untouched.map((name) => [name, initial[name]])) }
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

function kept(place: string): object {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? '{}') as object
  } catch {
    return {}
  }
}

const prefix = 'pipewright.draft.'
const owner = 'pipewright.drafts-of'

/** Whose drafts this tab keeps from now on; those of somebody else are thrown away. */
export function keepDraftsOf(userId: string): void {
  if (sessionStorage.getItem(owner) === userId) return
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(prefix)) sessionStorage.removeItem(name)
  sessionStorage.setItem(owner, userId)
}
