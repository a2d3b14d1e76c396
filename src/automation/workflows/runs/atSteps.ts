import sql, { empty, join, type Sql } from 'sql-template-tag'
import { padded } from '../../../domain/history/table.ts'
import type { Database } from '../../../store/database.ts'
import type { Run, RunState, StepEntry } from './run.ts'
import { columns, type Row, read, readStep, type StepRow, stepColumns } from './table.ts'

/** A run that came to a step, with the last that the step did for it. */
export interface StepRun {
  run: Run
  /** Null before there is anything: the first thing that it did is still under way. */
  entry: StepEntry | null
  /** When that was; without it, when the run came. */
  at: number
}

export interface StepSearch {
  stepId: string
  /** The last run of the page before. */
  after?: { at: number; id: string } | undefined
  /** No more than 100. */
  limit: number
}

/** How many of a workflow's runs that are not over stand at each step, in each state. */
export async function countAtSteps(db: Database, locationId: string, workflowId: string) {
  const rows = await db.all<{ stepId: string; state: RunState; count: number }>(sql`
    select step_id as "stepId", state, count(*) as "count" from workflow_runs
    where location_id = ${locationId} and workflow_id = ${workflowId} and ended_at is null group by step_id, state`)
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}

/** Those for which a step did something, newest first; each once, with the last try: tries follow upon each other. */
export async function searchLogged(db: Database, locationId: string, by: StepSearch): Promise<StepRun[]> {
  const rows = await db.all<StepRow & { runId: string }>(sql`
    select run_id as "runId", ${stepColumns} from workflow_steps
    where location_id = ${locationId} and step_id = ${by.stepId} ${behind(by, sql`(at, run_id)`)}
      and coalesce((select next.step_id from workflow_steps next
        where next.location_id = ${locationId} and next.run_id = workflow_steps.run_id
          and next.seq = workflow_steps.seq + 1), '') <> ${by.stepId}
    order by at desc, run_id desc limit ${by.limit}`)
  const found = await findAll(
    db,
    locationId,
    rows.map(({ runId }) => runId),
  )
  return rows.flatMap(({ runId, ...row }) => {
    const run = found.get(runId)
    return run ? [{ run, entry: readStep(row), at: row.at }] : []
  })
}

/** Those at a step that has still to do something for them: they wait for a condition, or for an answer. Newest first. */
export async function searchExpected(db: Database, locationId: string, by: StepSearch): Promise<StepRun[]> {
  const rows = await db.all<Row>(sql`
    select ${columns} from workflow_runs
    where location_id = ${locationId} and step_id = ${by.stepId} and (deadline is not null or request is not null)
      ${behind(by, sql`(updated_at, id)`)}
      and coalesce((select last.step_id from workflow_steps last
        where last.location_id = ${locationId} and last.run_id = workflow_runs.id
          and last.seq = workflow_runs.step_count - 1), '') <> ${by.stepId}
    order by updated_at desc, id desc limit ${by.limit}`)
  return rows.map((row) => ({ run: read(row), entry: null, at: row.updatedAt }))
}

const behind = ({ after }: StepSearch, place: Sql) => (after ? sql`and ${place} < (${after.at}, ${after.id})` : empty)

async function findAll(db: Database, locationId: string, ids: string[]): Promise<Map<string, Run>> {
  if (ids.length === 0) return new Map()
  const rows = await db.all<Row>(sql`
    select ${columns} from workflow_runs where location_id = ${locationId} and id in (${join(padded(ids))})`)
  return new Map(rows.map((row) => [row.id, read(row)]))
}
