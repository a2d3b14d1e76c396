import type { Crm } from '../harness.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire carries
type Any = any

export interface Written {
  name?: string
  trigger?: object | null
  steps?: object[]
  settings?: object
}

/** What tests do with workflows, by the front door. */
export function workflowsOf(crm: Crm) {
  const ok = ({ status, body, text }: { status: number; body: Any; text: string }) => {
    if (status >= 300) throw new Error(text)
    return body
  }
  const create = async (wanted: Written): Promise<Any> =>
    ok(await crm.v2.post('/console/workflows', { name: 'A workflow', ...wanted })).workflow
  const publish = async (id: string): Promise<Any> => ok(await crm.v2.post(`/console/workflows/${id}/publish`)).workflow

  return {
    create,
    publish,
    /** Created and published. */
    async running(wanted: Written): Promise<Any> {
      const { id } = await create(wanted)
      return publish(id)
    },
    get: async (id: string): Promise<Any> => ok(await crm.v2.get(`/console/workflows/${id}`)),
    runs: async (workflowId: string, more = ''): Promise<Any[]> =>
      ok(await crm.v2.get(`/console/runs?workflowId=${workflowId}${more}`)).runs,
    run: async (id: string): Promise<Any> => ok(await crm.v2.get(`/console/runs/${id}`)),
    /** The only run of a workflow, with its steps. */
    async story(workflowId: string): Promise<Any> {
      const { runs } = ok(await crm.v2.get(`/console/runs?workflowId=${workflowId}`))
      if (runs.length !== 1) throw new Error(`There are ${runs.length} runs: ${JSON.stringify(runs)}`)
      return ok(await crm.v2.get(`/console/runs/${runs[0].id}`))
    },
    act: (path: string, body?: object) => crm.v2.post(`/console/${path}`, body),
    tags: async (contactId: string): Promise<string[]> => ok(await crm.v2.get(`/contacts/${contactId}`)).contact.tags,
  }
}

export const addTag = (...tags: string[]) => ({ type: 'add_contact_tag', settings: { tags } })
