import { randomBytes, randomInt, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/** 32 MB and about a fifth of a second for each guess; kept with each hash, so that they may grow. */
const cost = { N: 2 ** 15, r: 8, p: 3 }
const keyLength = 32

const consonants = 'bdfghjkmnprstvwz'
const vowels = 'aeiou'

/** Four words that can be read out and typed, `kuroba-tesimo-…`; 75 bits, not guessable. */
export function newPassword(): string {
  const syllable = () => pick(consonants) + pick(vowels)
  const word = () => syllable() + syllable() + syllable()
  return [word(), word(), word(), word()].join('-')
}

/** `scrypt:N:r:p:salt:key`. Slow on purpose: never inside a transaction. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, keyLength, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join(':')
}

export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [method, N, r, p, salt, key] = hash.split(':')
  if (method !== 'scrypt' || !salt || !key) return false

  const expected = Buffer.from(key, 'base64url')
  const options = { N: Number(N), r: Number(r), p: Number(p) }
  const actual = await derive(password, Buffer.from(salt, 'base64url'), expected.length, options)
  return timingSafeEqual(actual, expected)
}

const pick = (letters: string) => letters.charAt(randomInt(letters.length))

/** Two keyboards may write the same accent differently, so the text is brought to one form first. */
function derive(password: string, salt: Buffer, length: number, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, length, { ...options, maxmem: 256 * 2 ** 20 }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
