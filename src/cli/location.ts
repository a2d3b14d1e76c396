import { flag, text, WrongUsage } from '../config/options.ts'
import { db } from '../config.ts'
import { type Location, listLocations } from '../domain/accounts/locations.ts'
import { openLocation } from '../domain/installation/bootstrap.ts'
import { contextOf, withData } from './database.ts'
import { day, facts, iso, print, printJson, table } from './output/print.ts'
import { verb } from './verb.ts'

const json = { help: 'Print JSON', env: 'PIPEWRIGHT_JSON', read: flag, fallback: false }

const createOptions = {
  name: { value: 'NAME', help: 'What the business is called (required)', read: text, fallback: undefined },
  timezone: {
    value: 'ZONE',
    help: 'Of the business, such as Europe/Berlin; searches by day go by UTC',
    read: text,
    fallback: undefined,
  },
  allowDuplicateOpportunity: {
    value: 'true|false',
    help: 'Whether a contact may have several opportunities in one pipeline; true unless given',
    read: flag,
    fallback: undefined,
  },
  db,
  json,
}

const create = verb({
  about: 'Makes a location with a Sales Pipeline and a token, and shows the token, this once.',
  words: [],
  options: createOptions,
  notes: 'Locations share one server and nothing else: no token sees into another location.',
  run: ({ name, timezone, allowDuplicateOpportunity, db, json }) =>
    withData(db, async (store) => {
      if (!name) throw new WrongUsage('A location needs a name: --name NAME')
      const settings = allowDuplicateOpportunity === undefined ? {} : { settings: { allowDuplicateOpportunity } }
      const wanted = { name, ...(timezone === undefined ? {} : { timezone }), ...settings }
      const { location, secret, token } = await openLocation(await contextOf(store, undefined), wanted)
      if (json) return printJson({ ...describe(location), token: secret, tokenId: token.id })
      print(
        facts([
          ['Location', location.name],
          ['ID', location.id],
          ['Pipeline', 'Sales Pipeline'],
          ['Token', secret],
        ]),
      )
      print('\nKeep the token now: it is not shown again.')
    }),
})

const list = verb({
  about: 'Lists all locations, the first one first.',
  words: [],
  options: { db, json },
  notes: '',
  run: ({ db, json }) =>
    withData(db, async (store) => {
      const found = await listLocations(store)
      if (json) return printJson(found.map(describe))
      const rows = found.map(({ id, name, profile, createdAt }) => [id, name, profile.timezone, day(createdAt)])
      print(table(['ID', 'Name', 'Time zone', 'Created'], rows))
    }),
})

export default { create, list }

const describe = ({ id, companyId, name, profile, settings, createdAt }: Location) => ({
  id,
  companyId,
  name,
  timezone: profile.timezone,
  allowDuplicateOpportunity: settings.allowDuplicateOpportunity,
  createdAt: iso(createdAt),
})
