import sql from 'sql-template-tag'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../store/database.ts'
import { openSqlite } from '../../store/sqlite.ts'
import { verifyPassword } from '../accounts/password.ts'
import type { Context } from '../context.ts'
import { bootstrap, firstLocation, openLocation } from '../installation/bootstrap.ts'
import { overlap } from './token.ts'
import { createToken, findToken, listTokens, revokeToken, rotateToken, tokenKey, touchTokens } from './tokens.ts'

let store: Store
let ctx: Context
let now: number

beforeEach(async () => {
  store = openSqlite(':memory:')
  now = Date.parse('2026-06-01T00:00:00Z')
  const caller = { locationId: '', kind: 'system', id: 'test', scopes: new Set<string>() } as const
  const context: Context = { store, caller, now: () => now, wake: () => {} }
  const { location } = await openLocation(context, { name: 'Acme' })
  ctx = { ...context, caller: { ...caller, locationId: location.id } }
})

afterEach(() => store.close())

const works = async (secret: string) => (await findToken(store, secret, now)) !== undefined

describe('a token', () => {
  test('is found by its secret, with whom it stands for', async () => {
    const { token, secret } = await createToken(ctx, { name: 'Form', scopes: ['contacts.write'] })

    const found = await findToken(store, secret, now)

    expect(found?.token).toEqual(token)
    expect(found?.caller).toMatchObject({ kind: 'token', id: token.id, locationId: ctx.caller.locationId })
    expect(token.hint).toBe(secret.slice(-4))
    expect(await works(`${secret}0`)).toBe(false)
  })

  test('ends at its time', async () => {
    const { secret } = await createToken(ctx, { name: 'Trial', expiresAt: now + 10 })

    now += 9
    expect(await works(secret)).toBe(true)
    now += 1
    expect(await works(secret)).toBe(false)
  })

  test('leaves neither its secret nor its hash in the history', async () => {
    const { token, secret } = await createToken(ctx, { name: 'Form', kind: 'v1' })
    const rotated = await rotateToken(ctx, token.id, { now: true })
    await revokeToken(ctx, token.id)

    const events = await store.all<{ types: string }>(sql`select * from events where record_id = ${token.id}`)
    const hashes = await store.all<{ hash: string }>(sql`select hash from token_hashes`)

    expect(events.map(({ types }) => JSON.parse(types))).toEqual([['TokenCreate'], ['TokenUpdate'], ['TokenDelete']])
    for (const hidden of [secret, rotated.secret, ...hashes.map(({ hash }) => hash)]) {
      expect(JSON.stringify(events)).not.toContain(hidden)
    }
  })
})

describe('rotating', () => {
  test('lets the old secret work for seven more days beside the new one', async () => {
    const { token, secret } = await createToken(ctx, { name: 'Form' })

    const rotated = await rotateToken(ctx, token.id, { now: false })

    expect(rotated.token).toMatchObject({ id: token.id, rotatedAt: now, hint: rotated.secret.slice(-4) })
    now += overlap - 1
    expect([await works(secret), await works(rotated.secret)]).toEqual([true, true])
    now += 1
    expect([await works(secret), await works(rotated.secret)]).toEqual([false, true])
  })

  test('ends the old secret at once when asked to', async () => {
    const { token, secret } = await createToken(ctx, { name: 'Form' })

    const rotated = await rotateToken(ctx, token.id, { now: true })

    expect([await works(secret), await works(rotated.secret)]).toEqual([false, true])
  })

  test('twice does not lengthen the life of the first secret', async () => {
    const { token, secret } = await createToken(ctx, { name: 'Form' })
    const second = await rotateToken(ctx, token.id, { now: false })

    now += overlap / 2
    const third = await rotateToken(ctx, token.id, { now: false })
    now += overlap / 2

    const all = [secret, second.secret, third.secret]
    expect(await Promise.all(all.map(works))).toEqual([false, true, true])
  })

  test('leaves the end of a token where it was', async () => {
    const { token } = await createToken(ctx, { name: 'Trial', expiresAt: now + 10 })

    const { secret } = await rotateToken(ctx, token.id, { now: false })
    now += 10

    expect(await works(secret)).toBe(false)
  })

  test('keeps the kind of the key', async () => {
    const { token } = await createToken(ctx, { name: 'Old client', kind: 'v1' })

    const { secret } = await rotateToken(ctx, token.id, { now: true })

    expect(secret).toMatch(/^ey/)
    expect((await findToken(store, secret, now))?.token.kind).toBe('v1')
  })
})

describe('revoking', () => {
  test('ends every secret of the token at once and takes it off the list', async () => {
    const { token, secret } = await createToken(ctx, { name: 'Form' })
    const rotated = await rotateToken(ctx, token.id, { now: false })

    await revokeToken(ctx, token.id)

    expect([await works(secret), await works(rotated.secret)]).toEqual([false, false])
    expect((await listTokens(ctx)).map(({ id }) => id)).not.toContain(token.id)
    await expect(revokeToken(ctx, token.id)).rejects.toThrow('Token not found')
    await expect(rotateToken(ctx, token.id, { now: true })).rejects.toThrow('Token not found')
  })

  test("does not reach another location's token", async () => {
    const { token, secret } = await createToken(ctx, { name: 'Form' })
    const { location } = await openLocation(ctx, { name: 'Other' })
    const elsewhere = { ...ctx, caller: { ...ctx.caller, locationId: location.id } }

    await expect(revokeToken(elsewhere, token.id)).rejects.toThrow('Token not found')

    expect(await works(secret)).toBe(true)
    expect((await listTokens(elsewhere)).map(({ name }) => name)).toEqual(['First token'])
  })
})

test('the last use is noted for many tokens at once, and never goes back', async () => {
  const { token } = await createToken(ctx, { name: 'Form' })

  await touchTokens(store, new Map([[tokenKey(token), 500]]))
  await touchTokens(store, new Map([[tokenKey(token), 400]]))

  expect((await listTokens(ctx)).find(({ id }) => id === token.id)?.lastUsedAt).toBe(500)
})

describe('the first start', () => {
  test('furnishes an empty database once, also when two come together', async () => {
    const empty = openSqlite(':memory:')

    const [one, two] = await Promise.all([bootstrap(empty, now), bootstrap(empty, now)])
    const later = await bootstrap(empty, now)

    const first = one ?? two
    expect([one, two].filter(Boolean)).toHaveLength(1)
    expect(later).toBeUndefined()
    expect(await firstLocation(empty)).toBe(first?.locationId)
    expect((await findToken(empty, first?.token ?? '', now))?.caller.scopes.size).toBeGreaterThan(10)
    expect((await findToken(empty, first?.apiKey ?? '', now))?.token.kind).toBe('v1')
    const signIn = await empty.one<{ hash: string }>(sql`select password_hash as "hash" from sign_ins`)
    expect(await verifyPassword(first?.admin.password ?? '', signIn?.hash ?? '')).toBe(true)
    await empty.close()
  })
})
