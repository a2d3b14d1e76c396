import { Check, ChevronRight, type LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import {
  Menu as AriaMenu,
  Header,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  type PopoverProps,
  SubmenuTrigger,
  Text,
} from 'react-aria-components'
import { useMedia } from '../marks/useMedia.ts'
import { Icon } from './Icon.tsx'
import './actions.css'

export interface MenuChoice {
  id: string
  label: string
  icon?: LucideIcon
  /** A dot of this colour instead of an icon. */
  color?: string
  /** In soft ink at the right: a key, a count. */
  hint?: string
  isDanger?: boolean
  isDisabled?: boolean
  isChosen?: boolean
  href?: string
  onAction?: () => void
  choices?: MenuChoice[]
}
/** Groups are parted by a line; a title is optional. */
export interface MenuGroup {
  title?: string
  choices: MenuChoice[]
}

interface Props {
  /** What opens it: a Button or an IconButton. */
  children: ReactElement
  label: string
  groups: MenuGroup[]
  placement?: PopoverProps['placement']
  onOpenChange?: (isOpen: boolean) => void
}

export function Menu({ children, label, groups, placement = 'bottom end', onOpenChange }: Props) {
  return (
    <MenuTrigger onOpenChange={onOpenChange}>
      {children}
      <Popover className="popover menu-popover" placement={placement} offset={4}>
        <MenuList label={label} groups={groups} />
      </Popover>
    </MenuTrigger>
  )
}

interface ListProps extends Pick<Props, 'label' | 'groups'> {
  /** Where it stands in a popover of its own: called after a choice, and the first choice has the focus. */
  onClose?: () => void
}

/** The choices alone, for a popover that somebody else opens, such as one at the pointer. */
export function MenuList({ label, groups, onClose }: ListProps) {
  const isNarrow = useMedia('(width < 640px)')
  return (
    <AriaMenu aria-label={label} className="menu" {...(onClose && { onClose, autoFocus: 'first' })}>
      {groups
        .filter(({ choices }) => choices.length)
        .map(({ title, choices }) => (
          <MenuSection key={choices[0]?.id} aria-label={title ?? label} className="menu-section">
            {title && <Header className="menu-title">{title}</Header>}
            {choices.map((choice) => choiceItem(choice, isNarrow))}
          </MenuSection>
        ))}
    </AriaMenu>
  )
}

/** On a phone there is no room beside a menu: what is further in opens below its choice. */
function choiceItem(choice: MenuChoice, isNarrow: boolean): ReactElement {
  if (!choice.choices) return <Choice key={choice.id} {...choice} />
  return (
    <SubmenuTrigger key={choice.id}>
      <Choice {...choice} />
      <Popover className="popover menu-popover" offset={2} {...(isNarrow && { placement: 'bottom start' })}>
        <MenuList label={choice.label} groups={[{ choices: choice.choices }]} />
      </Popover>
    </SubmenuTrigger>
  )
}

function Choice({ label, icon, color, hint, isDanger, isChosen, choices, ...choice }: MenuChoice) {
  return (
    <MenuItem {...choice} textValue={label} className={`menu-item${isDanger ? ' danger' : ''}`}>
      {icon && <Icon icon={icon} />}
      {color && <span className="dot" style={{ background: color }} />}
      <Text slot="label" className="one-line">
        {label}
      </Text>
      {hint && (
        <Text slot="description" className="menu-hint figures">
          {hint}
        </Text>
      )}
      {isChosen && <Icon icon={Check} />}
      {choices && <Icon icon={ChevronRight} />}
    </MenuItem>
  )
}
