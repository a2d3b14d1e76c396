import { Suspense, useEffect, useLayoutEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { Awaited } from '../../page/Awaited.tsx'
import { later, noteAllHere, untilFetched } from '../../page/later.ts'
import { startShortcuts, useShortcut } from '../../page/shortcuts.ts'
import { commandWords as words } from '../../words/frame.ts'
import { useRail } from '../Rail.tsx'

const loadCommandMenu = async () => ({ default: (await import('./CommandMenu.tsx')).CommandMenu })
const CommandMenu = later(loadCommandMenu)
const Help = later(async () => ({ default: (await import('./Help.tsx')).Help }))

/** The keys that work on every page, and what they open. */
export function Keyboard() {
  const [open, setOpen] = useState<'commands' | 'help' | null>(null)
  const close = () => setOpen(null)
  useLayoutEffect(startShortcuts, [])
  useEffect(prepare, [])
  useShortcut('Mod+k', words.open, () => setOpen('commands'))
  useShortcut('?', words.help, () => setOpen('help'))
  useShortcut('/', words.search, focusSearch)
  return (
    <>
      {useRail().map(
        ({ id, title, rail }) => rail?.keys && <GoKey key={id} keys={rail.keys} title={title} href={rail.href} />,
      )}
      {/* What is typed while it loads is meant for it, not for the page. */}
      <Suspense
        fallback={
          <>
            <div className="scrim" />
            <Awaited onLeave={close} />
          </>
        }
      >
        {open === 'commands' && <CommandMenu onClose={close} onHelp={() => setOpen('help')} />}
        {open === 'help' && <Help onClose={close} />}
      </Suspense>
    </>
  )
}

function GoKey({ keys, title, href }: { keys: string; title: string; href: string }) {
  const [, navigate] = useLocation()
  useShortcut(keys, words.goTo(title), () => navigate(href))
  return null
}

const focusSearch = () => document.querySelector<HTMLInputElement>('[data-search]')?.focus()

/** Once the page is at rest: the command menu, so that it opens at once, and then the files of all there is. */
function prepare(): () => void {
  // What fails here is asked for again when it is wanted.
  const timer = setTimeout(() => void fetchAll().catch(() => {}), 3_000)
  return () => clearTimeout(timer)
}

async function fetchAll(): Promise<void> {
  await untilFetched(loadCommandMenu)
  if (!import.meta.env.PROD) return
  const { fetchAhead } = await untilFetched(() => import('./fetchAhead.ts'))
  await fetchAhead({ untilFetched, noteAllHere })
}
