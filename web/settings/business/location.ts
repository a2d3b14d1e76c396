import type { Static } from '@sinclair/typebox'
import { useQuery } from '@tanstack/react-query'
import type { LocationReply, TimezonesReply } from '../../../src/api/v2/locations/wire.ts'
import { get } from '../../api/client.ts'
import { useRefetch } from '../../api/live/live.ts'
import { useSession } from '../../api/session.tsx'

export type Location = Static<typeof LocationReply>['location']

const texts = [
  'name',
  'email',
  'phone',
  'website',
  'address',
  'city',
  'state',
  'postalCode',
  'country',
  'timezone',
] as const
export type TextName = (typeof texts)[number]
export type BusinessDraft = Record<TextName | 'currency', string>

export const fieldNames: string[] = [...texts, 'settings.currency']

export function useBusiness() {
  const { location } = useSession()
  useRefetch('location', ['location'])
  return useQuery({
    queryKey: ['location'],
    queryFn: async ({ signal }) =>
      (await get<Static<typeof LocationReply>>(`/locations/${location.id}`, {}, signal)).location,
  })
}

export function useTimezones(): string[] {
  const { location } = useSession()
  const { data } = useQuery({
    queryKey: ['timezones'],
    queryFn: ({ signal }) => get<Static<typeof TimezonesReply>>(`/locations/${location.id}/timezones`, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data?.timezones ?? none
}

const none: string[] = []

export function businessDraftOf(location: Location): BusinessDraft {
  const draft = Object.fromEntries(texts.map((name) => [name, location[name] ?? '']))
  return { ...draft, currency: location.settings.currency ?? '' } as BusinessDraft
}

/** What differs, and nothing else: a country that is sent again would decide anew how phone numbers are read. */
export function businessBody(draft: BusinessDraft, before: BusinessDraft) {
  const { currency, ...rest } = draft
  const changed = Object.entries(rest).filter(([name, text]) => text !== before[name as TextName])
  return {
    ...Object.fromEntries(changed.map(([name, text]) => [name, text.trim()])),
    ...(currency !== before.currency && { settings: { currency } }),
  }
}
