import { useEffect, useRef } from 'react'
import { Link } from 'react-aria-components'
import { pageNames } from '../words/pages.ts'
import { partGroups } from '../words/settings/page.ts'
import type { SettingsPart } from './parts.ts'
import './settings.css'

const groups = ['business', 'access', 'person'] as const

interface Props {
  parts: SettingsPart[]
  chosen: string
}

export function SettingsNavigation({ parts, chosen }: Props) {
  const navigation = useRef<HTMLElement>(null)
  useShown(navigation, chosen)
  return (
    <nav ref={navigation} className="settings-navigation" aria-label={pageNames.settings}>
      {groups.map((group) => {
        const own = parts.filter((part) => part.group === group)
        if (own.length === 0) return null
        return (
          <div key={group} className="settings-group">
            <h2 className="settings-group-title">{partGroups[group]}</h2>
            {own.map(({ id, title }) => (
              <Link
                key={id}
                href={`/settings/${id}`}
                className="settings-link"
                aria-current={id === chosen ? 'page' : undefined}
              >
                {title}
              </Link>
            ))}
          </div>
        )
      })}
    </nav>
  )
}

/** On a phone the parts stand in one row, of which the chosen one must be in sight. */
function useShown(navigation: { current: HTMLElement | null }, chosen: string): void {
  useEffect(() => {
    const row = navigation.current
    const link = chosen && row?.querySelector<HTMLElement>('[aria-current="page"]')
    if (!row || !link || row.scrollWidth <= row.clientWidth) return
    row.scrollLeft = link.offsetLeft - (row.clientWidth - link.offsetWidth) / 2
  }, [navigation, chosen])
}
