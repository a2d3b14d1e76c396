import type { Static } from '@sinclair/typebox'
import { useQuery } from '@tanstack/react-query'
import type { FieldsReply } from '../../src/api/v2/locations/customFieldWire.ts'
import type { Many } from '../../src/api/v2/pipelines/wire.ts'
import type { UsersReply } from '../../src/api/v2/users/wire.ts'
import { get } from './client.ts'
import { useRefetch } from './live/live.ts'
import { useMay, useSession } from './session.tsx'

/*
 * What deals refer to by an id and every page shows by its name. Each is asked once, kept for as long as the app is
 * open, and asked anew when such a record changes.
 */

export type Pipeline = Static<typeof Many>['pipelines'][number]
export type Stage = Pipeline['stages'][number]
export type CustomField = Static<typeof FieldsReply>['customFields'][number]

export interface Named {
  id: string
  name: string
}

/** Undefined until they are known. */
export function usePipelines() {
  const { location } = useSession()
  useRefetch('pipeline', ['lookups', 'pipelines'])
  return useQuery({
    queryKey: ['lookups', 'pipelines'],
    queryFn: async ({ signal }) =>
      (await get<{ pipelines: Pipeline[] }>('/opportunities/pipelines', { locationId: location.id }, signal)).pipelines,
    staleTime: 5 * 60_000,
  })
}

/** Nobody, for those who may not see who else there is. */
export function useUsers(): Named[] {
  const { location, user } = useSession()
  const isAllowed = useMay()('users.readonly')
  useRefetch('user', ['lookups', 'users'])
  const { data } = useQuery({
    queryKey: ['lookups', 'users'],
    queryFn: async ({ signal }) =>
      (await get<Static<typeof UsersReply>>('/users/', { locationId: location.id }, signal)).users,
    staleTime: 5 * 60_000,
    enabled: isAllowed,
  })
  return data ?? (isAllowed ? none : alone(user))
}

export function useTags(): Named[] {
  const { location } = useSession()
  const isAllowed = useMay()('locations/tags.readonly')
  useRefetch('tag', ['lookups', 'tags'])
  const { data } = useQuery({
    queryKey: ['lookups', 'tags'],
    queryFn: async ({ signal }) =>
      (await get<{ tags: Named[] }>(`/locations/${location.id}/tags`, undefined, signal)).tags,
    enabled: isAllowed,
  })
  return data ?? none
}

/** What the location asks about such records beyond what everybody asks, in its order. */
export function useCustomFields(model: CustomField['model'] | 'all'): CustomField[] {
  const { location } = useSession()
  const isAllowed = useMay()('locations/customFields.readonly')
  useRefetch('custom_field', ['lookups', 'custom-fields'])
  const { data } = useQuery({
    queryKey: ['lookups', 'custom-fields', model],
    queryFn: async ({ signal }) =>
      (await get<Static<typeof FieldsReply>>(`/locations/${location.id}/customFields`, { model }, signal)).customFields,
    enabled: isAllowed,
  })
  return data ?? noFields
}

/** Asked when they are needed: `isNeeded` false keeps it quiet. */
export function useLostReasons(isNeeded = true) {
  const { location } = useSession()
  useRefetch('lost_reason', ['lookups', 'lost-reasons'])
  return useQuery({
    queryKey: ['lookups', 'lost-reasons'],
    queryFn: async ({ signal }) =>
      (
        await get<{ lostReasons: Named[] }>(
          '/opportunities/lost-reason',
          { locationId: location.id, limit: 1000 },
          signal,
        )
      ).lostReasons,
    enabled: isNeeded,
  })
}

const none: Named[] = []
const noFields: CustomField[] = []

let lone: Named[] = []
/** The same list each time, so that nothing is drawn anew for it. */
function alone({ id, name }: Named): Named[] {
  if (lone[0]?.id !== id || lone[0].name !== name) lone = [{ id, name }]
  return lone
}
