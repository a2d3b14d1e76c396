import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { get } from '../api/client.ts'
import { useRefetch } from '../api/live/live.ts'
import type {
  ActionType,
  ListedReply,
  RunPage,
  Samples,
  StepCounts,
  StepRunPage,
  Story,
  Template,
  TriggerType,
  Versions,
  Whole,
} from './wire.ts'

/**
 * Of runs nobody is told as they go: they are looked at so often while they are on the screen. What could not be loaded is
 * not asked for again by itself, for its error would give way to a skeleton each time.
 */
const often = 4_000

export function useWorkflows() {
  useRefetch('workflow', ['workflows'])
  return useQuery({
    queryKey: ['workflows'],
    queryFn: async ({ signal }) => (await get<ListedReply>('/console/workflows', {}, signal)).workflows,
    refetchInterval: ({ state: { data } }) => (data ? often * 2 : false),
  })
}

export function useWorkflow(id: string) {
  useRefetch('workflow', ['workflow', id])
  return useQuery({
    queryKey: ['workflow', id, 'whole'],
    queryFn: ({ signal }) => get<Whole>(`/console/workflows/${id}`, {}, signal),
    refetchInterval: ({ state: { data } }) => (data ? often * 2 : false),
  })
}

export const useVersions = (id: string, isNeeded = true) =>
  useQuery({
    queryKey: ['workflow', id, 'versions'],
    queryFn: async ({ signal }) => (await get<Versions>(`/console/workflows/${id}/versions`, {}, signal)).versions,
    enabled: isNeeded,
  })

/** They are part of the program: as long as it is open they stay the same. */
const forEver = { staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY }

export function useTriggerTypes(): TriggerType[] | undefined {
  return useQuery({
    queryKey: ['workflow-triggers'],
    queryFn: async ({ signal }) =>
      (await get<{ triggers: TriggerType[] }>('/console/workflows/triggers', {}, signal)).triggers,
    ...forEver,
  }).data
}

export function useActionTypes(): ActionType[] | undefined {
  return useQuery({
    queryKey: ['workflow-actions'],
    queryFn: async ({ signal }) =>
      (await get<{ actions: ActionType[] }>('/console/workflows/actions', {}, signal)).actions,
    ...forEver,
  }).data
}

/** Page by page, newest first; what is loaded stays fresh while it is short. */
export const useRuns = (workflowId: string, state: string | null) =>
  useInfiniteQuery({
    queryKey: ['runs', workflowId, state],
    queryFn: ({ pageParam, signal }) =>
      get<RunPage>('/console/runs', { workflowId, state, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state: { data } }) => (data && data.pages.length <= 3 ? often : false),
  })

/** Where the runs of a workflow stand, step by step. */
export const useStepCounts = (workflowId: string) =>
  useQuery({
    queryKey: ['runs', workflowId, 'steps'],
    queryFn: async ({ signal }) => (await get<StepCounts>(`/console/workflows/${workflowId}/steps`, {}, signal)).steps,
    refetchInterval: ({ state: { data } }) => (data ? often : false),
  })

/** Those that came to one step. */
export const useStepRuns = (workflowId: string, stepId: string) =>
  useInfiniteQuery({
    queryKey: ['runs', workflowId, 'step', stepId],
    queryFn: ({ pageParam, signal }) =>
      get<StepRunPage>(
        `/console/workflows/${workflowId}/steps/${stepId}/runs`,
        { cursor: pageParam, limit: 10 },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state: { data } }) => (data && data.pages.length <= 3 ? often : false),
  })

export const useRun = (id: string) =>
  useQuery({
    queryKey: ['run', id],
    queryFn: ({ signal }) => get<Story>(`/console/runs/${id}`, {}, signal),
    refetchInterval: ({ state: { data } }) => (data && !data.run.endedAt ? often / 2 : false),
  })

/** The payloads that came last to a workflow's address; new ones appear by themselves. */
export const useSamples = (id: string, isNeeded: boolean) =>
  useQuery({
    queryKey: ['workflow', id, 'samples'],
    queryFn: async ({ signal }) => (await get<Samples>(`/console/workflows/${id}/samples`, {}, signal)).samples,
    enabled: isNeeded,
    refetchInterval: ({ state: { data } }) => (data ? often : false),
  })

export const useTemplates = () =>
  useQuery({
    queryKey: ['workflow-templates'],
    queryFn: async ({ signal }) =>
      (await get<{ templates: Template[] }>('/console/workflows/templates', {}, signal)).templates,
    ...forEver,
  })
