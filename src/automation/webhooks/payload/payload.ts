import type { Happened } from '../../event.ts'
import type { TypeTold } from '../types.ts'
import { shapes } from './shapes.ts'

/** What a payload says beside the event. */
export interface Beside {
  /** The delivery's id, the same in each attempt: what receivers know a repetition by. */
  webhookId: string
  companyId: string
  appId: string | null
}

/**
 * What travels (contract 6): flat JSON, the keys of HighLevel's own events, and our `changes`. A record that is gone is
 * told as it was.
 */
export function payloadOf(event: Happened, type: TypeTold, { webhookId, companyId, appId }: Beside): string {
  const { locationId, before, after, at } = event
  const shape = shapes[event.record]
  if (!shape) throw new Error(`Nothing is told of a ${event.record}`)
  const record = (after ?? before) as object
  return JSON.stringify({
    type,
    ...(shape.isLocation ? {} : { locationId }),
    ...(shape.namesCompany && { companyId }),
    ...write(shape.fields, record),
    ...(shape.more?.[type] && write(shape.more[type], record)),
    timestamp: new Date(at).toISOString(),
    webhookId,
    ...(appId && { appId }),
    changes: changesBetween({ ...shape.fields, ...shape.beside }, before, after),
  })
}

/** How a member of a payload is read from a record. */
export type Fields = Record<string, (record: never) => unknown>

const write = (fields: Fields, record: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([name, read]) => [name, read(record as never) ?? null]))

/** By their names on the wire, what differs; nothing where a record is new or gone. */
function changesBetween(fields: Fields, before: unknown, after: unknown) {
  if (!before || !after) return {}
  const [was, is] = [write(fields, before), write(fields, after)]
  const names = Object.keys(fields).filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
  return Object.fromEntries(names.map((name) => [name, { from: was[name], to: is[name] }]))
}
