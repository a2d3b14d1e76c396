import { expect, test } from 'vitest'
import { blank, bodyOf, looksInside, twiceIn } from './draft.ts'

const draft = { ...blank, url: ' https://example.com/hooks ', types: ['NoteCreate'] }

test('what is left empty is not sent, so that the server chooses the name', () => {
  expect(bodyOf(draft, [])).toEqual({
    url: 'https://example.com/hooks',
    types: ['NoteCreate'],
    retryMode: 'standard',
    appId: null,
    legacySignature: false,
    headers: {},
  })
})

test('all events are one word, whatever was chosen before', () => {
  expect(bodyOf({ ...draft, isEvery: true }, [])).toMatchObject({ types: ['*'] })
})

test('headers that nobody touched are left as they are', () => {
  expect(bodyOf(draft, null)).not.toHaveProperty('headers')
})

test('rows without a name and a value are no headers', () => {
  const headers = [
    { key: 1, name: ' Authorization ', value: 'Bearer x' },
    { key: 2, name: '', value: '' },
  ]

  expect(bodyOf(draft, headers)).toMatchObject({ headers: { Authorization: 'Bearer x' } })
})

test('a header that is there twice is found, in any case', () => {
  const of = (...names: string[]) => twiceIn(names.map((name, key) => ({ key, name, value: 'x' })))

  expect(of('X-One', 'x-one')).toBe('x-one')
  expect(of('X-One', 'X-Two', '', '')).toBeUndefined()
})

test.each([
  'http://localhost:8080/hooks',
  'http://127.0.0.1/',
  'http://2130706433/',
  'https://10.1.2.3/',
  'https://172.20.0.1/',
  'https://192.168.0.10/',
  'http://169.254.169.254/latest',
  'http://100.64.0.1/',
  'http://[::1]/',
  'http://[fd00::1]/',
  'http://[::ffff:10.0.0.1]/',
  'http://hooks.internal/',
])('%s looks like an address inside', (url) => {
  expect(looksInside(url)).toBe(true)
})

test.each(['https://example.com/', 'https://172.40.0.1/', 'https://100.128.0.1/', 'https://10.example.com/', 'http'])(
  '%s does not look like an address inside',
  (url) => {
    expect(looksInside(url)).toBe(false)
  },
)
