import { useQuery } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import { useRefetch } from '../../api/live/live.ts'
import { useSession } from '../../api/session.tsx'
import type { Field } from './field.ts'

/** Of deals and of contacts. */
export function useFields() {
  const { location } = useSession()
  useRefetch('custom_field', ['custom-fields'])
  return useQuery({
    queryKey: ['custom-fields', 'all'],
    queryFn: async ({ signal }) =>
      (await get<{ customFields: Field[] }>(`/locations/${location.id}/customFields`, { model: 'all' }, signal))
        .customFields,
  })
}
