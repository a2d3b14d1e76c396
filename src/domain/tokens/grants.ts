import type { Database, Transaction } from '../../store/database.ts'
import type { Context } from '../context.ts'
import { newId } from '../ids.ts'
import { append } from '../outbox.ts'
import * as grants from './grantTable.ts'
import type { Scope } from './scopes.ts'
import { type AppGrant, draft, hashOf, isLive, type Token } from './token.ts'
import * as tokens from './tokenTable.ts'

/*
 * A grant is a token whose secrets come and go: access tokens of a day, and families of refresh tokens. Each refresh
 * token is good once and replaced by the next of its family; an old one can only come from somebody who kept a copy.
 */

export { type Install, installsOf } from './grantTable.ts'

export interface NewGrant {
  /** Given where one of this name may be there already. */
  id?: string
  kind: 'oauth' | 'agency'
  name: string
  scopes: readonly Scope[]
  app: AppGrant
}

/** What a client is handed: the access token, made before, and until when it is good. */
export interface Access {
  secret: string
  expiresAt: number
}

const year = 365 * 24 * 60 * 60 * 1000

/** Of each kind of secret, how many a grant has at once; a client that asks again and again ends its oldest ones. */
const most = 100

/** A grant in the caller's location, or of the caller's company; without a secret yet. */
export async function insertGrant(ctx: Context, tx: Transaction, wanted: NewGrant): Promise<Token> {
  const grant = draft(wanted, wanted.id ?? newId(), ctx.caller.locationId, '', ctx.now())
  await tokens.insert(tx, grant)
  const { locationId, id, createdAt } = grant
  // What an agency's grant stands for needs no list: it is everywhere.
  if (!wanted.app.agencyTokenId) {
    await grants.insertInstall(tx, wanted.app.clientId, { locationId, tokenId: id, installedAt: createdAt })
  }
  await append(ctx, tx, { types: ['TokenCreate'], record: 'token', recordId: id, before: null, after: grant })
  return grant
}

/** Adds an access token and a family of refresh tokens; answers the family's first. */
export async function giveSecrets(ctx: Context, tx: Transaction, grant: Token, access: Access): Promise<string> {
  const name = newId(familyLength)
  const { secret, family } = nextOf(name, grant, ctx.now())
  await grants.pruneFamilies(tx, grant, ctx.now(), most - 1)
  await grants.insertFamily(tx, family)
  await giveAccess(ctx, tx, grant, access)
  if (tx.id) tx.prove(grants.proof(family))
  return secret
}

/** What a refresh token leads to; undefined where it is none, or has ended. */
export async function findRefresh(db: Database, secret: string, now: number) {
  const family = await grants.findFamily(db, familyOf(secret))
  if (!family) return undefined
  const grant = await tokens.find(db, family.locationId, family.tokenId)
  if (!grant || !(await isGrantLive(db, grant))) return undefined
  return { grant, hasEnded: !isLive(family.expiresAt, now) }
}

/**
 * Exchanges a refresh token for the next of its family and the access token. Null where it was exchanged before: somebody
 * has a copy, nobody knows who, and everything that the grant gave has ended.
 */
export async function renew(ctx: Context, tx: Transaction, grant: Token, secret: string, access: Access) {
  const locked = await tokens.findLocked(tx, grant.locationId, grant.id)
  const before = await grants.findFamily(tx, familyOf(secret))
  if (!locked || locked.revokedAt !== null || !before) return null
  if (before.hash !== hashOf(secret)) {
    await endSecrets(ctx, tx, locked)
    return null
  }
  const next = nextOf(secret.slice(0, familyLength), grant, ctx.now())
  await grants.renewFamily(tx, next.family)
  await giveAccess(ctx, tx, locked, access)
  if (tx.id) tx.prove(grants.proof(next.family))
  return next.secret
}

/** A grant ends with its secrets, for nobody can renew them; not where an agency's grant stands behind it. */
export async function endSecrets(ctx: Context, tx: Transaction, grant: Token): Promise<void> {
  await tokens.deleteHashes(tx, grant)
  if (grant.app?.agencyTokenId) return void (await grants.deleteFamilies(tx, grant))
  await forgetGrant(tx, grant)
  await tokens.update(tx, { ...grant, revokedAt: ctx.now() })
  await append(ctx, tx, { types: ['TokenDelete'], record: 'token', recordId: grant.id, before: grant, after: null })
}

/** What is kept of a grant beside its token and access tokens goes with it. */
export async function forgetGrant(tx: Transaction, grant: Token): Promise<void> {
  await grants.deleteFamilies(tx, grant)
  if (grant.app) await grants.deleteInstall(tx, grant.app.clientId, grant)
}

/** Neither revoked, nor made by an agency's grant that was. */
export async function isGrantLive(db: Database, { revokedAt, app }: Token): Promise<boolean> {
  if (revokedAt !== null) return false
  if (!app?.agencyTokenId) return true
  const agency = await tokens.find(db, app.companyId, app.agencyTokenId)
  return agency?.revokedAt === null
}

async function giveAccess(ctx: Context, tx: Transaction, grant: Token, { secret, expiresAt }: Access) {
  await grants.pruneHashes(tx, grant, ctx.now(), most - 1)
  await tokens.insertHash(tx, hashOf(secret), { ...grant, expiresAt })
}

/** The first half of a refresh token names its family, and is as hard to guess as the rest. */
const familyLength = 32
const familyOf = (secret: string) => hashOf(secret.slice(0, familyLength))

function nextOf(name: string, { locationId, id }: Token, now: number) {
  const secret = name + newId(familyLength)
  return {
    secret,
    family: { family: hashOf(name), hash: hashOf(secret), locationId, tokenId: id, expiresAt: now + year },
  }
}
