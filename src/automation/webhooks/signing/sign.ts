import { createHmac, type KeyObject, sign } from 'node:crypto'
import { liveSecrets, type Webhook } from '../webhook.ts'
import type { SigningKey } from './keys.ts'

/** What is signed: the body to the byte, and for Standard Webhooks its id and the time of this attempt. */
export interface Signed {
  id: string
  body: string
  at: number
}

/**
 * The headers by which a receiver knows that it was us (contract 6): `X-GHL-Signature`, Ed25519 over the body, with the
 * name of its key; `x-wh-signature`, RSA-SHA256, where the webhook asks for it; those of Standard Webhooks, with every
 * secret and key that is good at this time.
 */
export function signatures(webhook: Webhook, signed: Signed, keys: SigningKey[]): Record<string, string> {
  const edwards = keys.filter(({ algorithm }) => algorithm === 'ed25519')
  const active = edwards.find(({ isActive }) => isActive)
  const rsa = webhook.legacySignature && keys.find(({ algorithm, isActive }) => algorithm === 'rsa' && isActive)
  const body = Buffer.from(signed.body)
  return {
    ...(active && { 'x-ghl-signature': byEdwards(active.key, body), 'x-pipewright-key-id': active.id }),
    ...(rsa && { 'x-wh-signature': sign('sha256', body, rsa.key).toString('base64') }),
    ...standard(webhook, signed, edwards),
  }
}

function standard(webhook: Webhook, { id, body, at }: Signed, keys: SigningKey[]): Record<string, string> {
  const timestamp = Math.floor(at / 1000)
  const content = Buffer.from(`${id}.${timestamp}.${body}`)
  const shared = liveSecrets(webhook, at).map(({ secret }) => `v1,${byHmac(secret, content)}`)
  const own = keys.map(({ key }) => `v1a,${byEdwards(key, content)}`)
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': [...shared, ...own].join(' '),
  }
}

const byEdwards = (key: KeyObject, content: Buffer) => sign(null, content, key).toString('base64')

const byHmac = (secret: string, content: Buffer) =>
  createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(content)
    .digest('base64')
