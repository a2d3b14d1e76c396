import sql from 'sql-template-tag'
import type { Database, Transaction } from '../../store/database.ts'
import type { Pipeline, Stage } from './pipeline.ts'

type Flag = 0 | 1
type Row = Omit<Pipeline, 'stages' | 'showInFunnel' | 'showInPieChart' | 'useOpportunityProbability'> & {
  showInFunnel: Flag
  showInPieChart: Flag
  useOpportunityProbability: Flag
}
type StageRow = Omit<Stage, 'showInFunnel' | 'showInPieChart'> & {
  pipelineId: string
  showInFunnel: Flag
  showInPieChart: Flag
}

const columns = sql`
  id as "id", location_id as "locationId", name as "name", position as "position",
  show_in_funnel as "showInFunnel", show_in_pie_chart as "showInPieChart", color_render_mode as "colorRenderMode",
  use_opportunity_probability as "useOpportunityProbability", created_at as "createdAt", updated_at as "updatedAt"`

const stageColumns = sql`
  id as "id", pipeline_id as "pipelineId", name as "name", position as "position",
  show_in_funnel as "showInFunnel", show_in_pie_chart as "showInPieChart",
  stage_win_probability as "stageWinProbability", color as "color"`

export async function find(db: Database, locationId: string, id: string): Promise<Pipeline | undefined> {
  const row = await db.one<Row>(sql`select ${columns} from pipelines where location_id = ${locationId} and id = ${id}`)
  if (!row) return undefined
  const stages = await db.all<StageRow>(sql`
    select ${stageColumns} from stages where location_id = ${locationId} and pipeline_id = ${id} order by position`)
  // Read a moment later: of one that has gone meanwhile there is none left.
  return stages.length > 0 ? read(row, stages) : undefined
}

/** The pipeline as it stands, locked until the transaction ends. */
export async function findLocked(tx: Transaction, locationId: string, id: string): Promise<Pipeline | undefined> {
  await tx.one(sql`select id from pipelines where location_id = ${locationId} and id = ${id} ${tx.lock}`)
  return find(tx, locationId, id)
}

export async function list(db: Database, locationId: string): Promise<Pipeline[]> {
  const rows = await db.all<Row>(sql`
    select ${columns} from pipelines where location_id = ${locationId} order by position, id`)
  const stages = await db.all<StageRow>(sql`
    select ${stageColumns} from stages where location_id = ${locationId} order by pipeline_id, position`)
  const all = rows.map((row) =>
    read(
      row,
      stages.filter(({ pipelineId }) => pipelineId === row.id),
    ),
  )
  return all.filter((pipeline) => pipeline.stages.length > 0)
}

/** Which pipeline a stage is of. It stays until the transaction ends, for an opportunity to be put there. */
export async function keepStage(tx: Transaction, locationId: string, stageId: string): Promise<string | undefined> {
  const row = await tx.one<{ pipelineId: string }>(sql`
    select pipeline_id as "pipelineId" from stages where location_id = ${locationId} and id = ${stageId} ${tx.keep}`)
  return row?.pipelineId
}

/** The first stage by position, which stays as well; undefined when there is no such pipeline. */
export async function keepFirstStage(tx: Transaction, locationId: string, pipelineId: string) {
  const row = await tx.one<{ id: string }>(sql`
    select id as "id" from stages where location_id = ${locationId} and pipeline_id = ${pipelineId}
    order by position limit 1 ${tx.keep}`)
  return row?.id
}

/** Until the transaction ends nobody puts an opportunity there who has not done so yet. */
export async function lockStages(tx: Transaction, { locationId, id }: Pipeline): Promise<void> {
  await tx.all(sql`
    select id from stages where location_id = ${locationId} and pipeline_id = ${id} order by id ${tx.lock}`)
}

export async function nextPosition(tx: Transaction, locationId: string): Promise<number> {
  const row = await tx.one<{ last: number | null }>(sql`
    select max(position) as "last" from pipelines where location_id = ${locationId}`)
  return Number(row?.last ?? 0) + 1
}

/** Writes the pipeline and its stages as they should be. */
export async function save(tx: Transaction, before: Pipeline | null, after: Pipeline): Promise<void> {
  await tx.run(sql`
    insert into pipelines (location_id, id, name, position, show_in_funnel, show_in_pie_chart, color_render_mode,
      use_opportunity_probability, created_at, updated_at)
    values (${after.locationId}, ${after.id}, ${after.name}, ${after.position}, ${flag(after.showInFunnel)},
      ${flag(after.showInPieChart)}, ${after.colorRenderMode}, ${flag(after.useOpportunityProbability)},
      ${after.createdAt}, ${after.updatedAt})
    on conflict (location_id, id) do update set name = excluded.name, position = excluded.position,
      show_in_funnel = excluded.show_in_funnel, show_in_pie_chart = excluded.show_in_pie_chart,
      color_render_mode = excluded.color_render_mode,
      use_opportunity_probability = excluded.use_opportunity_probability, updated_at = excluded.updated_at`)
  for (const { id } of before?.stages ?? []) {
    if (!after.stages.some((stage) => stage.id === id)) await removeStage(tx, after.locationId, id)
  }
  for (const stage of after.stages) await saveStage(tx, after, stage)
}

async function saveStage(tx: Transaction, { locationId, id }: Pipeline, stage: Stage) {
  await tx.run(sql`
    insert into stages (location_id, id, pipeline_id, name, position, show_in_funnel, show_in_pie_chart,
      stage_win_probability, color)
    values (${locationId}, ${stage.id}, ${id}, ${stage.name}, ${stage.position}, ${flag(stage.showInFunnel)},
      ${flag(stage.showInPieChart)}, ${stage.stageWinProbability}, ${stage.color})
    on conflict (location_id, id) do update set name = excluded.name, position = excluded.position,
      show_in_funnel = excluded.show_in_funnel, show_in_pie_chart = excluded.show_in_pie_chart,
      stage_win_probability = excluded.stage_win_probability, color = excluded.color`)
}

const removeStage = (tx: Transaction, locationId: string, id: string) =>
  tx.run(sql`delete from stages where location_id = ${locationId} and id = ${id}`)

export async function remove(tx: Transaction, { locationId, id }: Pipeline): Promise<void> {
  await tx.run(sql`delete from stages where location_id = ${locationId} and pipeline_id = ${id}`)
  await tx.run(sql`delete from pipelines where location_id = ${locationId} and id = ${id}`)
}

const flag = (value: boolean) => (value ? 1 : 0)

function read(row: Row, stages: StageRow[]): Pipeline {
  return {
    ...row,
    showInFunnel: row.showInFunnel === 1,
    showInPieChart: row.showInPieChart === 1,
    useOpportunityProbability: row.useOpportunityProbability === 1,
    stages: stages.map(({ pipelineId: _, ...stage }) => ({
      ...stage,
      showInFunnel: stage.showInFunnel === 1,
      showInPieChart: stage.showInPieChart === 1,
    })),
  }
}
