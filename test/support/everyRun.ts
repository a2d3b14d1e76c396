import { randomUUID } from 'node:crypto'
import type { TestProject } from 'vitest/node'
import { openStore } from '../../src/store/open.ts'
import { databaseOn, startPostgres, withClient } from './postgresServer.ts'

/** Once for all tests: a PostgreSQL that they make their databases on, unless the environment names one. */
export default async function everyRun({ provide }: TestProject) {
  const given = process.env.PIPEWRIGHT_TEST_POSTGRES
  const own = given ? undefined : await startPostgres()
  const server = given ?? (own?.url as string)
  const template = `template_${randomUUID().replaceAll('-', '')}`
  await withClient(server, (client) => client.query(`create database ${template} template template0`))
  await (await openStore(databaseOn(server, template))).close()
  provide('postgres', server)
  provide('template', template)

  return async () => {
    if (own) await own.stop()
    else await withClient(server, (client) => client.query(`drop database ${template} with (force)`))
  }
}
