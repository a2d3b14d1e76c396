import { KeyRound, LogOut, MonitorOff, SunMoon } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { Button } from 'react-aria-components'
import { useSession } from '../api/session.tsx'
import { later } from '../page/later.ts'
import { chooseTheme, themes, useTheme } from '../styles/theme.ts'
import { Menu, type MenuGroup } from '../ui/actions/Menu.tsx'
import { Avatar } from '../ui/marks/Avatar.tsx'
import { frameWords as words } from '../words/frame.ts'
import { leave } from './leave.ts'

const PasswordDialog = later(async () => ({
  default: (await import('../settings/account/PasswordDialog.tsx')).PasswordDialog,
}))

export function PersonMenu({ groups, isNarrow }: { groups: MenuGroup[]; isNarrow: boolean }) {
  const { user } = useSession()
  return (
    <Menu label={words.menuOf(user.name)} groups={groups} placement={isNarrow ? 'right bottom' : 'top start'}>
      <Button className="rail-link rail-person">
        <Avatar id={user.id} name={user.name} isDecoration />
        <span className="one-line rail-words">
          {user.name}
          <span className="unseen">{words.account}</span>
        </span>
      </Button>
    </Menu>
  )
}

/** What a person can do about themselves, and the dialog that this may open. */
export function usePersonChoices(): { groups: MenuGroup[]; dialog: ReactNode } {
  const { user } = useSession()
  const [isChanging, setChanging] = useState(false)
  const theme = useTheme()
  const groups: MenuGroup[] = [
    {
      title: user.email,
      choices: [
        {
          id: 'theme',
          label: words.theme,
          icon: SunMoon,
          choices: themes.map((id) => ({
            id,
            label: words.themes[id],
            isChosen: id === theme,
            onAction: () => chooseTheme(id),
          })),
        },
        { id: 'password', label: words.changePassword, icon: KeyRound, onAction: () => setChanging(true) },
      ],
    },
    {
      choices: [
        { id: 'out', label: words.signOut, icon: LogOut, onAction: () => leave() },
        { id: 'everywhere', label: words.signOutEverywhere, icon: MonitorOff, onAction: () => leave(true) },
      ],
    },
  ]
  const dialog = isChanging && (
    <Suspense>
      <PasswordDialog onClose={() => setChanging(false)} />
    </Suspense>
  )
  return { groups, dialog }
}
