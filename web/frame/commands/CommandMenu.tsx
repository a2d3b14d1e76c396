import { useQuery } from '@tanstack/react-query'
import { Keyboard as KeyboardIcon, LogOut, Search, SunMoon } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
  Text,
} from 'react-aria-components'
import { useLocation } from 'wouter'
import { useMay, useSession } from '../../api/session.tsx'
import { type Command, matching, useAllCommands } from '../../page/commands.ts'
import { creating } from '../../page/useOpenNew.ts'
import { chooseTheme, themes } from '../../styles/theme.ts'
import { Icon } from '../../ui/actions/Icon.tsx'
import { Keys } from '../../ui/actions/Keys.tsx'
import { frameWords, commandWords as words } from '../../words/frame.ts'
import { leave } from '../leave.ts'
import { useRail } from '../Rail.tsx'
import { makingsOf, partsOf } from './everywhere.ts'
import { findRecords } from './find.ts'
import './commands.css'

interface Props {
  onClose: () => void
  onHelp: () => void
}

/** Every page, deal, contact and action, by typing. */
export function CommandMenu({ onClose, onHelp }: Props) {
  const [typed, setTyped] = useState('')
  const [, navigate] = useLocation()
  const { groups, isSearching } = useGroups(typed, onHelp)

  function run({ href, run }: Command) {
    onClose()
    if (href) navigate(href)
    run?.()
  }
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={onClose} className="scrim">
      <Modal className="dialog middle commands">
        <Dialog aria-label={words.title} className="commands-body">
          <Autocomplete inputValue={typed} onInputChange={setTyped}>
            <SearchField aria-label={words.placeholder} autoFocus className="commands-field">
              <Icon icon={Search} />
              <Input placeholder={words.placeholder} />
            </SearchField>
            <Menu
              aria-label={words.title}
              className="commands-list"
              renderEmptyState={() => <p className="commands-none">{isSearching ? words.searching : words.nothing}</p>}
            >
              {groups.map(({ title, commands }) => (
                <MenuSection key={title} aria-label={title}>
                  <Header className="menu-title">{title}</Header>
                  {commands.map((command) => (
                    <Found key={command.id} command={command} onAction={() => run(command)} />
                  ))}
                </MenuSection>
              ))}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

const Found = ({
  command: { id, label, detail, icon, keys },
  onAction,
}: {
  command: Command
  onAction: () => void
}) => (
  <MenuItem id={id} textValue={label} onAction={onAction} className="menu-item">
    {icon && <Icon icon={icon} />}
    <Text slot="label" className="one-line">
      {label}
      {detail && <span className="soft"> · {detail}</span>}
    </Text>
    {keys && <Keys keys={keys} />}
  </MenuItem>
)

function useGroups(typed: string, onHelp: () => void) {
  const { location } = useSession()
  const [path] = useLocation()
  const may = useMay()
  const query = useDeferredValue(typed.trim())
  const { data: found, isFetching } = useQuery({
    queryKey: ['commands', query],
    queryFn: ({ signal }) => findRecords(query, location.id, may, signal),
    enabled: query.length > 1,
    placeholderData: (before) => before,
    staleTime: 5_000,
  })
  const { deals = [], contacts = [] } = query.length > 1 ? (found ?? {}) : {}
  const goTo = useRail().map(
    ({ id, title, rail }): Command => ({
      id: `page ${id}`,
      label: title,
      ...(rail && { icon: rail.icon, href: rail.href }),
    }),
  )
  // What the page itself offers is offered once.
  const makings = makingsOf(may).filter(({ href }) => href !== `${path}${creating}`)
  const groups = [
    { title: words.groups.here, commands: matching(useAllCommands(), typed) },
    { title: words.groups.deals, commands: deals },
    { title: words.groups.contacts, commands: contacts },
    { title: words.groups.go, commands: matching([...goTo, ...(typed ? partsOf(may) : [])], typed) },
    { title: words.groups.do, commands: matching([...makings, ...everywhere(onHelp)], typed) },
  ]
  return { groups: groups.filter(({ commands }) => commands.length), isSearching: isFetching }
}

const everywhere = (onHelp: () => void): Command[] => [
  ...themes.map((theme) => ({
    id: `theme ${theme}`,
    label: `${frameWords.theme}: ${frameWords.themes[theme]}`,
    icon: SunMoon,
    run: () => chooseTheme(theme),
  })),
  { id: 'help', label: frameWords.keyboard, icon: KeyboardIcon, keys: '?', run: onHelp },
  { id: 'out', label: frameWords.signOut, icon: LogOut, run: () => leave() },
]
