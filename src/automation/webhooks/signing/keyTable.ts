import sql from 'sql-template-tag'
import type { Database, Transaction } from '../../../store/database.ts'
import type { KeyPair } from './keys.ts'

/** What the key pairs are called among the facts about the installation. */
export const name = 'webhook_keys'

export async function read(db: Database): Promise<KeyPair[]> {
  const row = await db.one<{ value: string }>(sql`select value from installation where name = ${name}`)
  return row ? JSON.parse(row.value) : []
}

export const write = (tx: Transaction, pairs: KeyPair[]) =>
  tx.run(sql`
    insert into installation (name, value) values (${name}, ${JSON.stringify(pairs)})
    on conflict (name) do update set value = excluded.value`)
