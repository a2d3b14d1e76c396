import { expect, test } from 'vitest'
import { healthOf } from './health.ts'

const none = { waiting: 0, delivered: 0, failed: 0 }
const active = { state: 'active', failuresInARow: 0, deliveries: none } as const

test.each([
  ['is quiet while nothing has arrived', active, 'quiet'],
  ['is quiet while the first delivery waits', { ...active, deliveries: { ...none, waiting: 1 } }, 'quiet'],
  ['is healthy once something has arrived', { ...active, deliveries: { ...none, delivered: 1 } }, 'healthy'],
  ['fails as soon as an attempt fails', { ...active, failuresInARow: 1 }, 'failing'],
  ['is paused, however the receiver answered', { ...active, state: 'paused', failuresInARow: 3 }, 'paused'],
  ['is disabled, however the receiver answered', { ...active, state: 'disabled', failuresInARow: 3 }, 'disabled'],
] as const)('a webhook %s', (_says, webhook, health) => {
  expect(healthOf(webhook)).toBe(health)
})
