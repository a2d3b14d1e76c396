import { getWebhook, type Standing } from '../../automation/webhooks/queries.ts'
import { flag } from '../../config/options.ts'
import { db } from '../../config.ts'
import type { Context } from '../../domain/context.ts'
import { contextOf, location, withData } from '../database.ts'
import { facts, iso, print, printJson } from '../output/print.ts'

export const json = { help: 'Print JSON', env: 'PIPEWRIGHT_JSON', read: flag, fallback: false }
export const common = { location, db, json }

/** Does something in the location that was named. */
export const inLocation = (
  place: { location: string | undefined; db: string },
  work: (ctx: Context) => Promise<void>,
) => withData(place.db, async (store) => work(await contextOf(store, place.location)))

/** A webhook as it is now, and its secret where it is new. */
export async function show(ctx: Context, id: string, json: boolean, secret?: string) {
  const standing = await getWebhook(ctx, id)
  if (json) return printJson({ ...(secret && { secret }), ...describe(standing) })
  if (secret) print(`${secret}\n`)
  const { webhook, line } = standing
  print(
    facts([
      ['Name', webhook.name],
      ['ID', webhook.id],
      ['Address', webhook.url],
      ['Events', webhook.types.join(', ')],
      ['State', [webhook.state, webhook.stateReason].filter(Boolean).join(': ')],
      ['Deliveries', `${line.waiting} waiting, ${line.delivered} delivered, ${line.failed} failed`],
    ]),
  )
  if (secret) print('\nKeep the secret now: it is not shown again.')
}

export const describe = ({ webhook, line }: Standing) => ({
  id: webhook.id,
  name: webhook.name,
  url: webhook.url,
  types: webhook.types,
  retryMode: webhook.retryMode,
  state: webhook.state,
  stateReason: webhook.stateReason,
  deliveries: { waiting: line.waiting, delivered: line.delivered, failed: line.failed },
  createdAt: iso(webhook.createdAt),
})
