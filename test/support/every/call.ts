import type { Dialect, Endpoint } from '../../../src/api/endpoint.ts'
import { v1 } from '../../../src/api/v1/routes.ts'
import { v2 } from '../../../src/api/v2/routes.ts'
import { v3 } from '../../../src/api/v3/routes.ts'
import type { Crm, Reply } from '../../harness.ts'

/** What a call sends: parameters of the path, a query, a body. */
interface Sent {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: object
}

// biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire carries
export type Call = (id: string, sent?: Sent) => Promise<any>

const dialects = { v1, v2, v3 }

/** Calls operations of a dialect by their ids, over HTTP, and keeps which of them were answered. */
export function callerOf(crm: Crm, dialect: keyof typeof dialects = 'v2') {
  const rows: Dialect = dialects[dialect]
  const usual = { v1: { token: crm.first.apiKey }, v2: {}, v3: { headers: { version: 'v3' } } }[dialect]
  const called = new Set<string>()
  const call: Call = async (id, { params = {}, query = {}, body } = {}) => {
    const row = rows[id] as Endpoint
    const path = row.path.replace(/:(\w+)/g, (_, name) => params[name] ?? `no-${name}`)
    const asked = new URLSearchParams(query as Record<string, string>)
    for (const method of [row.method].flat()) {
      const reply = await crm.ask(method, `${path}?${asked}`, { body, ...usual })
      called.add(id)
      if (reply.status >= 500 || (reply.status >= 400 && !refusing.has(id))) throw failure(id, reply)
      if (method === [row.method].flat().at(-1)) return reply.body
    }
  }
  return { call, missing: () => Object.keys(rows).filter((id) => !called.has(id)) }
}

/** Nobody can join these yet. */
export const refusing = new Set(Object.keys(v2).filter((id) => /workflow|campaign/.test(id) && !id.startsWith('get-')))

export const failure = (id: string, { status, text }: Reply) => new Error(`${id} answered ${status}: ${text}`)

const fieldTypes = { TEXT: 'red', NUMERICAL: 5, DATE: '2026-01-02', MULTIPLE_OPTIONS: ['a', 'b'] }

/** Custom fields of a model, each of another kind, with a value for each. */
export async function givenFields(crm: Crm, call: Call, model: 'contact' | 'opportunity') {
  const fields: { id: string; field_value: unknown }[] = []
  for (const [dataType, field_value] of Object.entries(fieldTypes)) {
    const options = dataType === 'MULTIPLE_OPTIONS' ? { options: ['a', 'b'] } : {}
    const body = { name: `${dataType} ${fields.length} of ${model}`, dataType, model, ...options }
    const { customField } = await call('create-custom-field', { params: { locationId: crm.locationId }, body })
    fields.push({ id: customField.id, field_value })
  }
  return fields
}
