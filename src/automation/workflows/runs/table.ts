import sql, { empty, raw } from 'sql-template-tag'
import type { Database, Transaction } from '../../../store/database.ts'
import type { Run, StepEntry } from './run.ts'

export type Row = Omit<Run, 'data' | 'held' | 'request'> & { data: string; held: number; request: string | null }
export type StepRow = Omit<StepEntry, 'input' | 'result'> & { input: string | null; result: string | null }

export const columns = raw(`id, location_id as "locationId", workflow_id as "workflowId", version, cause,
  contact_id as "contactId", opportunity_id as "opportunityId", data, depth, chain, state, place,
  step_id as "stepId", step_count as "stepCount", attempts, due_at as "dueAt", held, deadline, request, error,
  started_at as "startedAt", updated_at as "updatedAt",
  ended_at as "endedAt"`)

export const stepColumns = raw('seq, place, type, state, attempt, input, result, error, at')

/** False where the same has begun the workflow before. */
export async function insert(tx: Transaction, run: Run): Promise<boolean> {
  const rows = await tx.run(sql`
    insert into workflow_runs (location_id, id, workflow_id, version, cause, contact_id, opportunity_id, data, depth,
      chain, state, place, step_id, step_count, attempts, due_at, held, claimed_until, claim, deadline, request,
      request_host, error, started_at, updated_at, ended_at)
    values (${run.locationId}, ${run.id}, ${run.workflowId}, ${run.version}, ${run.cause}, ${run.contactId},
      ${run.opportunityId}, ${JSON.stringify(run.data)}, ${run.depth}, ${run.chain}, ${run.state}, ${run.place},
      ${run.stepId}, 0, 0, ${run.dueAt}, 0, 0, '', null, null, null, ${run.error}, ${run.startedAt}, ${run.updatedAt}, ${run.endedAt})
    on conflict (location_id, workflow_id, cause) do nothing`)
  return rows > 0
}

/** What a step may change, and whose the run is from now on: nobody's where there is no claim. */
export const update = (tx: Transaction, run: Run, claim: Claim | null) =>
  tx.run(sql`
    update workflow_runs set contact_id = ${run.contactId}, opportunity_id = ${run.opportunityId}, state = ${run.state},
      place = ${run.place}, step_id = ${run.stepId}, step_count = ${run.stepCount}, attempts = ${run.attempts},
      due_at = ${run.dueAt}, held = ${run.held ? 1 : 0}, deadline = ${run.deadline}, request = ${run.request && JSON.stringify(run.request)},
      request_host = ${run.request && new URL(run.request.url).host},
      error = ${run.error}, updated_at = ${run.updatedAt}, ended_at = ${run.endedAt},
      claim = ${claim?.name ?? ''}, claimed_until = ${claim?.until ?? 0}
    where location_id = ${run.locationId} and id = ${run.id}`)

/** Whose a run is, and until when. */
export interface Claim {
  name: string
  until: number
}

export async function find(db: Database, locationId: string, id: string): Promise<Run | undefined> {
  const row = await db.one<Row>(sql`
    select ${columns} from workflow_runs where location_id = ${locationId} and id = ${id}`)
  return row && read(row)
}

export async function findLocked(tx: Transaction, locationId: string, id: string): Promise<Run | undefined> {
  const row = await tx.one<Row>(sql`
    select ${columns} from workflow_runs where location_id = ${locationId} and id = ${id} ${tx.lock}`)
  return row && read(row)
}

/** The run, locked, while it is still whose claim this is. */
export async function findClaimed(tx: Transaction, locationId: string, id: string, claim: string) {
  const row = await tx.one<Row>(sql`
    select ${columns} from workflow_runs
    where location_id = ${locationId} and id = ${id} and claim = ${claim} and due_at is not null ${tx.lock}`)
  return row && read(row)
}

export interface RunSearch {
  workflowId?: string | undefined
  contactId?: string | undefined
  state?: string | undefined
  /** The last run of the page before. */
  after?: { startedAt: number; id: string } | undefined
  limit: number
}

/** Newest first. */
export async function search(db: Database, locationId: string, by: RunSearch): Promise<Run[]> {
  const rows = await db.all<Row>(sql`
    select ${columns} from workflow_runs
    where location_id = ${locationId}
      ${by.workflowId === undefined ? empty : sql`and workflow_id = ${by.workflowId}`}
      ${by.contactId === undefined ? empty : sql`and contact_id = ${by.contactId}`}
      ${by.state === undefined ? empty : sql`and state = ${by.state}`}
      ${by.after ? sql`and (started_at, id) < (${by.after.startedAt}, ${by.after.id})` : empty}
    order by started_at desc, id desc limit ${by.limit}`)
  return rows.map(read)
}

/** The chain that a run belongs to; one that is forgotten began its own. */
export async function chainOf(db: Database, locationId: string, id: string): Promise<string> {
  const row = await db.one<{ chain: string }>(sql`
    select chain from workflow_runs where location_id = ${locationId} and id = ${id}`)
  return row?.chain || id
}

/** Whether a chain has so many runs behind its first one. */
export async function hasInChain(db: Database, locationId: string, chain: string, count: number): Promise<boolean> {
  const rows = await db.all(sql`
    select 1 from workflow_runs where location_id = ${locationId} and chain = ${chain} and depth > 0 limit ${count}`)
  return rows.length >= count
}

/** How many runs of a workflow are in each state. */
export async function countStates(db: Database, locationId: string, workflowId: string) {
  const rows = await db.all<{ state: Run['state']; count: number }>(sql`
    select state, count(*) as "count" from workflow_runs
    where location_id = ${locationId} and workflow_id = ${workflowId} group by state`)
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]))
}

export const insertStep = (tx: Transaction, { locationId, id, stepId }: Run, step: StepEntry) =>
  tx.run(sql`
    insert into workflow_steps (location_id, run_id, seq, place, step_id, type, state, attempt, input, result, error, at)
    values (${locationId}, ${id}, ${step.seq}, ${step.place}, ${stepId}, ${step.type}, ${step.state}, ${step.attempt},
      ${json(step.input)}, ${json(step.result)}, ${step.error}, ${step.at})`)

export async function listSteps(db: Database, locationId: string, runId: string): Promise<StepEntry[]> {
  const rows = await db.all<StepRow>(sql`
    select ${stepColumns} from workflow_steps where location_id = ${locationId} and run_id = ${runId} order by seq`)
  return rows.map(readStep)
}

/** 0, 1, 2 and so on; each number to one who asks. */
export async function takeTurn(tx: Transaction, locationId: string, workflowId: string, place: string) {
  const row = await tx.one<{ turn: number }>(sql`
    insert into workflow_turns (location_id, workflow_id, place, turn)
    values (${locationId}, ${workflowId}, ${place}, 1)
    on conflict (location_id, workflow_id, place) do update set turn = workflow_turns.turn + 1
    returning turn`)
  return Number(row?.turn ?? 1) - 1
}

const json = (value: unknown) => (value === undefined || value === null ? null : JSON.stringify(value))
const parse = (text: string | null) => (text === null ? null : JSON.parse(text))

export const readStep = (row: StepRow): StepEntry => ({
  ...row,
  seq: Number(row.seq),
  attempt: Number(row.attempt),
  input: parse(row.input),
  result: parse(row.result),
})

export function read(row: Row): Run {
  return {
    ...row,
    version: Number(row.version),
    stepCount: Number(row.stepCount),
    attempts: Number(row.attempts),
    data: JSON.parse(row.data),
    held: Number(row.held) === 1,
    request: parse(row.request),
  }
}
