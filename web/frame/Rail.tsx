import { Ellipsis } from 'lucide-react'
import { Button as AriaButton, Link } from 'react-aria-components'
import { useLocation } from 'wouter'
import { useMay, useSession } from '../api/session.tsx'
import { fetchEarly } from '../page/later.ts'
import { type PageEntry, pages } from '../pages.ts'
import { Icon } from '../ui/actions/Icon.tsx'
import { Menu, type MenuGroup } from '../ui/actions/Menu.tsx'
import { useMedia } from '../ui/marks/useMedia.ts'
import { Tooltip } from '../ui/overlays/Tooltip.tsx'
import { frameWords as words } from '../words/frame.ts'
import { Mark } from './Mark.tsx'
import { PersonMenu, usePersonChoices } from './PersonMenu.tsx'

/** In the rail of this person. */
export function useRail(): PageEntry[] {
  const may = useMay()
  return pages.filter(({ rail, scope }) => rail && (!scope || may(scope)))
}

/** 220 px with words, icons alone under 1024 px, and a bar at the bottom under 640 px. */
export function Rail() {
  const isBar = useMedia('(width < 640px)')
  // Here, so that a dialog stays open when the window or the phone is turned.
  const { groups, dialog } = usePersonChoices()
  return (
    <>
      {isBar ? <BottomBar personal={groups} /> : <SideRail personal={groups} />}
      {dialog}
    </>
  )
}

function SideRail({ personal }: { personal: MenuGroup[] }) {
  const { location } = useSession()
  const isNarrow = useMedia('(width < 1024px)')
  const entries = useRail()
  const item = (entry: PageEntry) => <RailLink key={entry.id} entry={entry} isNarrow={isNarrow} />
  return (
    <nav className="rail" aria-label={words.navigation}>
      <div className="rail-location">
        <Mark />
        <span className="one-line rail-words">{location.name}</span>
      </div>
      <ul>{entries.filter(({ rail }) => rail?.place === 'above').map(item)}</ul>
      <ul className="rail-below">{entries.filter(({ rail }) => rail?.place === 'below').map(item)}</ul>
      <PersonMenu groups={personal} isNarrow={isNarrow} />
    </nav>
  )
}

function RailLink({ entry, isNarrow }: { entry: PageEntry; isNarrow: boolean }) {
  const isCurrent = useIsCurrent(entry)
  const { icon, href = '', keys } = entry.rail ?? {}
  const link = (
    <Link
      href={href}
      className="rail-link"
      aria-current={isCurrent ? 'page' : undefined}
      onHoverStart={() => fetchEarly(entry.load)}
    >
      {icon && <Icon icon={icon} />}
      <span className="one-line rail-words">{entry.title}</span>
    </Link>
  )
  if (!isNarrow) return <li>{link}</li>
  return (
    <li>
      <Tooltip says={entry.title} shortcut={keys} placement="right">
        {link}
      </Tooltip>
    </li>
  )
}

const places = 5

function BottomBar({ personal }: { personal: MenuGroup[] }) {
  const entries = useRail()
  const shown = entries.length + 1 <= places ? entries : entries.slice(0, places - 1)
  const rest = entries.slice(shown.length)
  const [path] = useLocation()
  const isInRest = rest.some((entry) => isOf(entry, path))
  return (
    <nav className="rail bar" aria-label={words.navigation}>
      {shown.map((entry) => (
        <BarLink key={entry.id} entry={entry} />
      ))}
      <Menu
        label={words.more}
        placement="top end"
        groups={[
          {
            choices: rest.map(({ id, title, rail }) => ({
              id,
              label: title,
              ...(rail && { icon: rail.icon, href: rail.href }),
            })),
          },
          ...personal,
        ]}
      >
        <AriaButton className={`rail-link${isInRest ? ' current' : ''}`}>
          <Icon icon={Ellipsis} size={20} />
          <span className="one-line">{words.more}</span>
        </AriaButton>
      </Menu>
    </nav>
  )
}

function BarLink({ entry }: { entry: PageEntry }) {
  const isCurrent = useIsCurrent(entry)
  return (
    <Link href={entry.rail?.href ?? '/'} className="rail-link" aria-current={isCurrent ? 'page' : undefined}>
      {entry.rail && <Icon icon={entry.rail.icon} size={20} />}
      <span className="one-line">{entry.title}</span>
    </Link>
  )
}

function useIsCurrent(entry: PageEntry): boolean {
  const [path] = useLocation()
  return isOf(entry, path)
}

function isOf({ rail }: PageEntry, path: string): boolean {
  const href = rail?.href ?? ''
  return path === href || path.startsWith(`${href}/`)
}
