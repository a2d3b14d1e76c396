import { randomFillSync, randomUUID } from 'node:crypto'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const pool = new Uint8Array(4096)
let used = pool.length

/** 20 random mixed-case alphanumerics, the shape of HighLevel's ids; 119 bits, not guessable. */
export function newId(length = 20): string {
  let id = ''
  while (id.length < length) {
    if (used === pool.length) {
      randomFillSync(pool)
      used = 0
    }
    // Six bits of each byte; the two values past the alphabet are thrown away, so every character is equally likely.
    const index = (pool[used++] as number) & 63
    if (index < alphabet.length) id += alphabet[index]
  }
  return id
}

/** A UUID, the shape of HighLevel's stage ids. */
export const newUuid = (): string => randomUUID()
