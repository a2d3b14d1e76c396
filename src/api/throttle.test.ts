import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { createThrottles } from './throttle.ts'

const quarter = 15 * 60 * 1000

test('ten tries at a name are admitted in a quarter of an hour, and then none', () => {
  const { email } = createThrottles()

  const tries = Array.from({ length: 12 }, (_, at) => email.admits('ada', 1000 + at))

  expect(tries.filter(Boolean)).toHaveLength(10)
  expect(email.admits('bob', 1000)).toBe(true)
  expect(email.admits('ada', 1000 + quarter - 1)).toBe(false)
  expect(email.admits('ada', 1000 + quarter)).toBe(true)
})

test('who gets in begins anew', () => {
  const { email } = createThrottles()
  for (let tried = 0; tried < 10; tried++) email.admits('ada', 0)

  email.forget('ada')

  expect(email.admits('ada', 0)).toBe(true)
})

test('a place may try more often, for several people may be there', () => {
  const { address } = createThrottles()

  const tries = Array.from({ length: 70 }, () => address.admits('127.0.0.1', 0))

  expect(tries.filter(Boolean)).toHaveLength(60)
})

test('names without end are forgotten one after the other, the newest last', () => {
  const { email } = createThrottles()
  for (let tried = 0; tried < 10; tried++) email.admits('victim', 0)
  for (let name = 0; name < 9_999; name++) email.admits(`n${name}`, 0)
  expect(email.admits('victim', 0)).toBe(false)

  email.admits('one more', 0)

  expect(email.admits('victim', 0)).toBe(true)
})

test('what is remembered of a name is small, however long it was', () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const { email } = createThrottles()
  collect()
  const before = process.memoryUsage().heapUsed

  for (let name = 0; name < 100; name++) expect(email.admits(`${name}`.padEnd(1_000_000, 'x'), 0)).toBe(true)
  collect()

  expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000)
  expect(email.admits('0'.padEnd(1_000_000, 'x'), 0)).toBe(true)
})
