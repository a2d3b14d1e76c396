import { inject } from 'vitest'
import { createApp } from '../../src/app.ts'
import type { Context } from '../../src/domain/context.ts'
import { base, type Crm, type Reply } from '../harness.ts'
import { conform } from './conform.ts'
import { databaseOn } from './postgresServer.ts'

export interface Beside {
  v2: Crm['v2']
  /** What commands of this process are given. */
  as: Crm['as']
  stop: () => Promise<unknown>
}

/** The program once more, as another process on the same data would run it; the same one where data has one process. */
export async function startBeside(crm: Crm): Promise<Beside> {
  if (!crm.app.store.isShared) return { v2: crm.v2, as: crm.as, stop: async () => {} }
  const app = await createApp({
    ...base,
    db: databaseOn(inject('postgres'), new URL(crm.app.store.name).pathname.slice(1)),
  })
  const url = await app.listen()

  async function send(method: string, path: string, body?: unknown, { token = crm.token } = {}): Promise<Reply> {
    const headers = {
      authorization: `Bearer ${token}`,
      version: '2021-07-28',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    }
    const response = await fetch(url + path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const reply = { status: response.status, headers: response.headers, text, body: JSON.parse(text) }
    conform(method, path, reply)
    return reply
  }

  return {
    v2: {
      get: (path, options) => send('GET', path, undefined, options),
      post: (path, body, options) => send('POST', path, body, options),
      put: (path, body, options) => send('PUT', path, body, options),
      patch: (path, body, options) => send('PATCH', path, body, options),
      delete: (path, body, options) => send('DELETE', path, body, options),
    },
    as: (id): Context => ({ ...crm.as(id), store: app.store }),
    stop: () => app.close(),
  }
}
