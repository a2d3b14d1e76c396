import type { Static } from '@sinclair/typebox'
import { useQuery } from '@tanstack/react-query'
import type { AppsReply, MadeReply } from '../../../src/api/console/appWire.ts'
import { get } from '../../api/client.ts'
import { useRefetch } from '../../api/live/live.ts'

export type App = Static<typeof AppsReply>['apps'][number]
export type Install = App['installs'][number]
/** An app with its secret, which is shown this once. */
export type Made = Static<typeof MadeReply>

/** Letting an app in makes a token, taking it out ends one. */
export function useApps() {
  useRefetch('token', ['apps'])
  return useQuery({
    queryKey: ['apps'],
    queryFn: async ({ signal }) => (await get<Static<typeof AppsReply>>('/console/apps', {}, signal)).apps,
  })
}

export const distributions = ['both', 'location', 'company'] as const

export interface AppDraft {
  name: string
  /** One per line. */
  redirectUris: string
  distribution: App['distribution']
  scopes: string[]
}

export const blankApp: AppDraft = { name: '', redirectUris: '', distribution: 'both', scopes: [] }

export const appDraftOf = ({ name, redirectUris, distribution, scopes }: App): AppDraft => ({
  name,
  redirectUris: redirectUris.join('\n'),
  distribution,
  scopes,
})

export const appBody = ({ redirectUris, ...rest }: AppDraft) => ({
  ...rest,
  name: rest.name.trim(),
  redirectUris: redirectUris
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean),
})
