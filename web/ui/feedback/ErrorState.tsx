import { CloudAlert, Lock } from 'lucide-react'
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { ui } from '../../words/ui.ts'
import { Button } from '../actions/Button.tsx'
import { Icon } from '../actions/Icon.tsx'
import './feedback.css'

interface Props {
  title: string
  children?: ReactNode
  onRetry?: () => void
  isForbidden?: boolean
}

/** In the place of what could not be shown: what went wrong, and the way on. */
export const ErrorState = ({ title, children, onRetry, isForbidden = false }: Props) => (
  <section className="state" role="alert">
    <span className="state-icon">
      <Icon icon={isForbidden ? Lock : CloudAlert} size={20} />
    </span>
    <h2>{title}</h2>
    {children && <p>{children}</p>}
    {onRetry && <Button onPress={onRetry}>{ui.retry}</Button>}
  </section>
)

/** A fault in drawing or fetching a page stays in that page: the rail and the way back remain. */
export class Fence extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError = () => ({ isBroken: true })

  override componentDidCatch(error: Error, { componentStack }: ErrorInfo): void {
    console.error(error, componentStack)
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children
    return (
      <ErrorState title={ui.unbelievable} onRetry={() => location.reload()}>
        {ui.unbelievableHelp}
      </ErrorState>
    )
  }
}
