import { listLocations } from '../../accounts/locations.ts'
import type { Context } from '../../context.ts'
import { DomainError, notFound } from '../../errors.ts'
import { type Install, installsOf } from '../../tokens/grants.ts'
import { listTokens, revokeToken, type Token } from '../../tokens/tokens.ts'

/** An app as one location knows it: what was allowed there, and how often others let it in. */
export interface Installs {
  here: Token[]
  elsewhere: number
}

export async function installsSeen(ctx: Context, clientId: string): Promise<Installs> {
  const all = await installsOf(ctx.store, clientId)
  return {
    here: (await listTokens(ctx)).filter(({ app }) => app?.clientId === clientId),
    elsewhere: all.filter(isElsewhere(ctx)).length,
  }
}

/** Takes an app out of the caller's location; it stays in others, and can be let in again. */
export async function removeInstall(ctx: Context, clientId: string, tokenId: string): Promise<Token> {
  const { here } = await installsSeen(ctx, clientId)
  if (!here.some(({ id }) => id === tokenId)) throw notFound('Install')
  return revokeToken(ctx, tokenId)
}

/**
 * Apps are of the installation: whoever speaks for one of several locations leaves alone what others let in. The program
 * itself, which is whoever runs the server, speaks for all.
 */
export async function requireOurs(ctx: Context, clientId: string): Promise<void> {
  if (ctx.caller.kind === 'system') return
  const elsewhere = (await installsOf(ctx.store, clientId)).some(isElsewhere(ctx))
  if (elsewhere && (await listLocations(ctx.store)).length > 1) throw theirsToo()
}

const isElsewhere =
  ({ caller }: Context) =>
  ({ locationId }: Install) =>
    locationId !== caller.locationId

const theirsToo = () =>
  new DomainError('forbidden', 'Other locations let this app in too: it is changed by whoever runs the server.')
