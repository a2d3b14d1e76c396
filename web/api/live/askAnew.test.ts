import { QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, test } from 'vitest'
import { queryClient } from '../queries.ts'
import { askAnew } from './askAnew.ts'

interface Asked {
  answer: (text: string) => void
  fail: () => void
  isBrokenOff: () => boolean
}

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
  queryClient.clear()
})

/** What is shown under a key, and the times that it was asked for, each of which is answered when the test says so. */
function show(key: string) {
  const asked: Asked[] = []
  const queryKey = [key]
  const queryFn = ({ signal }: { signal: AbortSignal }) =>
    new Promise<string>((resolve, reject) => {
      asked.push({ answer: resolve, fail: () => reject(new Error('refused')), isBrokenOff: () => signal.aborted })
    })
  const observer = new QueryObserver(queryClient, { queryKey, queryFn, retry: false })
  ends.push(observer.subscribe(() => {}))
  const latest = () => asked.at(-1) as Asked
  const shown = () => observer.getCurrentResult().data
  return { asked, latest, shown, result: () => observer.getCurrentResult() }
}

test('what is asked for the first time is shown as it comes, and then asked for once more', async () => {
  const deals = show('deals')

  void askAnew({ queryKey: ['deals'] })
  expect(deals.asked).toHaveLength(1)
  expect(deals.latest().isBrokenOff()).toBe(false)
  deals.latest().answer('before the change')
  await expect.poll(deals.shown).toBe('before the change')

  await expect.poll(() => deals.asked).toHaveLength(2)
  deals.latest().answer('after it')
  await expect.poll(deals.shown).toBe('after it')
  expect(deals.asked).toHaveLength(2)
})

test('what is shown already is asked for at once, and an answer that was on its way does not count', async () => {
  const deals = show('deals')
  deals.latest().answer('first')
  await expect.poll(deals.shown).toBe('first')

  void askAnew({ queryKey: ['deals'] })
  void askAnew({ queryKey: ['deals'] })
  expect(deals.asked.map(({ isBrokenOff }) => isBrokenOff())).toEqual([false, true, false])
  deals.latest().answer('third')
  deals.asked[1]?.answer('second')

  await expect.poll(deals.shown).toBe('third')
  expect(deals.asked).toHaveLength(3)
})

test('what cannot be had the first time is not asked for again by itself', async () => {
  const deals = show('deals')

  void askAnew({ queryKey: ['deals'] })
  deals.latest().fail()

  await expect.poll(() => deals.result().status).toBe('error')
  expect(deals.asked).toHaveLength(1)
})

test('only what is meant is asked for', async () => {
  const [deals, contacts] = [show('deals'), show('contacts')]
  contacts.latest().answer('as they were')
  await expect.poll(contacts.shown).toBe('as they were')

  void askAnew({ queryKey: ['deals'] })
  deals.latest().answer('before')
  await expect.poll(() => deals.asked).toHaveLength(2)

  expect(contacts.asked).toHaveLength(1)
})
