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

/**
 * A definition as somebody sent it who may have read it without its secrets: where something is still hidden, what stood
 * there before is put back. `issues` names what nothing stood for, a sentence each that begins with the path.
 */
export function withSecrets<T>(wanted: T, before: unknown): { definition: T; issues: string[] } {
  const issues: string[] = []
  return { definition: restore(wanted, before, '', issues) as T, issues }
}

function restore(value: unknown, before: unknown, at: string, issues: string[]): unknown {
  const within = (name: string | number) => (at ? `${at}.${name}` : `${name}`)
  if (Array.isArray(value)) {
    const others = Array.isArray(before) ? before : []
    return value.map((item, index) => restore(item, sameStep(item, others[index]), within(index), issues))
  }
  if (!isRecord(value)) return value
  const other = isRecord(before) ? before : {}
  const entries = Object.entries(value).map(([name, inner]) => {
    const isSecret = name === 'secret' || /(^|\.)headers$/.test(at)
    const found = isSecret && inner === hidden ? reveal(other[name], within(name), issues) : inner
    return [name, restore(found, other[name], within(name), issues)]
  })
  return Object.fromEntries(entries)
}

function reveal(before: unknown, at: string, issues: string[]): unknown {
  if (typeof before === 'string') return before
  issues.push(`${at} must be written out: ${hidden} only stands for what is kept already`)
  return hidden
}

/** What was said to one address is not for another. */
const sameStep = (step: unknown, other: unknown) => (whose(step) === whose(other) ? other : undefined)

function whose(step: unknown): string {
  if (!isRecord(step)) return ''
  const { type, settings } = step
  return JSON.stringify([type, isRecord(settings) ? settings.url : null])
}
