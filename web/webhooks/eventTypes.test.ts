import { expect, test } from 'vitest'
import { typesTold } from '../../src/automation/webhooks/types.ts'
import { eventTypes } from './eventTypes.ts'

test('the form offers every event that a webhook can be told of, and no other', () => {
  expect(eventTypes.toSorted()).toEqual(typesTold.toSorted())
})
