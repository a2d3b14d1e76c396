import { useMemo } from 'react'
import { useLostReasons, usePipelines, useUsers } from '../../api/lookups.ts'
import type { Option } from '../../ui/choices/options.tsx'
import { useWorkflows } from '../ask.ts'
import type { Kind } from './schema.ts'

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
