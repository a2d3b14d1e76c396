import { invalid } from '../errors.ts'
import { newUuid } from '../ids.ts'

export const colorRenderModes = ['dot', 'bg-tint', 'none'] as const
export type ColorRenderMode = (typeof colorRenderModes)[number]

export interface Stage {
  id: string
  name: string
  /** 1 to n, in the order of the list. */
  position: number
  showInFunnel: boolean
  showInPieChart: boolean
  /** 0 to 100. */
  stageWinProbability: number
  /** `#RRGGBB` */
  color: string
}

/** Ordered stages that a deal passes through. Times are epoch milliseconds. */
export interface Pipeline {
  id: string
  locationId: string
  name: string
  /** Orders the pipelines of a location. */
  position: number
  showInFunnel: boolean
  showInPieChart: boolean
  colorRenderMode: ColorRenderMode
  useOpportunityProbability: boolean
  stages: Stage[]
  createdAt: number
  updatedAt: number
}

/** A stage as somebody wants it: with the id of one that exists, or new. `position` only sorts. */
export type WantedStage = { name: string } & Partial<Stage>

export type PipelineChange = Partial<
  Pick<Pipeline, 'name' | 'showInFunnel' | 'showInPieChart' | 'colorRenderMode' | 'useOpportunityProbability'>
> & {
  /** The whole list: what is left out goes. */
  stages?: WantedStage[]
}

export type NewPipeline = PipelineChange & { name: string; stages: WantedStage[] }

/** HighLevel's colour of a stage that names none. */
const slate = '#64748B'

export function begin(id: string, locationId: string, wanted: NewPipeline, position: number, now: number): Pipeline {
  return {
    id,
    locationId,
    name: wanted.name,
    position,
    showInFunnel: wanted.showInFunnel ?? true,
    showInPieChart: wanted.showInPieChart ?? true,
    colorRenderMode: wanted.colorRenderMode ?? 'dot',
    useOpportunityProbability: wanted.useOpportunityProbability ?? false,
    stages: arrange(wanted.stages, []),
    createdAt: now,
    updatedAt: now,
  }
}

/** The pipeline after a change; the same object when nothing differs. */
export function reshape(before: Pipeline, wanted: PipelineChange, now: number): Pipeline {
  const stages = wanted.stages ? arrange(wanted.stages, before.stages) : before.stages
  const after = { ...before, ...wanted, stages }
  return JSON.stringify(after) === JSON.stringify(before) ? before : { ...after, updatedAt: now }
}

/** The stages that a change takes away. */
export function removedStages(before: Pipeline, after: Pipeline): Stage[] {
  const kept = new Set(after.stages.map(({ id }) => id))
  return before.stages.filter(({ id }) => !kept.has(id))
}

function arrange(wanted: WantedStage[], existing: Stage[]): Stage[] {
  checkStages(wanted, existing)
  const order = (stage: WantedStage, at: number) => stage.position ?? at + 1
  const sorted = wanted
    .map((stage, at) => ({ stage, at: order(stage, at) }))
    .sort((a, b) => a.at - b.at)
    .map(({ stage }) => stage)
  // sic: one missing probability spreads all of them evenly.
  const even = sorted.some(({ stageWinProbability }) => stageWinProbability === undefined)
  return sorted.map((stage, at) => {
    const before = existing.find(({ id }) => id === stage.id)
    return {
      id: before?.id ?? newUuid(),
      name: stage.name,
      position: at + 1,
      showInFunnel: stage.showInFunnel ?? before?.showInFunnel ?? true,
      showInPieChart: stage.showInPieChart ?? before?.showInPieChart ?? true,
      stageWinProbability: even ? round(((at + 1) / (sorted.length + 1)) * 100) : (stage.stageWinProbability as number),
      color: stage.color ?? before?.color ?? slate,
    }
  })
}

function checkStages(wanted: WantedStage[], existing: Stage[]) {
  if (wanted.length === 0) throw invalid('stages must contain at least 1 elements')
  const names = new Set<string>()
  const ids = new Set<string>()
  wanted.forEach(({ id, name }, at) => {
    const key = name.trim().toLowerCase()
    if (names.has(key)) throw invalid(`stages.${at}.name must be unique in the pipeline`)
    if (id !== undefined && (ids.has(id) || !existing.some((stage) => stage.id === id))) {
      throw invalid(`stages.${at}.id is invalid`)
    }
    names.add(key)
    if (id !== undefined) ids.add(id)
  })
}

const round = (percent: number) => Math.round(percent * 100) / 100
