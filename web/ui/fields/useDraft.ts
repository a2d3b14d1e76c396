import { useEffect, useState } from 'react'

/**
 * What is being typed, kept in this tab until it is saved or thrown away, so that an accidental close loses nothing.
 * Gives the value, a way to change a part of it, and a way to forget it.
 */
export function useDraft<T extends object>(name: string, initial: T): [T, (part: Partial<T>) => void, () => void] {
  const place = `${prefix}${name}`
  const [draft, setDraft] = useState<T>(() => ({ ...initial, ...kept(place) }))

  useEffect(() => {
    if (JSON.stringify(draft) === JSON.stringify(initial)) sessionStorage.removeItem(place)
    else sessionStorage.setItem(place, JSON.stringify(draft))
  }, [place, draft, initial])

  const change = (part: Partial<T>) => setDraft((draft) => ({ ...draft, ...part }))
  const forget = () => {
    sessionStorage.removeItem(place)
    setDraft(initial)
  }
  return [draft, change, forget]
}

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
