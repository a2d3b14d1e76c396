import { expect, test } from 'vitest'
import { queryOf, readSearch, writeSearch } from './search.ts'

const search = { state: 'failed', type: 'NoteCreate', recordId: 'abc', from: '2026-11-20', to: '2026-11-21' }

test('what is written into the URL is read out of it, and the rest of the URL stays', () => {
  const params = writeSearch(search, new URLSearchParams('delivery=7&state=waiting'))

  expect(params.get('delivery')).toBe('7')
  expect(readSearch(params)).toEqual(search)
})

test('what is no day is none', () => {
  expect(readSearch(new URLSearchParams('from=yesterday&to=2026-13-45'))).toMatchObject({ from: '', to: '' })
})

test('days begin and end where the viewer is, the last one included, also when the clocks change', () => {
  expect(queryOf(search, 'Europe/Berlin')).toMatchObject({
    from: '2026-11-19T23:00:00.000Z',
    to: '2026-11-21T23:00:00.000Z',
  })
  expect(queryOf({ ...search, from: '2026-10-25', to: '2026-10-25' }, 'Europe/Berlin')).toMatchObject({
    from: '2026-10-24T22:00:00.000Z',
    to: '2026-10-25T23:00:00.000Z',
  })
})

test('what was not asked for stays empty', () => {
  expect(queryOf(readSearch(new URLSearchParams()), 'UTC')).toEqual({
    state: '',
    type: '',
    recordId: '',
    from: '',
    to: '',
  })
})
