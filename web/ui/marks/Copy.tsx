import { Check, Copy as CopyIcon } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { ui } from '../../words/ui.ts'
import { IconButton } from '../actions/Button.tsx'
import './marks.css'

interface Props {
  text: string
  label?: string
  /** Several lines, such as a command. */
  isBlock?: boolean
}

/** Something to take elsewhere: an id, a token, a command line. */
export function Copy({ text, label = ui.copy, isBlock = false }: Props) {
  const code = useRef<HTMLElement>(null)
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [isCopied])

  return (
    <span className={`copy${isBlock ? ' block' : ''}`}>
      <code ref={code}>{text}</code>
      <IconButton
        icon={isCopied ? Check : CopyIcon}
        label={isCopied ? ui.copied : label}
        onPress={() => void copy(text, code.current).then(setCopied)}
      />
    </span>
  )
}

/**
 * Whether it went to the clipboard, which a browser keeps from pages that came unencrypted, as from a server in the same
 * house. There it is selected at least, and copied in the old way where that is left.
 */
async function copy(text: string, shown: HTMLElement | null): Promise<boolean> {
  if (navigator.clipboard)
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => select(shown),
    )
  return select(shown)
}

function select(shown: HTMLElement | null): boolean {
  if (!shown) return false
  getSelection()?.selectAllChildren(shown)
  return document.execCommand('copy')
}
