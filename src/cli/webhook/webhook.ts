import {
  createWebhook,
  deleteWebhook,
  pauseWebhook,
  resumeWebhook,
  rotateSecret,
} from '../../automation/webhooks/commands.ts'
import { listWebhooks } from '../../automation/webhooks/queries.ts'
import { rotateKeyPairs } from '../../automation/webhooks/signing/keys.ts'
import { every, typesTold } from '../../automation/webhooks/types.ts'
import { retryModes } from '../../automation/webhooks/webhook.ts'
import { flag, oneOf, text } from '../../config/options.ts'
import { db } from '../../config.ts'
import type { Context } from '../../domain/context.ts'
import { withData } from '../database.ts'
import { iso, print, printJson, table } from '../output/print.ts'
import { verb } from '../verb.ts'
import { deliveries, redeliver } from './deliveries.ts'
import { common, describe, inLocation, json, show } from './show.ts'

const createOptions = {
  types: {
    value: 'LIST',
    help: 'Which events, with commas between; all unless given',
    read: readList,
    fallback: [every],
  },
  name: { value: 'NAME', help: "What to call it; the address's host unless given", read: text, fallback: undefined },
  retryMode: {
    value: 'MODE',
    help: 'standard: whatever fails, for three days; highlevel: only 429, six times',
    read: oneOf(retryModes),
    fallback: 'standard' as const,
  },
  appId: {
    value: 'ID',
    help: 'Told in each payload, for receivers that look for theirs',
    read: text,
    fallback: undefined,
  },
  legacySignature: { help: 'Send x-wh-signature (RSA-SHA256) too', read: flag, fallback: false },
  ...common,
}

const create = verb({
  about: 'Subscribes an address to events, and shows the secret that signs what is sent, this once.',
  words: ['URL'],
  options: createOptions,
  notes: `Events:
  ${typesTold.join('\n  ')}

Example:
  pipewright webhook create https://example.com/hooks --types OpportunityStageUpdate,OpportunityStatusUpdate`,
  run: ({ location, db, json, ...wanted }, [url = '']) =>
    inLocation({ location, db }, async (ctx) => {
      const { webhook, secret } = await createWebhook(ctx, { url, ...wanted })
      await show(ctx, webhook.id, json, secret)
    }),
})

const list = verb({
  about: 'Lists the webhooks of a location, and how their deliveries stand.',
  words: [],
  options: common,
  notes: '',
  run: ({ json, ...place }) =>
    inLocation(place, async (ctx) => {
      const found = await listWebhooks(ctx)
      if (json) return printJson(found.map(describe))
      const rows = found.map(({ webhook: { id, name, url, state }, line: { waiting, delivered, failed } }) => [
        id,
        name,
        state,
        ...[waiting, delivered, failed].map(String),
        url,
      ])
      print(table(['ID', 'Name', 'State', 'Waiting', 'Delivered', 'Failed', 'Address'], rows))
    }),
})

/** A verb that does one thing to a webhook, and shows how it is afterwards. */
const changing = (about: string, change: (ctx: Context, id: string) => Promise<unknown>) =>
  verb({
    about,
    words: ['ID'],
    options: common,
    notes: '',
    run: ({ json, ...place }, [id = '']) =>
      inLocation(place, async (ctx) => {
        await change(ctx, id)
        await show(ctx, id, json)
      }),
  })

const pause = changing('Sends nothing until it is resumed. What happens meanwhile waits.', pauseWebhook)
const resume = changing('Sends again, after a pause or after it was disabled.', resumeWebhook)

const remove = verb({
  about: 'Ends a webhook, and what waits for it.',
  words: ['ID'],
  options: common,
  notes: '',
  run: ({ json, ...place }, [id = '']) =>
    inLocation(place, async (ctx) => {
      const webhook = await deleteWebhook(ctx, id)
      if (json) return printJson({ id, deleted: true })
      print(`Deleted ${webhook.name} (${id}).`)
    }),
})

const rotateOptions = { now: { help: 'End the old secret at once', read: flag, fallback: false }, ...common }

const rotate = verb({
  about: 'Gives a webhook a new secret and shows it, this once. The old one signs beside it for seven more days.',
  words: ['ID'],
  options: rotateOptions,
  notes: '',
  run: ({ json, now, ...place }, [id = '']) =>
    inLocation(place, async (ctx) => show(ctx, id, json, (await rotateSecret(ctx, id, { now })).secret)),
})

const rotateKeys = verb({
  about:
    'Makes new key pairs for the whole installation. They sign after seven days, when receivers have fetched them.',
  words: [],
  options: { now: { help: 'Let them sign at once, and end the old ones', read: flag, fallback: false }, db, json },
  notes: 'Receivers fetch the public keys at /.well-known/pipewright-webhook-keys.',
  run: ({ now, db, json }) =>
    withData(db, async (store) => {
      const pairs = await rotateKeyPairs(store, Date.now(), now)
      const shown = pairs.map(({ id, algorithm, activeFrom, endsAt }) => ({
        id,
        algorithm,
        activeFrom: iso(activeFrom),
        endsAt: iso(endsAt),
      }))
      if (json) return printJson(shown)
      const rows = shown.map((one) => [one.id, one.algorithm, one.activeFrom ?? '', one.endsAt ?? 'not yet'])
      print(table(['ID', 'Algorithm', 'Signs from', 'Ends'], rows))
    }),
})

export default { create, list, pause, resume, delete: remove, rotate, 'rotate-keys': rotateKeys, deliveries, redeliver }

function readList(given: string): string[] {
  return given
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
}
