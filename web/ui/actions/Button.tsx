import type { LucideIcon } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaProps, Link } from 'react-aria-components'
import { Tooltip } from '../overlays/Tooltip.tsx'
import { Icon } from './Icon.tsx'
import './actions.css'

/** `primary` once on a page; `quiet` has a border; `plain` has none; `danger` is for what cannot be taken back. */
export type Look = 'primary' | 'quiet' | 'plain' | 'danger'

interface Props extends Omit<AriaProps, 'className' | 'style' | 'children'> {
  look?: Look
  icon?: LucideIcon
  children: ReactNode
  ref?: Ref<HTMLButtonElement>
}

/** While `isPending` it keeps its place and the focus, and cannot be pressed. */
export function Button({ look = 'quiet', icon, children, isPending = false, ...props }: Props) {
  return (
    <AriaButton {...props} {...(isPending && waiting)} className={`button ${look}`}>
      {icon && <Icon icon={icon} />}
      <span className="button-words">{children}</span>
    </AriaButton>
  )
}

/** React Aria's own would announce a button that is often gone by then: what was done is told by a toast. */
const waiting = { 'aria-disabled': true, 'data-pending': true, type: 'button', onPress: undefined } as const

interface IconProps extends Omit<Props, 'icon' | 'children'> {
  icon: LucideIcon
  label: string
  /** The key that does the same, shown beside the label. */
  shortcut?: string
}

/** A button that is only a picture: its label is read aloud, and shown when the pointer rests on it. */
export function IconButton({ look = 'plain', icon, label, shortcut, ...props }: IconProps) {
  return (
    <Tooltip says={label} shortcut={shortcut}>
      <AriaButton {...props} aria-label={label} className={`button icon ${look}`}>
        <Icon icon={icon} />
      </AriaButton>
    </Tooltip>
  )
}

interface LinkProps {
  href: string
  look?: Look
  icon?: LucideIcon
  children: ReactNode
}

/** Looks like a button and goes somewhere. */
export function LinkButton({ href, look = 'quiet', icon, children }: LinkProps) {
  return (
    <Link href={href} className={`button ${look}`}>
      {icon && <Icon icon={icon} />}
      <span className="button-words">{children}</span>
    </Link>
  )
}
