import { useEffect } from 'react'

/**
 * In the place of a menu whose part is on its way, for as long as that takes without a network: who goes on with
 * something else, or takes it back by Escape, has left it, so that it does not open under their hands later.
 */
export function Awaited({ onLeave }: { onLeave: () => void }) {
  useEffect(() => {
    const press = ({ key }: KeyboardEvent) => key === 'Escape' && onLeave()
    addEventListener('pointerdown', onLeave)
    addEventListener('keydown', press)
    return () => {
      removeEventListener('pointerdown', onLeave)
      removeEventListener('keydown', press)
    }
  }, [onLeave])
  return null
}
