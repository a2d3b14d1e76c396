import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from './open.ts'

let folder: string
let mask: number
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipewright-private-'))
  // As careless as a machine can be set up.
  mask = process.umask(0)
})
afterEach(() => {
  process.umask(mask)
  rmSync(folder, { recursive: true })
})

const rights = () =>
  readdirSync(folder).map((name) => `${name} ${(statSync(join(folder, name)).mode & 0o777).toString(8)}`)

/** Opens, writes and reads, so that SQLite's files beside the file are there; answers everybody's rights. */
async function use(name: string): Promise<string[]> {
  const store = await openStore(join(folder, name))
  await store.transaction((tx) => tx.run(sql`insert into installation (name, value) values ('a', 'b')`))
  await store.one(sql`select 1`)
  const found = rights()
  await store.close()
  return found
}

test('a new file, and what SQLite keeps beside it, is for nobody but its owner', async () => {
  expect((await use('new.db')).sort()).toEqual(['new.db 600', 'new.db-shm 600', 'new.db-wal 600'])
})

test('a file that is there keeps the rights that its owner gave it', async () => {
  writeFileSync(join(folder, 'old.db'), '')
  chmodSync(join(folder, 'old.db'), 0o640)

  expect((await use('old.db')).sort()).toEqual(['old.db 640', 'old.db-shm 640', 'old.db-wal 640'])
})
