import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Static, Type } from '@sinclair/typebox'
import { DomainError } from '../../../domain/errors.ts'
import { oneOf, requiredText, strict } from '../definition/fields.ts'

export const Signature = Type.Object(
  {
    scheme: oneOf(
      ['stripe', 'standard', 'hmac'],
      'stripe: `Stripe-Signature`; standard: Standard Webhooks; hmac: the hex HMAC-SHA256 of the body in a header',
    ),
    secret: requiredText('What both sides know', 500),
    header: Type.Optional(requiredText('For hmac: where the signature stands; X-Signature unless given', 100)),
    timestampHeader: Type.Optional(
      requiredText('For hmac: where the time stands, in seconds; it is signed too, as `time.body`', 100),
    ),
    toleranceSeconds: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 86_400, description: 'How old it may be; 300' }),
    ),
  },
  strict,
)
export type Signature = Static<typeof Signature>

/** A secret that nothing could be signed by. */
export const issuesOfSecret = ({ scheme, secret }: Partial<Signature>): string[] =>
  scheme === 'standard' && secret !== undefined && !/^(whsec_)?([A-Za-z0-9+/_-]{2,}={0,2})$/.test(secret)
    ? ['signature.secret must be base64, such as whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
    : []

/** A request as it came; headers in lower case. */
export interface Signed {
  headers: Record<string, unknown>
  raw: Buffer
}

/** Refuses what the other side has not signed, or signed too long ago: a copy of it may be somebody else's. */
export function verify(how: Signature, { headers, raw }: Signed, now: number): void {
  const { at, content, given } = readers[how.scheme](how, headers, raw)
  const isTimed = how.scheme !== 'hmac' || how.timestampHeader !== undefined
  if (isTimed && !isFresh(at, how.toleranceSeconds ?? 300, now))
    throw refused('The timestamp is missing, too old or too new')
  const expected = createHmac('sha256', keyOf(how)).update(content).digest()
  if (!given.some((one) => isSame(one, expected))) throw refused('The signature is missing or wrong')
}

interface Claimed {
  /** Seconds, as sent. */
  at: string
  content: Buffer
  given: Buffer[]
}

const readers: Record<Signature['scheme'], (how: Signature, headers: Signed['headers'], raw: Buffer) => Claimed> = {
  stripe(_how, headers, raw) {
    const parts = textOf(headers['stripe-signature'])
      .split(',')
      .map((part) => part.trim().split('='))
    const all = (name: string) => parts.flatMap(([key, value = '']) => (key === name ? [value] : []))
    const [at = ''] = all('t')
    return { at, content: signed(`${at}.`, raw), given: all('v1').map((text) => Buffer.from(text, 'hex')) }
  },
  standard(_how, headers, raw) {
    const at = textOf(headers['webhook-timestamp'])
    const versions = textOf(headers['webhook-signature'])
      .split(' ')
      .map((one) => one.split(','))
    const given = versions.flatMap(([version, value = '']) => (version === 'v1' ? [Buffer.from(value, 'base64')] : []))
    return { at, content: signed(`${textOf(headers['webhook-id'])}.${at}.`, raw), given }
  },
  hmac({ header = 'x-signature', timestampHeader }, headers, raw) {
    const at = timestampHeader === undefined ? '' : textOf(headers[timestampHeader.toLowerCase()])
    const given = textOf(headers[header.toLowerCase()]).replace(/^sha256=/, '')
    return {
      at,
      content: timestampHeader === undefined ? raw : signed(`${at}.`, raw),
      given: [Buffer.from(given, 'hex')],
    }
  },
}

const signed = (before: string, raw: Buffer) => Buffer.concat([Buffer.from(before), raw])

const textOf = (header: unknown) => (typeof header === 'string' ? header : '')

/** Standard Webhooks hands its secrets out in base64. */
const keyOf = ({ scheme, secret }: Signature) =>
  scheme === 'standard' ? Buffer.from(secret.replace(/^whsec_/, ''), 'base64') : Buffer.from(secret)

const isFresh = (seconds: string, tolerance: number, now: number) =>
  /^\d{1,12}$/.test(seconds) && Math.abs(now / 1000 - Number(seconds)) <= tolerance

const isSame = (one: Buffer, other: Buffer) => one.length === other.length && timingSafeEqual(one, other)

const refused = (message: string) => new DomainError('unauthorized', message)
