import { useMemo } from 'react'
import { type Pipeline, usePipelines, useUsers } from '../../api/lookups.ts'
import { statusIcons } from '../../deals/statusIcons.ts'
import { statuses } from '../../filters/filters.ts'
import type { MenuChoice } from '../../ui/actions/Menu.tsx'
import { listWords as words } from '../../words/list.ts'
import type { Deal } from '../deals.ts'
import type { Wish } from './actions.ts'

export interface Choices {
  stages: MenuChoice[]
  owners: MenuChoice[]
  statuses: MenuChoice[]
}

export type ChoicesFor = (run: (wish: Wish) => void, lose: () => void, deal?: Deal) => Choices

/** What the menus of a row and of the bar offer: for one deal, what it is already is marked or left out. */
export function useChoices(): ChoicesFor {
  const { data: pipelines = none } = usePipelines()
  const users = useUsers()
  return useMemo(
    () => (run, lose, deal) => ({
      stages: stageChoices(pipelines, run, deal),
      owners: [{ id: null, name: words.nobody }, ...users].map(({ id, name }) => ({
        id: id ?? 'nobody',
        label: name,
        isChosen: deal !== undefined && deal.ownerId === id,
        onAction: () => run({ action: { action: 'assign', assignedTo: id }, target: id && name }),
      })),
      statuses: statuses
        .filter((status) => status !== deal?.status)
        .map((status) => ({
          id: status,
          label: words.set[status],
          icon: statusIcons[status],
          onAction: () => (status === 'lost' ? lose() : run({ action: { action: 'status', status } })),
        })),
    }),
    [pipelines, users],
  )
}

const none: Pipeline[] = []

/** One pipeline's stages at once; of several, each with its own. */
function stageChoices(pipelines: Pipeline[], run: (wish: Wish) => void, deal?: Deal): MenuChoice[] {
  const stagesOf = ({ id: pipelineId, stages }: Pipeline): MenuChoice[] =>
    stages.map(({ id, name, color }) => ({
      id,
      label: name,
      ...(color && { color }),
      isChosen: deal?.stageId === id,
      onAction: () => run({ action: { action: 'move', pipelineId, pipelineStageId: id }, target: name }),
    }))
  const [only] = pipelines
  if (only && pipelines.length === 1) return stagesOf(only)
  return pipelines.map((pipeline) => ({ id: pipeline.id, label: pipeline.name, choices: stagesOf(pipeline) }))
}
