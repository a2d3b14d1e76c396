import type { LucideIcon } from 'lucide-react'

/** Silent for screen readers: the words beside it, or the label of the button around it, say what it means. */
export const Icon = ({ icon: Drawing, size = 16 }: { icon: LucideIcon; size?: number }) => (
  <Drawing size={size} strokeWidth={1.5} aria-hidden />
)
