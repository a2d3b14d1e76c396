import type { Static } from '@sinclair/typebox'
import { useQuery } from '@tanstack/react-query'
import type { ScopesReply } from '../../../src/api/console/tokenWire.ts'
import { get } from '../../api/client.ts'

export type Scope = Static<typeof ScopesReply>['scopes'][number]

export const useScopes = () =>
  useQuery({
    queryKey: ['scopes'],
    queryFn: async ({ signal }) => (await get<Static<typeof ScopesReply>>('/console/scopes', {}, signal)).scopes,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** `locations/tags.write` belongs to `locations/tags`. */
export const groupOf = (scope: string): string => scope.slice(0, scope.lastIndexOf('.'))

/** Those of one group together, in the order of the list. */
export function grouped(scopes: Scope[]): { group: string; scopes: Scope[] }[] {
  const groups = new Map<string, Scope[]>()
  for (const scope of scopes) {
    const group = groupOf(scope.name)
    groups.set(group, [...(groups.get(group) ?? []), scope])
  }
  return [...groups].map(([group, scopes]) => ({ group, scopes }))
}

/** What whoever hands it out has, of what programs usually get. */
export const usual = (scopes: Scope[]): string[] =>
  scopes.filter(({ isUsual, isHeld }) => isUsual && isHeld).map(({ name }) => name)

export const seeing = (scopes: Scope[]): string[] => usual(scopes).filter((name) => name.endsWith('.readonly'))
