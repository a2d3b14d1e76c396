import type { Static } from '@sinclair/typebox'
import { useQuery } from '@tanstack/react-query'
import type { DeletionReply } from '../../../src/api/console/pipelineWire.ts'
import { get } from '../../api/client.ts'
import { useRefetch } from '../../api/live/live.ts'

export type Deletion = Static<typeof DeletionReply>

/** What would move if these stages went, or what would go with the whole pipeline where none is named. */
export function useDeletion(pipelineId: string, stageIds: string[], isNeeded = true) {
  useRefetch('opportunity', ['deletion', pipelineId])
  const stageId = stageIds.join(',')
  return useQuery({
    queryKey: ['deletion', pipelineId, stageId],
    queryFn: ({ signal }) => get<Deletion>(`/console/pipelines/${pipelineId}/deletion`, { stageId }, signal),
    enabled: isNeeded,
    staleTime: 0,
  })
}
