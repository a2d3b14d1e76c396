import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { get } from '../../api/client.ts'
import { useLostReasons, usePipelines, useUsers } from '../../api/lookups.ts'
import { useMay, useSession } from '../../api/session.tsx'
import type { Option } from '../../ui/choices/options.tsx'
import { useWorkflows } from '../ask.ts'
import type { Kind } from './schema.ts'

export interface CustomField {
  id: string
  name: string
  fieldKey: string
  model: string
}

/** Everything that a setting may refer to by an id, by kind. A stage tells its pipeline. */
export function useReferences(): Record<Kind, (Option & { of?: string })[]> {
  const { data: pipelines } = usePipelines()
  const { data: reasons } = useLostReasons()
  const { data: workflows } = useWorkflows()
  const users = useUsers()
  return useMemo(() => {
    const named = (list: { id: string; name: string }[] = []) => list.map(({ id, name }) => ({ id, label: name }))
    return {
      pipeline: named(pipelines),
      stage: (pipelines ?? []).flatMap(({ id: of, name: detail, stages }) =>
        stages.map(({ id, name }) => ({ id, label: name, detail, of })),
      ),
      user: named(users),
      lostReason: named(reasons),
      workflow: named(workflows),
    }
  }, [pipelines, reasons, workflows, users])
}

export function useCustomFields(): CustomField[] {
  const { location } = useSession()
  const isAllowed = useMay()('locations/customFields.readonly')
  const { data } = useQuery({
    queryKey: ['lookups', 'custom-fields', 'all'],
    queryFn: async ({ signal }) =>
      (await get<{ customFields: CustomField[] }>(`/locations/${location.id}/customFields`, { model: 'all' }, signal))
        .customFields,
    enabled: isAllowed,
  })
  return data ?? none
}

const none: CustomField[] = []
