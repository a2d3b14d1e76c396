import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'

/** Behind a page's address: it is opened to make something new. */
export const creating = '#new'

/** Whether a page's dialog for something new is open; at once where the address says so. */
export function useOpenNew() {
  const [path] = useLocation()
  const state = useState(() => location.hash === creating)
  const [, setOpen] = state
  // Whoever comes back to the page later comes for the page.
  useEffect(() => {
    if (!path || location.hash !== creating) return
    setOpen(true)
    history.replaceState(history.state, '', location.pathname + location.search)
  }, [path])
  return state
}
