import { useEffect, useState } from 'react'

type Draft<T> = [draft: T, change: (part: Partial<T>) => void, forget: () => void, discard: (() => void) | undefined]

/**
 * What is being typed, kept in this tab until it is saved or thrown away, so that an accidental close loses nothing.
 * Gives the value, a way to change a part of it, a way to forget it, and the same once more while it is of before: the
 * Form says so then, and offers it as `onDiscard`.
 */
export function useDraft<T extends object>(name: string, initial: T): Draft<T> {
  const place = `${prefix}${name}`
  const [draft, setDraft] = useState<T>(() => ({ ...initial, ...kept(place) }))
  const [isOfBefore, setOfBefore] = useState(() => sessionStorage.getItem(place) !== null)

  useEffect(() => {
    if (isSame(draft, initial)) sessionStorage.removeItem(place)
    else sessionStorage.setItem(place, JSON.stringify(draft))
  }, [place, draft, initial])

  const change = (part: Partial<T>) => setDraft((draft) => ({ ...draft, ...part }))
  const forget = () => {
    sessionStorage.removeItem(place)
    setDraft(initial)
    setOfBefore(false)
  }
  return [draft, change, forget, isOfBefore && !isSame(draft, initial) ? forget : undefined]
}

const isSame = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other)

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
