import { Monitor, Moon, Sun } from 'lucide-react'
import { chooseTheme, type Theme, themes, useTheme } from '../styles/theme.ts'
import { Icon } from '../ui/actions/Icon.tsx'
import { Segments } from '../ui/choices/Segments.tsx'
import { appearance as words } from '../words/appearance.ts'
import { frameWords } from '../words/frame.ts'
import { Part } from './Part.tsx'

const icons = { system: Monitor, light: Sun, dark: Moon }

export function AppearancePart() {
  const theme = useTheme()
  return (
    <Part title={words.title}>
      <div className="settings-row">
        <div>
          <h3>{words.theme}</h3>
          <p className="soft">{words.themeHelp}</p>
        </div>
        <Segments
          label={words.theme}
          value={theme}
          onChange={(id) => chooseTheme(id as Theme)}
          options={themes.map((id) => ({ id, label: frameWords.themes[id], mark: <Icon icon={icons[id]} /> }))}
        />
      </div>
    </Part>
  )
}
