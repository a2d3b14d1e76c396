/**
 * Whether a request may come from a page of this origin. A page elsewhere that had its own name point at this machine
 * would send its own origin; programs send none. What runs on the machine itself may come, and so may our own pages.
 */
export function isWelcome(origin: string | undefined, publicUrl: string | null): boolean {
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  const { hostname, origin: own } = new URL(origin)
  return loopback.test(hostname) || (publicUrl !== null && own === new URL(publicUrl).origin)
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/
