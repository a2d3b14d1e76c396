import { CircleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps } from 'react-aria-components'
import { Icon } from '../../ui/actions/Icon.tsx'
import { editorWords as words } from '../../words/automationEditor.ts'
import { scrollIntoSight } from './focus.ts'
import { StepFigures } from './StepFigures.tsx'

interface Props {
  path: string
  icon: LucideIcon
  title: string
  kind?: string
  lines: { name: string; says: string }[]
  faults: number
  /** How many are there now, by their state. */
  runs?: Record<string, number> | undefined
  isOpen: boolean
  onOpen: () => void
  onKeyDown?: ButtonProps['onKeyDown']
  /** Its menu. */
  children?: ReactNode
}

/** One card of the path: what it is, the first of its settings, and whether something is missing. */
export function Card({ path, icon, title, kind, lines, faults, runs, isOpen, onOpen, onKeyDown, children }: Props) {
  return (
    <div className={`step-card${isOpen ? ' open' : ''}${faults > 0 ? ' faulty' : ''}`}>
      <AriaButton
        className="step-card-main"
        data-card={path}
        aria-pressed={isOpen}
        onPress={onOpen}
        onFocus={scrollIntoSight}
        {...(onKeyDown && { onKeyDown })}
      >
        <span className="step-card-icon">
          <Icon icon={icon} />
        </span>
        <span className="step-card-words">
          {kind && <span className="step-card-kind">{kind}</span>}
          <span className="step-card-head">
            <span className="step-card-title one-line">{title}</span>
            {runs && <StepFigures runs={runs} />}
          </span>
          {lines.slice(0, 3).map(({ name, says }) => (
            <span key={name} className="step-card-line one-line">
              {name && `${name}: `}
              <span className="step-card-value">{says}</span>
            </span>
          ))}
          {faults > 0 && (
            <span className="step-card-fault">
              <Icon icon={CircleAlert} size={12} />
              {words.toMend(faults)}
            </span>
          )}
        </span>
      </AriaButton>
      {children}
    </div>
  )
}
