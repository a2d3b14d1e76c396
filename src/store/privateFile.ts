import { closeSync, openSync } from 'node:fs'

/**
 * A new file is for nobody but its owner: it holds people's data, and what tokens are signed with. Why it cannot be made
 * is told by who opens it.
 */
export function keepPrivate(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600))
  } catch {}
}
