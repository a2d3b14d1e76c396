import { type Prepared, word } from './data.ts'
import type { Target } from './drive.ts'
import type { Server } from './servers.ts'

// biome-ignore lint/suspicious/noExplicitAny: whatever the wire carries
type Wire = any

/** Enough records that no cache of ours could hold the answers by accident. */
const sampled = 5000
const statuses = ['won', 'lost', 'abandoned', 'open']

/** What is measured, in the order in which it is printed. */
export async function targetsOf(data: Prepared, { floor, pipewright }: { floor: Server; pipewright: Server[] }) {
  const headers = {
    authorization: `Bearer ${data.token}`,
    version: '2021-07-28',
    'content-type': 'application/json',
  }
  const { locationId } = data
  const ask = async (path: string, body?: object) => {
    const init = body ? { method: 'POST', body: JSON.stringify(body) } : {}
    return (await fetch((pipewright[0] as Server).url + path, { headers, ...init })).json() as Promise<Wire>
  }

  const { pipelines } = await ask(`/opportunities/pipelines?locationId=${locationId}`)
  const [pipeline] = pipelines
  const stage = pipeline.stages[1].id
  const rows = await sample(ask, locationId)
  // The statement of GET one answers for most; those whose contact has notes or tasks ask for these too.
  const isAlone = ({ notes, tasks }: Wire) => notes.length === 0 && tasks.length === 0
  const ids = rows.filter(isAlone).map(({ id }) => id)
  const others = rows.filter((row) => !isAlone(row)).map(({ id }) => id)
  const deep = await deepCursor(ask, locationId, stage)
  let turn = 0
  let changes = 0
  const oneOf = (ids: string[]) => ids[turn++ % ids.length] as string
  const id = () => oneOf(ids)
  const search = (query: object) => () => ({
    method: 'GET' as const,
    path: `/opportunities/search?${new URLSearchParams({ location_id: locationId, limit: '20', ...query })}`,
  })

  const make = (name: string, server: Server | Server[], next: Target['next']): Target => ({
    name,
    servers: [server].flat(),
    headers,
    next,
  })
  return [
    make('(a) bare Fastify', floor, () => ({ method: 'GET', path: '/bare' })),
    make('(b) bare Fastify, same statement', floor, () => ({ method: 'GET', path: `/statement/${id()}` })),
    make('(c) GET one', pipewright, () => ({ method: 'GET', path: `/opportunities/${id()}` })),
    make('GET one with notes or tasks', pipewright, () => ({ method: 'GET', path: `/opportunities/${oneOf(others)}` })),
    make('(d) GET search, 20 of a stage', pipewright, search({ pipeline_stage_id: stage })),
    make('(e) POST create', pipewright, () => ({
      method: 'POST',
      path: '/opportunities/',
      body: JSON.stringify({
        locationId,
        pipelineId: pipeline.id,
        pipelineStageId: stage,
        name: `Bench deal ${turn++}`,
        status: 'open',
        monetaryValue: 1200,
        contactId: rows[turn % rows.length]?.contactId,
      }),
    })),
    make('(f) PUT status', pipewright, () => {
      // Each turn through the records gives all of them the next status, so that every request is a change.
      const row = rows[changes % rows.length]
      const passes = 1 + Math.floor(changes++ / rows.length)
      const status = statuses[(statuses.indexOf(row.status) + passes) % statuses.length]
      return { method: 'PUT', path: `/opportunities/${row.id}/status`, body: JSON.stringify({ status }) }
    }),
    make('search by stage and status', pipewright, search({ pipeline_stage_id: stage, status: 'open' })),
    make(
      'search by assignee',
      pipewright,
      search({ assigned_to: rows.find(({ assignedTo }) => assignedTo)?.assignedTo }),
    ),
    make('search by text, 1,000 matches', pipewright, search({ q: word })),
    make('search, deep cursor', pipewright, search({ pipeline_stage_id: stage, ...deep })),
    make('totals (a search of one)', pipewright, search({ pipeline_id: pipeline.id, status: 'open', limit: '1' })),
  ]
}

type Ask = (path: string, body?: object) => Promise<Wire>

async function sample(ask: Ask, locationId: string): Promise<Wire[]> {
  const rows: Wire[] = []
  let searchAfter: unknown[] | undefined
  while (rows.length < sampled) {
    const additionalDetails = { notes: true, tasks: true }
    const from = searchAfter && { searchAfter }
    const page = await ask('/opportunities/search', { locationId, limit: 500, additionalDetails, ...from })
    if (page.opportunities.length === 0) break
    rows.push(...page.opportunities)
    searchAfter = page.opportunities.at(-1).sort
  }
  return rows
}

/** A place in the middle of a stage. */
async function deepCursor(ask: Ask, locationId: string, stage: string) {
  const query = `location_id=${locationId}&pipeline_stage_id=${stage}`
  const { meta } = await ask(`/opportunities/search?${query}&limit=1`)
  const middle = Math.max(1, Math.floor(meta.total / 2))
  const page = await ask(`/opportunities/search?${query}&limit=1&page=${middle}`)
  return { startAfter: String(page.meta.startAfter), startAfterId: page.meta.startAfterId }
}
