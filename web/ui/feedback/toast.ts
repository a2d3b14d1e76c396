import { UNSTABLE_ToastQueue as ToastQueue } from 'react-aria-components'

export interface ToastContent {
  /** What happened, in a sentence: “Fleet tablets moved to Qualified.” */
  says: string
  detail?: string
  tone?: 'plain' | 'failure'
  undo?: () => void
  /** Something was taken back: the button does it again. */
  isUndone?: boolean
}

export const toasts = new ToastQueue<ToastContent>({ maxVisibleToasts: 3 })

let last: { key: string; content: ToastContent } | undefined

/** Says what was done. The one before makes room; its Undo is over. */
export function tell(says: string, more: Omit<ToastContent, 'says' | 'tone'> = {}): void {
  if (last && last.content.tone !== 'failure') toasts.close(last.key)
  show({ says, ...more, tone: 'plain' }, more.undo ? 8_000 : 5_000)
}

/** Says what was refused, and why; it stays longer, and beside what comes after. */
export function tellFailure(says: string, detail?: string): void {
  show({ says, ...(detail && { detail }), tone: 'failure' }, 15_000)
}

/** Takes back what was done last, while it still can be: as pressing its button does. */
export function undoLast(): boolean {
  const undo = last?.content.undo
  if (!last || !undo) return false
  toasts.close(last.key)
  undo()
  return true
}

function show(content: ToastContent, timeout: number): void {
  const shown: typeof last = { key: '', content }
  shown.key = toasts.add(content, {
    timeout,
    onClose: () => {
      if (last === shown) last = undefined
    },
  })
  last = shown
}
