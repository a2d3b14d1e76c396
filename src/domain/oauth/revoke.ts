import { commitCallers } from '../callers.ts'
import type { Context } from '../context.ts'
import { endSecrets, findRefresh } from '../tokens/grants.ts'
import { findToken } from '../tokens/tokens.ts'
import * as tokens from '../tokens/tokenTable.ts'
import { authenticateApp } from './apps/apps.ts'
import { within } from './within.ts'

export interface Revocation {
  clientId: string
  clientSecret: string
  token: string
}

/** Ends what an access or refresh token of the app's belongs to, whole (RFC 7009); what is none of its own is passed over. */
export async function revoke(ctx: Context, { clientId, clientSecret, token: secret }: Revocation): Promise<void> {
  const app = await authenticateApp(ctx.store, clientId, clientSecret)
  const { grant } = (await findRefresh(ctx.store, secret, ctx.now())) ?? {}
  const token = grant ?? (await findToken(ctx.store, secret, ctx.now()))?.token
  if (token?.app?.clientId !== app.clientId) return
  const inside = within(ctx, token.locationId, 'token', token.id)
  await commitCallers(inside, async (tx) => {
    const locked = await tokens.findLocked(tx, token.locationId, token.id)
    if (locked && locked.revokedAt === null) await endSecrets(inside, tx, locked)
  })
}
