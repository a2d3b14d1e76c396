import type { Pipeline } from '../../api/lookups.ts'
import { pipelineWords as words } from '../../words/settings/pipelines.ts'
import { palette } from './palette.ts'

/** A stage as it is being edited. */
export interface StageDraft {
  /** Known by it while it has no id yet. */
  key: string
  /** Absent for one that is new. */
  id?: string
  name: string
  color: string
  /** 0 to 100; null while nothing is written. */
  chance: number | null
  showInFunnel: boolean
  showInPieChart: boolean
  /** Taken away when the pipeline is saved. */
  isGoing: boolean
}

/** A pipeline as it is being edited. */
export interface PipelineDraft {
  name: string
  colorRenderMode: Pipeline['colorRenderMode']
  useOpportunityProbability: boolean
  showInFunnel: boolean
  showInPieChart: boolean
  stages: StageDraft[]
  /** When the pipeline was last changed before somebody began; '' for a new one. */
  basedOn: string
}

export function draftOf(pipeline: Pipeline): PipelineDraft {
  const { name, colorRenderMode, useOpportunityProbability, showInFunnel, showInPieChart, dateUpdated } = pipeline
  const looks = { colorRenderMode, useOpportunityProbability, showInFunnel, showInPieChart }
  return { name, ...looks, stages: pipeline.stages.map(stageDraftOf), basedOn: dateUpdated }
}

function stageDraftOf({ id, name, color, stageWinProbability, showInFunnel, showInPieChart }: Pipeline['stages'][0]) {
  return { key: id, id, name, color, chance: stageWinProbability, showInFunnel, showInPieChart, isGoing: false }
}

/** What a new pipeline begins with. */
export function blankDraft(): PipelineDraft {
  const stages = words.firstStages.reduce((stages, name) => added(stages, name), [] as StageDraft[])
  const looks = { colorRenderMode: 'dot' as const, useOpportunityProbability: false }
  return { name: '', ...looks, showInFunnel: true, showInPieChart: true, stages: spread(stages), basedOn: '' }
}

/** With one more at the end, in a colour that is not there yet. */
export function added(stages: StageDraft[], name = ''): StageDraft[] {
  const used = new Set(stages.map(({ color }) => color.toUpperCase()))
  const color = palette.find((one) => !used.has(one)) ?? (palette[0] as string)
  const chance = stages.findLast(({ isGoing }) => !isGoing)?.chance ?? 50
  const shown = { showInFunnel: true, showInPieChart: true }
  return [...stages, { key: freeKey(stages), name, color, chance, ...shown, isGoing: false }]
}

function freeKey(stages: StageDraft[]): string {
  const taken = new Set(stages.map(({ key }) => key))
  let number = stages.length + 1
  while (taken.has(`new-${number}`)) number++
  return `new-${number}`
}

export const changed = (stages: StageDraft[], key: string, part: Partial<StageDraft>): StageDraft[] =>
  stages.map((stage) => (stage.key === key ? { ...stage, ...part } : stage))

/** One that was never saved goes at once, any other when the pipeline is saved. */
export const removed = (stages: StageDraft[], key: string): StageDraft[] =>
  changed(stages, key, { isGoing: true }).filter(({ id, isGoing }) => id || !isGoing)

/** One stage in another place, the others in their order. */
export function moved(stages: StageDraft[], key: string, to: number): StageDraft[] {
  const stage = stages.find((one) => one.key === key)
  if (!stage) return stages
  const others = stages.filter((one) => one !== stage)
  const at = Math.max(0, Math.min(to, others.length))
  return [...others.slice(0, at), stage, ...others.slice(at)]
}

/** As the server does where no chance is given. */
export function spread(stages: StageDraft[]): StageDraft[] {
  const staying = stages.filter(({ isGoing }) => !isGoing)
  return stages.map((stage) => {
    const at = staying.indexOf(stage)
    return at < 0 ? stage : { ...stage, chance: Math.round(((at + 1) / (staying.length + 1)) * 100) }
  })
}

export const goingIds = (stages: StageDraft[]): string[] =>
  stages.flatMap(({ id, isGoing }) => (id && isGoing ? [id] : []))

/** The stages that stay, in the order in which they are sent and in which the server names them. */
export const staying = (stages: StageDraft[]): StageDraft[] => stages.filter(({ isGoing }) => !isGoing)

/** Where the deals of stages that go may move: to the first of those that stay, or to any other that is not new. */
export const goalsOf = (stages: StageDraft[]): StageDraft[] => staying(stages).filter(({ id }, at) => at === 0 || id)

/**
 * Mine as a change of theirs. What they have taken away and I have not is a new stage again; what they have added stays,
 * at the end.
 */
export function onTopOf(mine: PipelineDraft, theirs: PipelineDraft): PipelineDraft {
  const [known, left] = [mine, theirs].map(({ stages }) => new Set(stages.map(({ id }) => id)))
  const own = mine.stages.flatMap(({ id, ...stage }) => {
    if (id && left?.has(id)) return [{ ...stage, id }]
    return stage.isGoing ? [] : [stage]
  })
  const theirOwn = theirs.stages.filter(({ id }) => !known?.has(id))
  return { ...mine, stages: [...own, ...theirOwn], basedOn: theirs.basedOn }
}

/**
 * With the stages that had no id known by what they were known by then: their fields stay the ones that somebody may
 * be in.
 */
export const keyedAs = (draft: PipelineDraft, keys: Record<string, string>): PipelineDraft => ({
  ...draft,
  stages: draft.stages.map((stage) => ({ ...stage, key: keys[stage.key] ?? stage.key })),
})

/** As v3 takes it. */
export function bodyOf({ stages, basedOn: _, ...rest }: PipelineDraft) {
  return {
    ...rest,
    name: rest.name.trim(),
    stages: staying(stages).map(({ id, name, color, chance, showInFunnel, showInPieChart }) => ({
      ...(id && { id }),
      name: name.trim(),
      color,
      showInFunnel,
      showInPieChart,
      stageWinProbability: chance ?? 0,
    })),
  }
}
