import { flag, oneOf, text, WrongUsage } from '../config/options.ts'
import { db } from '../config.ts'
import { type App, appIdOf, distributions, readRedirectUri, redirectUriRule } from '../domain/oauth/apps/app.ts'
import { createApp, deleteApp, listApps, type MadeApp, rotateAppSecret } from '../domain/oauth/apps/apps.ts'
import { scopes } from '../domain/tokens/scopes.ts'
import { contextOf, withData } from './database.ts'
import { day, facts, iso, print, printJson, table } from './output/print.ts'
import { listScopes, scopesOption, tellScopes } from './scopes.ts'
import { verb } from './verb.ts'

const json = { help: 'Print JSON', env: 'PIPEWRIGHT_JSON', read: flag, fallback: false }
const common = { db, json }

const createOptions = {
  name: {
    value: 'NAME',
    help: 'What people read when it asks to be let in (required)',
    read: text,
    fallback: undefined,
  },
  redirectUri: {
    value: 'URL',
    help: 'Where people are sent back to, exactly; several with commas between (required)',
    read: readRedirectUris,
    fallback: undefined,
  },
  scopes: scopesOption('The most it may ask for, with commas between; all that it may have unless given'),
  distribution: {
    value: 'WHERE',
    help: 'Who can let it in: one location, the whole company at once, or both as they like',
    read: oneOf(distributions),
    fallback: 'both' as const,
  },
  ...common,
}

const create = verb({
  about: 'Makes an app that asks people by OAuth 2.0 to be let in, and shows its client secret, this once.',
  words: [],
  options: createOptions,
  notes: `Scopes:
${facts(Object.entries(scopes))}

Example:
  pipewright app create --name n8n --redirect-uri https://n8n.example.com/rest/oauth2-credential/callback`,
  run: ({ name, redirectUri, scopes, distribution, db, json }) =>
    withData(db, async (store) => {
      if (!name) throw new WrongUsage('An app needs a name: --name NAME')
      if (!redirectUri) throw new WrongUsage('An app needs an address to send people back to: --redirect-uri URL')
      const wanted = { name, redirectUris: redirectUri, scopes, distribution }
      show(await createApp(await contextOf(store, undefined), wanted), json)
    }),
})

const list = verb({
  about: 'Lists the apps, and how often each was let in. Secrets are not kept, so they cannot be shown.',
  words: [],
  options: common,
  notes: '',
  run: ({ db, json }) =>
    withData(db, async (store) => {
      const found = await listApps(store)
      if (json) return printJson(found.map(({ app, installs }) => ({ ...describe(app), installs })))
      const rows = found.map(({ app, installs }) => [
        app.clientId,
        app.name,
        app.redirectUris.join(', '),
        listScopes(app.scopes),
        app.distribution,
        String(installs),
        day(app.createdAt),
      ])
      print(table(['Client ID', 'Name', 'Redirect URIs', 'Scopes', 'For', 'Let in', 'Created'], rows))
    }),
})

const rotate = verb({
  about:
    'Gives an app a new client secret and shows it, this once. The old one ends at once; what people allowed stays.',
  words: ['CLIENT_ID'],
  options: common,
  notes: '',
  run: ({ db, json }, [clientId = '']) =>
    withData(db, async (store) => show(await rotateAppSecret(await contextOf(store, undefined), clientId), json)),
})

const remove = verb({
  about: 'Ends an app and everything that people allowed it, for good.',
  words: ['CLIENT_ID'],
  options: common,
  notes: '',
  run: ({ db, json }, [clientId = '']) =>
    withData(db, async (store) => {
      const app = await deleteApp(await contextOf(store, undefined), clientId)
      if (json) return printJson({ clientId: app.clientId, deleted: true })
      print(`Deleted ${app.name} (${app.clientId}).`)
    }),
})

export default { create, list, rotate, delete: remove }

function show({ app, secret }: MadeApp, json: boolean) {
  if (json) return printJson({ ...describe(app), clientSecret: secret })
  print(
    facts([
      ['Name', app.name],
      ['Client ID', app.clientId],
      ['Client secret', secret],
      ['Redirect URIs', app.redirectUris.join(', ')],
      ['Scopes', tellScopes(app.scopes)],
    ]),
  )
  print('\nKeep the secret now: it is not shown again.')
}

const describe = (app: App) => ({
  clientId: app.clientId,
  appId: appIdOf(app.clientId),
  name: app.name,
  redirectUris: app.redirectUris,
  scopes: app.scopes,
  distribution: app.distribution,
  createdAt: iso(app.createdAt),
  rotatedAt: iso(app.rotatedAt),
})

/** An address may have a comma in it; the next one begins with its scheme. */
function readRedirectUris(given: string): string[] {
  const addresses = given.split(/,\s*(?=\w+:)/).map((one) => one.trim())
  for (const address of addresses) {
    try {
      readRedirectUri(address)
    } catch {
      throw new WrongUsage(`must be ${redirectUriRule}, not "${address}"`)
    }
  }
  return addresses
}
