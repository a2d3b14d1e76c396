import { nearest } from '../config/nearest.ts'
import { WrongUsage } from '../config/options.ts'
import { allScopes, isScope, scopes, usualScopes } from '../domain/tokens/scopes.ts'

/** An option that names scopes, with commas between. */
export const scopesOption = (help: string) => ({ value: 'LIST', help, read: readScopes, fallback: undefined })

/** All in a word, nearly all by how many, as the web app counts them; others by name. */
export function listScopes(allowed: readonly string[]): string {
  if (missingIn(allowed).length === 0) return 'all'
  if (!usualScopes.every((scope) => allowed.includes(scope))) return allowed.join(', ')
  return `${allowed.length} of ${allScopes.length}`
}

/** The same where there is room to tell what nearly all lack. */
export function tellScopes(allowed: readonly string[]): string {
  const told = listScopes(allowed)
  return told.includes(' of ') ? `${told}, all but ${missingIn(allowed).join(', ')}` : told
}

const missingIn = (allowed: readonly string[]) => allScopes.filter((scope) => !allowed.includes(scope))

function readScopes(given: string): string[] {
  const names = given
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  const wrong = names.find((name) => !isScope(name))
  if (wrong === undefined) return names
  const meant = nearest(wrong, Object.keys(scopes))
  throw new WrongUsage(`has no scope ${wrong}. ${meant ? `Did you mean ${meant}?` : 'See --help for all of them.'}`)
}
