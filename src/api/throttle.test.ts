import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { createThrottles } from './throttle.ts'

const quarter = 15 * 60 * 1000

test('ten tries as somebody are admitted in a quarter of an hour, and then none', () => {
  const { admits } = createThrottles()

  const tries = Array.from({ length: 12 }, (_, at) => admits('here', 'ada', 1000 + at))

  expect(tries.filter(Boolean)).toHaveLength(10)
  expect(admits('here', 'bob', 1000)).toBe(true)
  expect(admits('there', 'ada', 1000 + quarter - 1)).toBe(false)
  expect(admits('here', 'ada', 1000 + quarter)).toBe(true)
})

test('who gets in begins anew', () => {
  const { admits, gotIn } = createThrottles()
  for (let tried = 0; tried < 10; tried++) admits('here', 'ada', 0)

  gotIn('here', 'ada')

  expect(admits('here', 'ada', 0)).toBe(true)
})

test('a place may try more often, for several people may be there', () => {
  const { admits } = createThrottles()

  const tries = Array.from({ length: 70 }, (_, at) => admits('here', `p${at}`, 0))

  expect(tries.filter(Boolean)).toHaveLength(60)
})

test.each([
  ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', false],
  ['2001:db8:1:2::1', '2001:db8:1:3::1', true],
  ['::ffff:10.0.0.1', '10.0.0.1', false],
  ['::ffff:10.0.0.1', '::ffff:10.0.0.2', true],
])('%s and %s are places that differ: %s', (one, other, differ) => {
  const { admits } = createThrottles()
  for (let at = 0; at < 60; at++) admits(one, `p${at}`, 0)

  expect(admits(other, 'next', 0)).toBe(differ)
})

test('what succeeds does not count for the place', () => {
  const { admits, gotIn } = createThrottles()

  for (let person = 0; person < 100; person++) {
    expect(admits('office', `p${person}`, 0)).toBe(true)
    gotIn('office', `p${person}`)
  }
})

test('names without end are forgotten one after the other, the newest last', () => {
  const { admits } = createThrottles()
  for (let tried = 0; tried < 10; tried++) admits('p', 'victim', 0)
  for (let name = 0; name < 9_999; name++) admits(`${name}`, `n${name}`, 0)
  expect(admits('p', 'victim', 0)).toBe(false)

  admits('q', 'one more', 0)

  expect(admits('p', 'victim', 0)).toBe(true)
})

test('what is remembered of a name is small, however long it was', () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const { admits } = createThrottles()
  collect()
  const before = process.memoryUsage().heapUsed

  for (let name = 0; name < 100; name++) expect(admits(`${name}`, `${name}`.padEnd(1_000_000, 'x'), 0)).toBe(true)
  collect()

  expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000)
  expect(admits('0', '0'.padEnd(1_000_000, 'x'), 0)).toBe(true)
})
