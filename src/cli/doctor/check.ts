import type { Statement } from '../../store/database.ts'

/** One thing that was looked at. A note is worth knowing and harms nobody yet. */
export interface Check {
  name: string
  result: 'ok' | 'note' | 'fails'
  /** A sentence, or what was found. */
  told: string
}

export const ok = (name: string, told: string): Check => ({ name, result: 'ok', told })
export const note = (name: string, told: string): Check => ({ name, result: 'note', told })
export const fails = (name: string, told: string): Check => ({ name, result: 'fails', told })

/** A statement without values. */
export const asking = (text: string): Statement => ({ sql: text, text, values: [] })
