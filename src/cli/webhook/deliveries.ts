import { deliveryStates } from '../../automation/webhooks/deliveries/delivery.ts'
import { searchDeliveries } from '../../automation/webhooks/deliveries/queries.ts'
import { redeliver as redeliverOne, redeliverRange } from '../../automation/webhooks/deliveries/redeliver.ts'
import { flag, oneOf, text, WrongUsage, whole } from '../../config/options.ts'
import { instant } from '../../domain/time.ts'
import { iso, print, printJson, table } from '../output/print.ts'
import { verb } from '../verb.ts'
import { common, inLocation } from './show.ts'

const listOptions = {
  state: {
    value: 'STATE',
    help: `Only those that are ${deliveryStates.join(', ')}`,
    read: oneOf(deliveryStates),
    fallback: undefined,
  },
  limit: { value: 'N', help: 'How many', read: whole(1, 1000), fallback: 20 },
  ...common,
}

export const deliveries = verb({
  about: 'Lists what was sent to a webhook, the newest first.',
  words: ['ID'],
  options: listOptions,
  notes: '',
  run: ({ state, limit, json, ...place }, [id = '']) =>
    inLocation(place, async (ctx) => {
      const found = (await searchDeliveries(ctx, id, { state, limit })).map((one) => ({
        id: one.id,
        type: one.type,
        recordId: one.recordId,
        state: one.state,
        attempts: one.attempts,
        createdAt: iso(one.createdAt),
        nextAttemptAt: iso(one.dueAt),
      }))
      if (json) return printJson(found)
      const rows = found.map((one) => [
        one.id,
        one.type,
        one.recordId,
        one.state,
        `${one.attempts}`,
        one.createdAt ?? '',
      ])
      print(table(['ID', 'Event', 'Record', 'State', 'Attempts', 'Made'], rows))
    }),
})

const againOptions = {
  delivery: { value: 'ID', help: 'One delivery; else what was made in a range', read: text, fallback: undefined },
  from: { value: 'TIME', help: 'From then on, such as 2026-11-20T08:00:00Z', read: readTime, fallback: undefined },
  to: { value: 'TIME', help: 'Until before then; until now unless given', read: readTime, fallback: undefined },
  all: { help: 'Also what was delivered; only what failed unless given', read: flag, fallback: false },
  ...common,
}

export const redeliver = verb({
  about: 'Sends again: one delivery, or what was made in a range of time.',
  words: ['ID'],
  options: againOptions,
  notes: `Example:
  pipewright webhook redeliver 5DP4iH6HLkQsiKESj6rh --from 2026-11-20`,
  run: ({ delivery, from, to, all, json, ...place }, [id = '']) =>
    inLocation(place, async (ctx) => {
      if (!delivery && from === undefined) throw new WrongUsage('Say what to send again: --delivery ID or --from TIME')
      const states = all ? (['delivered', 'failed'] as const) : (['failed'] as const)
      const range = { from: from ?? 0, to: to ?? ctx.now(), states }
      const count = delivery
        ? await redeliverOne(ctx, id, delivery).then(() => 1)
        : await redeliverRange(ctx, id, range)
      if (json) return printJson({ count })
      print(`${count} to be sent again.`)
    }),
})

function readTime(given: string): number {
  const at = instant(given)
  if (at === undefined) throw new WrongUsage(`must be a time such as 2026-11-20T08:00:00Z, not "${given}"`)
  return at
}
