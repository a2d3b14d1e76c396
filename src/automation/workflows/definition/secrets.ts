import { isRecord } from './workflow.ts'

/** Stands where something secret does. */
export const hidden = '•••'

/** Settings as whoever may only look sees them, and as logs keep them: what signs, and what headers say, is nobody's business. */
export function withoutSecrets<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutSecrets) as T
  if (!isRecord(value)) return value
  const entries = Object.entries(value).map(([name, inner]) => [name, hideIn(name, inner)])
  return Object.fromEntries(entries) as T
}

function hideIn(name: string, value: unknown): unknown {
  if (name === 'secret') return hidden
  if (name !== 'headers' || !isRecord(value)) return withoutSecrets(value)
  return Object.fromEntries(Object.keys(value).map((header) => [header, hidden]))
}
