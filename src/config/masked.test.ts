import { expect, test } from 'vitest'
import { masking } from './masked.ts'

const quoted = (given: string, text = `"${given}" is not known.`) => masking([given])(text)

test.each([
  ['postgres://crm:s3cret@db/crm', 'postgres://crm:…@db/crm'],
  ['Postgres://crm:s3cret@db:5432/crm', 'Postgres://crm:…@db:5432/crm'],
  ['  postgres://crm:s3cret@db/crm', '  postgres://crm:…@db/crm'],
  ['"postgres://crm:s3cret@db/crm"', '"postgres://crm:…@db/crm"'],
  ['postgres//crm:s3cret@db/crm', 'postgres//crm:…@db/crm'],
  ['postgres:/crm:s3cret@db/crm', 'postgres:…@db/crm'],
  ['crm:s3cret@db/crm', 'crm:…@db/crm'],
  ['--json=postgres://crm:s3cret@db/crm', '--json=postgres://crm:…@db/crm'],
  ['--dbpostgres://crm:s3cret@db/crm', '--dbpostgres://crm:…@db/crm'],
  ['postgres://:s3cret@db/crm', 'postgres://:…@db/crm'],
  ['postgres://crm:a b@c/d:e"f@db/crm', 'postgres://crm:…@db/crm'],
  ['postgres://crm:s3cret', 'postgres://crm:…'],
  ['postgres://crm:s3cret/crm', 'postgres://crm:…/crm'],
  ['postgres://db/crm?user=crm&password=s3cret&x=1', 'postgres://db/crm?user=crm&password=…&x=1'],
  ['host=db password=s3cret', 'host=db password=…'],
])('the password of %s is left out', (given, left) => {
  expect(quoted(given)).toBe(`"${left}" is not known.`)
})

test.each([
  'tokn',
  'https://crm.example.com:4400/x',
  'http://127.0.0.1:4400',
  'admin@pipewright.local',
  ':memory:',
  '',
])('%j holds none, and is told as it is', (given) => {
  expect(quoted(given)).toBe(`"${given}" is not known.`)
})

test('the first piece alone is left out, too, where a flag or a list was cut', () => {
  const given = '--dbpostgres://crm:s3=cr,et@db/crm'

  expect(quoted(given, '--dbpostgres://crm:s3 is not an option.')).toBe('--dbpostgres://crm:… is not an option.')
  expect(quoted(given, 'has no scope postgres://crm:s3=cr.')).toBe('has no scope postgres://crm:….')
})

test('an example in the same message stays readable', () => {
  const told = quoted('postgres://crm:p@db', 'must be a URL such as postgres://user:password@host:5432/database')

  expect(told).toBe('must be a URL such as postgres://user:password@host:5432/database')
})
