import sql from 'sql-template-tag'
import type { Database, Transaction } from '../../store/database.ts'
import type { Code } from './code.ts'

type Row = Omit<Code, 'consent'> & { consent: string }

export async function find(db: Database, hash: string): Promise<Code | undefined> {
  const row = await db.one<Row>(sql`
    select hash, client_id as "clientId", location_id as "locationId", consent, expires_at as "expiresAt",
      token_id as "tokenId"
    from oauth_codes where hash = ${hash}`)
  return row && { ...row, consent: JSON.parse(row.consent) }
}

export const insert = (tx: Transaction, { hash, clientId, locationId, consent, expiresAt }: Code) =>
  tx.run(sql`
    insert into oauth_codes (hash, client_id, location_id, consent, expires_at)
    values (${hash}, ${clientId}, ${locationId}, ${JSON.stringify(consent)}, ${expiresAt})`)

/** Of all who come with a code, one finds that this changed it. */
export const use = (tx: Transaction, hash: string, tokenId: string) =>
  tx.run(sql`update oauth_codes set token_id = ${tokenId} where hash = ${hash} and token_id is null`)

/** Forgets those that ended at `at` or before. */
export const prune = (tx: Transaction, at: number) => tx.run(sql`delete from oauth_codes where expires_at <= ${at}`)
