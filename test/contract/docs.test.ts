import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { importRoutes } from '../../src/api/console/importRoutes.ts'
import { consoleRoutes } from '../../src/api/console/routes.ts'
import type { Dialect, Endpoint } from '../../src/api/endpoint.ts'
import { oauthV2, oauthV3 } from '../../src/api/oauth/routes.ts'
import { v1 } from '../../src/api/v1/routes.ts'
import { v2 } from '../../src/api/v2/routes.ts'
import { v3 } from '../../src/api/v3/routes.ts'
import { onEveryStore } from '../harness.ts'

const documents: [name: string, rows: Dialect, version: string | undefined][] = [
  ['v1', v1, undefined],
  ['v2', { ...v2, ...oauthV2 }, '2021-07-28'],
  ['v3', { ...v3, ...oauthV3 }, 'v3'],
  ['console', { ...consoleRoutes, ...importRoutes }, undefined],
]

interface Operation {
  operationId: string
  parameters: { name: string; in: string; required: boolean; schema: { default?: string } }[]
  requestBody?: { required: boolean }
  responses: Record<string, object>
  security?: object[]
}

interface Document extends Record<string, unknown> {
  paths: Record<string, Record<string, Operation>>
}

onEveryStore('the reference', (crm) => {
  const read = async (path: string) => fetch(crm.url + path)

  test('is a page that names each document and loads nothing from elsewhere', async () => {
    const page = await read('/docs')
    const text = await page.text()
    const script = await (await read('/docs/page.js')).text()

    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'self';/)
    expect(text.match(/(?:src|href)="(?!\/docs\/|data:)[^"]+"/g)).toBeNull()
    expect([...script.matchAll(/\/docs\/(\w+)\.json/g)].map(([, name]) => name)).toEqual(['v2', 'v3', 'v1', 'console'])
  })

  test('asks for a body only where something in it is needed', async () => {
    const document = (await (await read('/docs/console.json')).json()) as Document
    const isNeeded = (path: string) => document.paths[path]?.post?.requestBody?.required

    expect(isNeeded('/console/workflows')).toBe(true)
    expect(isNeeded('/console/workflows/{workflowId}/publish')).toBe(false)
    const published = await crm.v2.post(`/console/workflows/${await draft()}/publish`)
    expect([published.status, published.body.workflow.state]).toEqual([200, 'published'])
  })

  /** A workflow that lacks nothing. */
  async function draft(): Promise<string> {
    const trigger = { type: 'contact_tag', filters: { tag: 'never' } }
    const step = { type: 'add_contact_tag', settings: { tags: ['met'] } }
    const { body } = await crm.v2.post('/console/workflows', { name: 'Greet', trigger, steps: [step] })
    return body.workflow.id
  }

  test.each(documents)('of %s is valid OpenAPI 3.1 and has every operation', async (name, rows, version) => {
    const document = (await (await read(`/docs/${name}.json`)).json()) as Document

    const { valid, errors } = await new Validator().validate(structuredClone(document))
    expect(errors ?? []).toEqual([])
    expect(valid).toBe(true)
    const operations = operationsOf(document)
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(idsOf(rows).sort())
    for (const { operationId, parameters, security } of operations) {
      const row = rows[operationId.replace(/-patch$/, '')] as Endpoint
      const isOpen = row.scope === undefined
      expect(security, operationId).toEqual(isOpen ? [] : undefined)
      const sent = parameters.find(({ in: place }) => place === 'header')
      expect(sent?.schema.default, operationId).toBe(isOpen ? undefined : version)
      const inPath = parameters.filter(({ in: place }) => place === 'path').map((one) => one.name)
      expect(inPath, operationId).toEqual([...row.path.matchAll(/:(\w+)/g)].map(([, param]) => param))
    }
  })
})

const idsOf = (rows: Dialect) =>
  Object.entries(rows).flatMap(([id, { method }]) =>
    [method].flat().map((one) => (one === 'PATCH' ? `${id}-patch` : id)),
  )

const operationsOf = ({ paths }: Document) => Object.values(paths).flatMap((path) => Object.values(path))
