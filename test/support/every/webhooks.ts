import { sweepDeliveries } from '../../../src/automation/webhooks/deliveries/sweep.ts'
import { keyPairs, rotateKeyPairs } from '../../../src/automation/webhooks/signing/keys.ts'
import type { Crm } from '../../harness.ts'
import { startReceiver } from '../receiver.ts'
import { type Hooked, subscribe } from '../webhooks.ts'

const month = 31 * 24 * 60 * 60 * 1000

/** Webhooks through all that they meet: a receiver that is well, fails, and wants no more; pauses, repetitions, the end. */
export async function useWebhooks(crm: Crm): Promise<void> {
  const receiver = await startReceiver()
  const hook = await subscribe(crm, receiver, { name: 'Every' })
  const path = `/console/webhooks/${hook.id}`
  const { id } = await crm.given.opportunity()
  const change = async (monetaryValue: number) => {
    await crm.v2.put(`/opportunities/${id}`, { monetaryValue })
    await crm.settle()
  }
  await change(1)
  await crm.v2.get('/console/webhooks')
  await crm.v2.put(path, { name: 'Named' })
  await hook.ask('rotate-secret')
  await logEverything(crm, path, id)

  receiver.say(500)
  await change(2)
  await hook.ask('pause')
  await change(3)
  receiver.say(200)
  await hook.ask('resume')
  await sendAgain(crm, hook)
  await stop(crm, hook, () => change(4))
  await moveWithLittle(crm, receiver.url)
  receiver.say(410)
  await change(5)
  await forget(crm, path)
  receiver.say(200)
  const last = await subscribe(crm, receiver, { name: 'Stays, with what it was told' })
  await change(6)
  await last.ask('pause')
  await receiver.close()
}

async function logEverything(crm: Crm, path: string, recordId: string) {
  const queries = ['', `?recordId=${recordId}&type=OpportunityUpdate&limit=1`, '?from=2020-01-01&to=2100-01-01']
  for (const query of [...queries, '?state=failed', '?state=waiting', '?state=delivered', '?cursor=1-1']) {
    await crm.v2.get(`${path}/deliveries${query}`)
  }
}

async function sendAgain(crm: Crm, hook: Hooked) {
  const [{ id }] = await hook.log()
  await hook.ask(`deliveries/${id}/redeliver`)
  await hook.ask('redeliver', { from: '2020-01-01', states: ['delivered', 'failed', 'waiting'] })
  await crm.settle()
}

/** By a token that may not see everything: then the log is looked through. */
async function moveWithLittle(crm: Crm, url: string) {
  const by = { token: await crm.given.token(['webhooks.write', 'users.readonly']) }
  const { webhook } = (await crm.v2.post('/console/webhooks', { url, types: ['UserCreate'] }, by)).body
  await crm.v2.put(`/console/webhooks/${webhook.id}`, { url: `${url}/moved` }, by)
}

/** While many things wait, so that they are put in line in lots. */
async function stop(crm: Crm, hook: Hooked, change: () => Promise<void>) {
  await hook.ask('pause')
  for (let made = 0; made < 12; made++) await crm.given.contact()
  await change()
  await hook.ask('resume')
  await crm.settle()
}

async function forget(crm: Crm, path: string) {
  const { store } = crm.app
  const sleeping = await crm.v2.post('/console/webhooks', { url: 'http://127.0.0.1:1', types: ['*'] })
  await crm.v2.post(`/console/webhooks/${sleeping.body.webhook.id}/pause`)
  await crm.given.contact()
  await crm.settle()
  const later = { store, now: () => Date.now() + month, keepDeliveries: month - 1 }
  await sweepDeliveries(later)
  for (const one of [path, `/console/webhooks/${sleeping.body.webhook.id}`]) await crm.v2.delete(one)
  await sweepDeliveries(later)
  await keyPairs(store, Date.now())
  await rotateKeyPairs(store, Date.now(), true)
}
