import { timingSafeEqual } from 'node:crypto'
import type { Context } from '../../../domain/context.ts'
import type { Request } from '../../../domain/oauth/consent.ts'
import { keysOf } from '../../../domain/oauth/keys.ts'

/**
 * What a page of an authorization carries to the next one, sealed, so that nothing need be kept meanwhile: it is good
 * for a while, and only in the browser that holds the cookie it was sealed with. Another site can neither make one nor
 * have one posted (CSRF).
 */
export interface Ticket {
  request: Request
  /** Given back to the app as it came; null where none came. */
  state: string | null
  /** The secret of who signed in. */
  session?: string
}

type Store = Context['store']

const life = 10 * 60 * 1000

export async function seal(store: Store, cookie: string, ticket: Ticket, now: number): Promise<string> {
  const content = Buffer.from(JSON.stringify({ ...ticket, until: now + life })).toString('base64url')
  return `${content}.${await sealOf(store, cookie, content)}`
}

/** Undefined where it was not sealed here, for this cookie, a short while ago. */
export async function open(store: Store, cookie: string, text: string, now: number): Promise<Ticket | undefined> {
  const [content = '', given = ''] = text.split('.')
  const own = Buffer.from(await sealOf(store, cookie, content))
  const shown = Buffer.from(given)
  if (own.length !== shown.length || !timingSafeEqual(own, shown)) return undefined
  const { until, ...ticket } = JSON.parse(Buffer.from(content, 'base64url').toString()) as Ticket & { until: number }
  return until > now ? ticket : undefined
}

const sealOf = async (store: Store, cookie: string, content: string) =>
  (await keysOf(store)).seal(`ticket ${cookie} ${content}`)
