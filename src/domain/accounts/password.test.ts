import { expect, test } from 'vitest'
import { hashPassword, newPassword, verifyPassword } from './password.ts'

test('a password fits its own hash and no other', async () => {
  const hash = await hashPassword('correct horse')

  expect(await verifyPassword('correct horse', hash)).toBe(true)
  expect(await verifyPassword('Correct horse', hash)).toBe(false)
  expect(await verifyPassword('correct horse', 'plain')).toBe(false)
  expect(hash).not.toContain('horse')
})

test('the same password has another hash each time', async () => {
  expect(await hashPassword('same')).not.toBe(await hashPassword('same'))
})

test('an accent fits however the keyboard composes it', async () => {
  expect(await verifyPassword('cafe\u0301', await hashPassword('caf\u00e9'))).toBe(true)
})

test('a generated password can be read out', () => {
  expect(newPassword()).toMatch(/^([a-z]{6}-){3}[a-z]{6}$/)
  expect(newPassword()).not.toBe(newPassword())
})
