import { Ellipsis } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, Link } from 'react-aria-components'
import { IconButton } from '../ui/actions/Button.tsx'
import { Menu, type MenuGroup } from '../ui/actions/Menu.tsx'
import { settingsWords as words } from '../words/settings/page.ts'
import './rows.css'

export const Rows = ({ label, children }: { label: string; children: ReactNode }) => (
  <ul className="settings-rows" aria-label={label}>
    {children}
  </ul>
)

interface Props {
  mark?: ReactNode
  name: string
  /** Where the name leads, or what it opens. */
  href?: string
  onOpen?: () => void
  badges?: ReactNode
  /** In soft ink below the name. */
  detail?: ReactNode
  /** At the right: when it was last used, how many there are. */
  aside?: ReactNode
  /** A button in place of the three dots. */
  end?: ReactNode
  /** Behind the three dots. */
  actions?: MenuGroup[]
}

/** One of the things that a part lists. */
export function Row({ mark, name, href, onOpen, badges, detail, aside, end, actions = [] }: Props) {
  const hasActions = actions.some(({ choices }) => choices.length)
  return (
    <li className="settings-item">
      {mark}
      <div className="settings-item-words">
        <div className="settings-item-name">
          <Name name={name} href={href} onOpen={onOpen} />
          {badges}
        </div>
        {detail && <div className="soft settings-item-detail">{detail}</div>}
      </div>
      {aside && <div className="soft settings-item-aside">{aside}</div>}
      {end}
      {hasActions && (
        <Menu label={words.actionsOf(name)} groups={actions}>
          <IconButton icon={Ellipsis} label={words.actionsOf(name)} />
        </Menu>
      )}
    </li>
  )
}

function Name({ name, href, onOpen }: { name: string; href: string | undefined; onOpen: (() => void) | undefined }) {
  if (href)
    return (
      <Link href={href} className="settings-name one-line">
        {name}
      </Link>
    )
  if (!onOpen) return <span className="settings-name one-line">{name}</span>
  return (
    <Button className="settings-name one-line" onPress={onOpen}>
      {name}
    </Button>
  )
}
