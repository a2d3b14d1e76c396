import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { databaseOn, withClient } from './postgresServer.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A server on which databases may be made; its first one. */
    postgres: string
    /** The database that new ones are copied from: migrated, and empty. */
    template: string
  }
}

export interface Place {
  /** What a store is opened by. */
  db: string
  discard: () => Promise<void>
}

/** A database of its own on the tests' PostgreSQL: migrated and empty, or, if `isBare`, without a single table. */
export async function createDatabase({ isBare = false } = {}): Promise<Place> {
  const server = inject('postgres')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const template = isBare ? 'template0' : inject('template')
  await withClient(server, (client) => client.query(`create database ${name} template ${template}`))
  return {
    db: databaseOn(server, name),
    discard: () =>
      withClient(server, async (client) => void (await client.query(`drop database ${name} with (force)`))),
  }
}
