import { useSyncExternalStore } from 'react'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const place = 'pipewright.theme'
const listeners = new Set<() => void>()

/** As the person chose it on this device. */
export function readTheme(): Theme {
  const chosen = localStorage.getItem(place)
  return themes.find((theme) => theme === chosen) ?? 'system'
}

/** Called once before anything is drawn, and by the switch. */
export function showTheme(theme: Theme): void {
  const root = document.documentElement
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(place, theme)
  showTheme(theme)
  for (const listener of listeners) listener()
}

export const useTheme = () => useSyncExternalStore(listen, readTheme)

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
