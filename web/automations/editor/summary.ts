import { choiceNames, nameOf, operatorNames } from '../../words/automationForms.ts'
import type { Settings } from './definition.ts'

/** What a card says of its settings: the first few, in a line each. `names`: what ids stand for. */
export function summaryOf(settings: Settings, names: Map<string, string>): { name: string; says: string }[] {
  return Object.entries(settings)
    .map(([name, value]) => ({ name: name === 'conditions' ? '' : nameOf(name), says: sayOf(value, names) }))
    .filter(({ says }) => says !== '')
}

function sayOf(value: unknown, names: Map<string, string>): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map((item) => sayOf(item, names)).join(', ')
  if (typeof value === 'object') return sayOfObject(value as Settings, names)
  const text = String(value)
  return names.get(text) ?? choiceNames[text] ?? text
}

/** “1 day”, “2 days”. */
const unitOf = (name: string, count: number) => {
  const unit = nameOf(name).toLowerCase()
  return count === 1 ? unit.replace(/s$/, '') : unit
}

function sayOfObject(value: Settings, names: Map<string, string>): string {
  if (typeof value.is === 'string') {
    const field = String(value.field ?? '…')
    const parts = [names.get(field) ?? field, operatorNames[value.is] ?? value.is, sayOf(value.value, names)]
    return parts.filter((part) => part !== '').join(' ')
  }
  return Object.entries(value)
    .map(([name, inner]) => {
      const says = sayOf(inner, names)
      return typeof inner === 'number' ? `${says} ${unitOf(name, inner)}` : says
    })
    .filter((says) => says !== '')
    .join(', ')
}
