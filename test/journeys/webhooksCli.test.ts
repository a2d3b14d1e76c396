import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Crm, startCrm } from '../harness.ts'
import type { Place } from '../support/postgres.ts'
import { lasting, program } from '../support/program.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

describe.each(lasting)('the verb webhook ($name)', ({ open }) => {
  let place: Place
  let crm: Crm
  let receiver: Receiver
  beforeAll(async () => {
    place = await open()
    crm = await startCrm({ db: place.db })
    receiver = await startReceiver()
  })
  afterAll(async () => {
    await crm.stop()
    await receiver.close()
    await place.discard()
  })

  function run(...words: string[]): Promise<{ code: number; out: string; err: string }> {
    const argv = [...program, 'webhook', ...words, '--db', place.db]
    return new Promise((resolve) => {
      execFile(process.execPath, argv, { cwd: root }, (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), out, err }),
      )
    })
  }
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever is printed
  const json = async (...words: string[]): Promise<any> => JSON.parse((await run(...words, '--json')).out)

  test('subscribes while the server runs, shows what arrived, and sends it again', { timeout: 60_000 }, async () => {
    const made = await json('create', `${receiver.url}/cli`, '--types', 'OpportunityCreate', '--name', 'Ledger')
    await crm.given.opportunity()
    await crm.settle()
    const [listed] = await json('list')
    const [delivery] = await json('deliveries', made.id)
    const again = await json('redeliver', made.id, '--delivery', delivery.id)
    await crm.settle()
    const range = await json('redeliver', made.id, '--from', '2020-01-01', '--all')
    await crm.settle()

    const counts = { waiting: 0, delivered: 1, failed: 0 }
    expect(made).toEqual({
      secret: expect.stringMatching(/^whsec_/),
      id: expect.any(String),
      name: 'Ledger',
      url: `${receiver.url}/cli`,
      types: ['OpportunityCreate'],
      retryMode: 'standard',
      state: 'active',
      stateReason: null,
      deliveries: { ...counts, delivered: 0 },
      createdAt: expect.any(String),
    })
    const { secret: _, ...same } = made
    expect(listed).toEqual({ ...same, deliveries: counts })
    expect(delivery).toMatchObject({ type: 'OpportunityCreate', state: 'delivered', attempts: 1 })
    expect([again, range]).toEqual([{ count: 1 }, { count: 1 }])
    expect(new Set(receiver.received.map(({ body }) => body.webhookId))).toEqual(new Set([delivery.id]))
    expect(receiver.received.length).toBeGreaterThan(1)
  })

  test('pauses, resumes, rotates and deletes, and says so to people', { timeout: 60_000 }, async () => {
    const { id } = await json('create', 'https://example.com/hooks', '--name', 'Ledger')

    const paused = await run('pause', id)
    const resumed = await run('resume', id)
    const rotated = await run('rotate', id, '--now')
    const list = await run('list')
    const deleted = await run('delete', id)

    expect(paused.out).toMatch(/^ +State +paused$/m)
    expect(resumed.out).toMatch(/^ +State +active$/m)
    expect(rotated.out).toMatch(/^whsec_\S{44}\n[\s\S]*Keep the secret now: it is not shown again\.\n$/)
    expect(list.out).toMatch(/^ID +Name +State +Waiting +Delivered +Failed +Address\n/)
    expect(list.out).toContain('https://example.com/hooks')
    expect(deleted.out).toBe(`Deleted Ledger (${id}).\n`)
  })

  test('shows what would steer a terminal as what it is, to people and programs', { timeout: 60_000 }, async () => {
    const name = 'a\u001b]0;title\u0007b\u009b31mc\u202ed\re\nf'
    const { webhook } = (await crm.v2.post('/console/webhooks', { url: 'https://example.com/x', types: ['*'], name }))
      .body
    const [people, programs, missing] = await Promise.all([
      run('list'),
      run('list', '--json'),
      run('pause', '\u001b[31mx'),
    ])
    const deleted = await run('delete', webhook.id)

    const shown = 'a\ufffd]0;title\ufffdb\ufffd31mc\ufffdd'
    expect(people.out.split('\n').find((line) => line.startsWith(webhook.id))).toContain(`${shown} e f`)
    expect(deleted.out).toBe(`Deleted ${shown}\ufffde\nf (${webhook.id}).\n`)
    expect(missing.code).toBe(1)
    for (const { out, err } of [people, programs, missing, deleted]) {
      expect(out + err).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
    }
  })

  test('gives the installation new keys', { timeout: 60_000 }, async () => {
    const before = await json('rotate-keys')
    const after = await json('rotate-keys', '--now')

    expect(before).toHaveLength(2)
    expect(before[0].endsAt).not.toBeNull()
    expect(after).toEqual([
      { id: expect.any(String), algorithm: 'ed25519', activeFrom: expect.any(String), endsAt: null },
    ])
    expect(before.map(({ id }: { id: string }) => id)).not.toContain(after[0].id)
  })

  test('says in one line what is wrong', { timeout: 60_000 }, async () => {
    const { id } = await json('create', 'https://example.com/hooks')

    const wrong = await Promise.all([
      run('create', 'nowhere'),
      run('create', 'https://example.com', '--types', 'Nothing'),
      run('pause', 'nobody'),
      run('redeliver', id),
      run('redeliver', id, '--from', 'soon'),
    ])

    expect(wrong.map(({ code, out }) => [code, out])).toEqual([1, 1, 1, 2, 2].map((code) => [code, '']))
    expect(wrong.map(({ err }) => err)).toEqual([
      'url must be an http or https address, such as https://example.com/hooks.\n',
      expect.stringMatching(/^types must not contain Nothing, which is none of: .+\n$/),
      'Webhook not found.\n',
      'Say what to send again: --delivery ID or --from TIME\n',
      '--from must be a time such as 2026-11-20T08:00:00Z, not "soon"\n',
    ])
  })
})
