import { flag, oneOf, text } from '../config/options.ts'
import { db } from '../config.ts'
import { scopes } from '../domain/tokens/scopes.ts'
import { createToken, type Issued, listTokens, revokeToken, rotateToken, type Token } from '../domain/tokens/tokens.ts'
import { contextOf, contextOfEither, location, withData } from './database.ts'
import { day, facts, iso, print, printJson, table } from './output/print.ts'
import { listScopes, scopesOption, tellScopes } from './scopes.ts'
import { verb } from './verb.ts'

const json = { help: 'Print JSON', env: 'PIPEWRIGHT_JSON', read: flag, fallback: false }
const common = { location, db, json }

const createOptions = {
  name: { value: 'NAME', help: 'What it is for', read: text, fallback: 'Token' },
  description: { value: 'TEXT', help: 'More about what it is for', read: text, fallback: undefined },
  scopes: scopesOption('What it may do, with commas between; everything but the last five unless given'),
  kind: {
    value: 'KIND',
    help: 'pit: private integration token (v2, v3); v1: API key (v1 only)',
    read: oneOf(['pit', 'v1']),
    fallback: 'pit' as const,
  },
  ...common,
}

const create = verb({
  about: 'Makes a token and shows it, this once.',
  words: [],
  options: createOptions,
  notes: `Scopes:
${facts(Object.entries(scopes))}

Example:
  pipewright token create --name "Website form" --scopes opportunities.write,contacts.write`,
  run: ({ location, db, json, ...wanted }) =>
    withData(db, async (store) => show(await createToken(await contextOf(store, location), wanted), json)),
})

const list = verb({
  about: 'Lists the tokens of a location. Secrets are not kept, so they cannot be shown.',
  words: [],
  options: common,
  notes: '',
  run: ({ location, db, json }) =>
    withData(db, async (store) => {
      const found = await listTokens(await contextOfEither(store, location))
      if (json) return printJson(found.map(describe))
      const rows = found.map((token) => [
        token.id,
        token.name,
        token.kind,
        token.hint && `…${token.hint}`,
        scopesOf(token, listScopes),
        day(token.createdAt),
        day(token.lastUsedAt) || 'never',
      ])
      print(table(['ID', 'Name', 'Kind', 'Ends in', 'Scopes', 'Created', 'Last used'], rows))
    }),
})

const rotate = verb({
  about: 'Gives a token a new secret and shows it, this once. The old one works for seven more days.',
  words: ['ID'],
  options: { now: { help: 'End the old secret at once', read: flag, fallback: false }, ...common },
  notes: '',
  run: ({ location, db, json, now }, [id = '']) =>
    withData(db, async (store) => show(await rotateToken(await contextOf(store, location), id, { now }), json)),
})

const revoke = verb({
  about: 'Ends a token and all its secrets at once, for good.',
  words: ['ID'],
  options: common,
  notes: '',
  run: ({ location, db, json }, [id = '']) =>
    withData(db, async (store) => {
      const token = await revokeToken(await contextOfEither(store, location), id)
      if (json) return printJson({ id: token.id, revokedAt: iso(token.revokedAt) })
      print(`Revoked ${token.name} (${token.id}).`)
    }),
})

export default { create, list, rotate, revoke }

function show({ token, secret }: Issued, json: boolean) {
  if (json) return printJson({ token: secret, ...describe(token) })
  print(secret)
  print(
    `\n${facts([
      ['Name', token.name],
      ['ID', token.id],
      ['Location', token.locationId],
      ['Scopes', scopesOf(token, tellScopes)],
    ])}`,
  )
  print('\nKeep it now: it is not shown again.')
}

const describe = (token: Token) => ({
  id: token.id,
  name: token.name,
  description: token.description,
  kind: token.kind,
  hint: token.hint,
  scopes: token.scopes,
  locationId: token.locationId,
  createdAt: iso(token.createdAt),
  rotatedAt: iso(token.rotatedAt),
  expiresAt: iso(token.expiresAt),
  lastUsedAt: iso(token.lastUsedAt),
})

/** A v1 key knows none. */
const scopesOf = ({ kind, scopes: allowed }: Token, tell: typeof listScopes) =>
  kind === 'v1' ? 'whatever v1 can' : tell(allowed)
