import { createVerify, verify } from 'node:crypto'
import { HighLevel } from '@gohighlevel/api-client'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rotateKeyPairs } from '../../src/automation/webhooks/signing/keys.ts'
import { onEveryStore } from '../harness.ts'
import { type Received, type Receiver, startReceiver } from '../support/receiver.ts'
import { type Hooked, subscribe } from '../support/webhooks.ts'

const week = 7 * 24 * 60 * 60 * 1000

onEveryStore('signatures of webhooks', (crm) => {
  let receiver: Receiver
  beforeAll(async () => {
    receiver = await startReceiver()
  })
  afterAll(() => receiver.close())

  async function delivered(hook: Hooked): Promise<Received> {
    await crm.given.contact()
    await crm.settle()
    return receiver.received.filter(({ path }) => hook.url.endsWith(path)).at(-1) as Received
  }
  const keys = async () => (await crm.v2.get('/.well-known/pipewright-webhook-keys')).body.keys
  const keyNamed = async (id: unknown) => (await keys()).find((key: { id: unknown }) => key.id === id)
  const changed = (raw: Buffer) => Buffer.from(raw.map((byte, at) => (at === 20 ? byte ^ 1 : byte)))
  const text = (header: unknown) => String(header)
  /** As a receiver does that has this public key, or one of another form of it. */
  const accepts = (pem: string, raw: Buffer, { headers }: Received) =>
    verify(null, raw, pem, Buffer.from(text(headers['x-ghl-signature']), 'base64'))

  describe('the official client', () => {
    const ghl = new HighLevel({ privateIntegrationToken: 'pit-x', logLevel: 'none' } as never)
    const { webhooks } = ghl

    test('accepts a delivery with our public key in any form, and refuses a changed byte', async () => {
      const request = await delivered(await subscribe(crm, receiver))
      const [key] = await keys()
      const signature = text(request.headers['x-ghl-signature'])

      for (const form of [key.pem, key.publicKey, key.standardWebhooks.slice('whpk_'.length)]) {
        expect(webhooks.verifyEd25519Signature(request.raw, signature, form)).toBe(true)
        expect(webhooks.verifyEd25519Signature(changed(request.raw), signature, form)).toBe(false)
      }
    })

    test('accepts it in its middleware, which looks for the id of its app', async () => {
      const hook = await subscribe(crm, receiver, { appId: '64f1c0ffee' })
      const { headers, raw } = await delivered(hook)
      const [key] = await keys()
      process.env.CLIENT_ID = '64f1c0ffee-lq5x'
      process.env.WEBHOOK_SIGNATURE_PUBLIC_KEY = key.pem

      const judge = async (body: Buffer) => {
        const request = { method: 'POST', url: '/', headers, body } as Record<string, unknown>
        await webhooks.subscribe()(request as never, {} as never, () => {})
        return [request.isSignatureValid, request.skippedSignatureVerification]
      }

      expect(await judge(raw)).toEqual([true, false])
      const other = Buffer.from(raw.toString().replace('"city":null', '"city":"no"'))
      expect(await judge(other)).toEqual([false, false])
    })

    test('accepts the old RSA signature where the webhook asks for it', async () => {
      const hook = await subscribe(crm, receiver, { legacySignature: true })
      const request = await delivered(hook)
      const rsa = (await keys()).find(({ algorithm }: { algorithm: string }) => algorithm === 'rsa')
      const signature = text(request.headers['x-wh-signature'])

      expect(webhooks.verifySignature(request.raw.toString(), signature, rsa.pem)).toBe(true)
      expect(webhooks.verifySignature(changed(request.raw).toString(), signature, rsa.pem)).toBe(false)
      expect(createVerify('sha256').update(request.raw).verify(rsa.pem, signature, 'base64')).toBe(true)
      expect((await delivered(await subscribe(crm, receiver))).headers).not.toHaveProperty('x-wh-signature')
    })
  })

  describe('Standard Webhooks', () => {
    const headersOf = ({ headers }: Received) => headers as Record<string, string>

    test('its verifier accepts a delivery with the webhook’s secret, and refuses a changed byte', async () => {
      const hook = await subscribe(crm, receiver)
      const request = await delivered(hook)
      const verifier = new StandardWebhook(hook.secret)

      expect(verifier.verify(request.raw.toString(), headersOf(request))).toEqual(request.body)
      expect(() => verifier.verify(changed(request.raw).toString(), headersOf(request))).toThrow()
      expect(request.headers['webhook-id']).toBe(request.body.webhookId)
    })

    test('a new secret is accepted at once, the old one for seven days', async () => {
      const hook = await subscribe(crm, receiver)
      const { secret } = (await hook.ask('rotate-secret')).body
      const judge = async () => {
        const request = await delivered(hook)
        return [hook.secret, secret].map((one) => {
          const verifier = new StandardWebhook(one)
          const at = new Date(Number(request.headers['webhook-timestamp']) * 1000)
          const signed = verifier.sign(text(request.headers['webhook-id']), at, request.raw.toString())
          return text(request.headers['webhook-signature']).split(' ').includes(signed)
        })
      }

      expect(await judge()).toEqual([true, true])
      crm.advance(week)
      expect(await judge()).toEqual([false, true])
    })

    test('an old secret that leaked signs no more', async () => {
      const hook = await subscribe(crm, receiver)
      await hook.ask('rotate-secret', { now: true })

      const signatures = text((await delivered(hook)).headers['webhook-signature']).split(' ')

      expect(signatures.map((one) => one.split(',')[0])).toEqual(['v1', 'v1a'])
    })
  })

  describe('new keys of the installation', () => {
    test('are published for seven days before they sign, and the old ones for seven days after', async () => {
      const hook = await subscribe(crm, receiver)
      const [old] = await keys()
      await rotateKeyPairs(crm.app.store, crm.as(crm.locationId).now(), false)

      const during = await delivered(hook)
      const both = await keys()
      crm.advance(week + 60_000)
      const after = await delivered(hook)
      const published = await keys()
      crm.advance(week)

      const next = both.find(
        ({ id, algorithm }: { id: string; algorithm: string }) => id !== old.id && algorithm === 'ed25519',
      )
      expect(during.headers['x-pipewright-key-id']).toBe(old.id)
      expect([old, next].map(({ pem }) => accepts(pem, during.raw, during))).toEqual([true, false])
      expect(text(during.headers['webhook-signature']).split(' ')).toHaveLength(3)
      expect(after.headers['x-pipewright-key-id']).toBe(next.id)
      expect([old, next].map(({ pem }) => accepts(pem, after.raw, after))).toEqual([false, true])
      expect(published.map(({ id }: { id: string }) => id)).toContain(old.id)
      expect((await keys()).map(({ id }: { id: string }) => id)).not.toContain(old.id)
    })

    test('take the place of leaked ones at once', async () => {
      const hook = await subscribe(crm, receiver)
      const before = (await keys()).map(({ id }: { id: string }) => id)
      await rotateKeyPairs(crm.app.store, crm.as(crm.locationId).now(), true)

      const request = await delivered(hook)

      const key = await keyNamed(request.headers['x-pipewright-key-id'])
      expect(before).not.toContain(key.id)
      expect(accepts(key.pem, request.raw, request)).toBe(true)
      expect((await keys()).some(({ id }: { id: string }) => before.includes(id))).toBe(false)
    })
  })
})
