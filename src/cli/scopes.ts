import { nearest } from '../config/nearest.ts'
import { WrongUsage } from '../config/options.ts'
import { isScope, scopes, usualScopes } from '../domain/tokens/scopes.ts'

/** An option that names scopes, with commas between. */
export const scopesOption = (help: string) => ({ value: 'LIST', help, read: readScopes, fallback: undefined })

/** Names that cover everything usual are told in a word. */
export function listScopes(allowed: readonly string[]): string {
  if (!usualScopes.every((scope) => allowed.includes(scope))) return allowed.join(', ')
  return ['all', ...allowed.filter((scope) => !usualScopes.some((usual) => usual === scope))].join(', ')
}

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
