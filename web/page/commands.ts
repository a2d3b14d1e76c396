import type { LucideIcon } from 'lucide-react'
import { useEffect, useSyncExternalStore } from 'react'

/** What can be found in the command menu. */
export interface Command {
  id: string
  label: string
  detail?: string
  icon?: LucideIcon
  keys?: string
  /** Where it leads, or what it does. */
  href?: string
  run?: () => void
}

const registered = new Map<string, Command[]>()
const watchers = new Set<() => void>()
let all: Command[] = []

/** The actions of a page, for as long as it is shown. Keep the list stable with useMemo. */
export function useCommands(page: string, commands: Command[]): void {
  useEffect(() => {
    registered.set(page, commands)
    announce()
    return () => {
      registered.delete(page)
      announce()
    }
  }, [page, commands])
}

export const useAllCommands = () => useSyncExternalStore(watch, () => all)

/** Those in which every word that was typed occurs; what begins with it stands first. */
export function matching(commands: Command[], typed: string): Command[] {
  const words = plain(typed).split(/\s+/).filter(Boolean)
  const found = commands.filter(({ label, detail = '' }) => {
    const text = plain(`${label} ${detail}`)
    return words.every((word) => text.includes(word))
  })
  const begins = ({ label }: Command) => (plain(label).startsWith(words.join(' ')) ? 0 : 1)
  return words.length ? found.sort((a, b) => begins(a) - begins(b)) : found
}

/** Without case and accents. */
const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()

function announce(): void {
  all = [...registered.values()].flat()
  for (const watcher of watchers) watcher()
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => {
    watchers.delete(watcher)
  }
}
