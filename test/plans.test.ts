import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '../src/domain/context.ts'
import { aggregateStages, type Search, searchOpportunities } from '../src/domain/opportunities/queries.ts'
import type { Statement, Store } from '../src/store/database.ts'
import { openSqlite } from '../src/store/sqlite.ts'

/* What a search reads, as SQLite plans it; plans do not go by how many rows there are. */

const stage = { pipeline_id: 'p', pipeline_stage_id: 's', status: 'open', assigned_to: 'ana' }
let store: Store

beforeAll(async () => {
  store = openSqlite(':memory:')
  await store.transaction(async (tx) => {
    await tx.run(sql`
      insert into opportunity_totals (location_id, pipeline_id, pipeline_stage_id, status, assigned_to, slot, count,
        value)
      values ('l', 'p', 's', 'open', 'ana', 0, 5, 0), ('l', 'p', 's', 'open', 'bob', 0, 2000, 0)`)
    await tx.run(sql`
      insert into custom_fields (location_id, id, model, name, field_key, data_type, placeholder, position, options,
        created_at, updated_at)
      values ('l', 'text', 'opportunity', '', 'text', 'TEXT', '', 0, '{}', 0, 0),
        ('l', 'number', 'opportunity', '', 'number', 'NUMERICAL', '', 0, '{}', 0, 0)`)
  })
})
afterAll(() => store.close())

/** The steps of every statement that the search runs, each statement on a line. */
async function plans(search: Partial<Search>, query: (ctx: Context, search: Search) => unknown = searchOpportunities) {
  const asked: Statement[] = []
  const noted = (statement: Statement) => {
    asked.push(statement)
    return statement
  }
  const db: Store = {
    ...store,
    all: (statement) => store.all(noted(statement)),
    one: (statement) => store.one(noted(statement)),
  }
  const caller = { locationId: 'l', kind: 'system' as const, id: 'test', scopes: new Set<string>() }
  const ctx: Context = { store: db, caller, now: Date.now, wake: () => {} }
  await query(ctx, { filters: [], limit: 20, ...search })
  return Promise.all(asked.map(planOf))
}

async function planOf({ sql: text, values }: Statement): Promise<string> {
  const steps = await store.all<{ detail: string }>({ sql: `explain query plan ${text}`, text, values })
  return steps.map(({ detail }) => detail).join('; ')
}

const is = (field: string, value: unknown, operator: 'eq' | 'contains' | 'range' = 'eq') => ({ field, operator, value })

describe('what few opportunities have in common is looked for first, and they by it', () => {
  test.each([
    [is('email', 'ada@example.com'), 'contacts_by_email', 'opportunities_by_contact'],
    [is('phone', '+14155550100'), 'contacts_by_phone', 'opportunities_by_contact'],
    [is('contact_name', 'Ada'), 'contacts_by_name', 'opportunities_by_contact'],
    [is('contact_name', 'Ada', 'contains'), 'contacts_text VIRTUAL TABLE', 'opportunities_by_contact'],
    [is('email', '@acme', 'contains'), 'contacts_text VIRTUAL TABLE', 'opportunities_by_contact'],
    [is('name', 'renewal', 'contains'), 'opportunities_text VIRTUAL TABLE', 'opportunities'],
    [is('custom_fields.text', 'red'), 'custom_values_by_text', 'autoindex_opportunities'],
    [is('custom_fields.number', 5), 'custom_values_by_number', 'autoindex_opportunities'],
    [is('custom_fields.number', { gt: 5 }, 'range'), 'custom_values_by_number', 'autoindex_opportunities'],
    [is('followers', 'ana'), 'autoindex_followers', 'autoindex_opportunities'],
  ])('%j', async (filter, theirs, ours) => {
    const [count = ''] = (await plans({ filters: [filter] })).slice(-1)

    expect(count).toContain(theirs)
    expect(count).toContain(ours)
    expect(count).not.toMatch(/CORRELATED|SCAN (?!\w+_text VIRTUAL)/)
  })
})

describe('where a kept total tells how many match', () => {
  const byName: Search['sort'] = [{ field: 'name', direction: 'asc' }]
  const page = async (search: Partial<Search>) => (await plans(search))[1] ?? ''

  test('nothing is looked for when they are none', async () => {
    expect(await plans({ filters: [is('assigned_to', 'nobody')], sort: byName })).toHaveLength(1)
    expect(await plans({ filters: [is('assigned_to', '')] })).toHaveLength(1)
  })

  test('few are found by what they have in common, then sorted; many are met in order', async () => {
    expect(await page({ filters: [is('assigned_to', stage.assigned_to)], sort: byName })).toContain('by_assignee')
    expect(await page({ filters: [is('assigned_to', 'bob')], sort: byName })).toContain('opportunities_by_name')
  })

  test('the newest need no sorting, be they few or many', async () => {
    for (const [field, value] of Object.entries(stage)) {
      expect(await page({ filters: [is(field, value)] }), field).toMatch(
        /^(?!.*TEMP B-TREE.*SCAN)CO-ROUTINE o; SEARCH o USING INDEX opportunities_by_/,
      )
    }
  })
})

describe('the stages of a pipeline are summed up', () => {
  const inPipeline = is('pipeline_id', stage.pipeline_id)
  const plan = async (...more: Search['filters']) =>
    (await plans({ filters: [inPipeline, ...more] }, aggregateStages))[0]

  test.each(Object.entries(stage))(
    'from what is kept of them, and the few with a probability of their own: by %s',
    async (field, value) => {
      expect(await plan(is(field, value))).toMatch(
        /SEARCH opportunity_totals USING INDEX \S+ \(location_id=\? AND pipeline_id=\?.*SEARCH o USING INDEX opportunities_by_probability \(location_id=\? AND pipeline_id=\?/,
      )
    },
  )

  test('from those in the pipeline, where more is asked for', async () => {
    expect(await plan(is('monetary_value', { gt: 5 }, 'range'))).toContain(
      'SEARCH o USING INDEX opportunities_by_pipeline (location_id=? AND pipeline_id=?)',
    )
  })
})
