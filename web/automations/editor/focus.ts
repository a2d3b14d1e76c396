import { nameOf } from '../../words/automationForms.ts'
import type { Issue } from './issues.ts'

const cards = () => [...document.querySelectorAll<HTMLElement>('[data-card]')]

/** The card before or behind, as they stand on the page. */
export function focusBeside(path: string, by: 1 | -1): void {
  const all = cards()
  all[all.findIndex(({ dataset }) => dataset.card === path) + by]?.focus()
}

/** Once it is drawn: what was just moved or added keeps the keyboard. */
export function focusSoon(path: string): void {
  requestAnimationFrame(() =>
    cards()
      .find(({ dataset }) => dataset.card === path)
      ?.focus(),
  )
}

export const scrollIntoSight = ({ target }: { target: EventTarget }): void =>
  (target as HTMLElement).scrollIntoView({ block: 'nearest', inline: 'nearest' })

/** What takes the keyboard; what React Aria hides beside it does not. */
const typed = ':is(input, textarea):not([type="hidden"], [hidden], [tabindex="-1"]), [role="spinbutton"]'

/** Once its card is open: the field that says what is wrong, by its name where several say the same. */
export function focusFault(issue: Issue, all: Issue[]): void {
  const name = nameOf(issue.field.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '')
  const alike = all.filter(({ card, says }) => card === issue.card && says === issue.says)
  requestAnimationFrame(() => {
    const faults = [...document.querySelectorAll('.card-form :is(.field[data-invalid] .field-error, .setting-error)')]
      .filter(({ textContent }) => textContent === issue.says)
      .map((error) => error.closest('.field, fieldset, .conditions'))
    const named = faults.filter((field) => field?.querySelector('label, legend')?.textContent === name)
    const meant = named.length === 1 ? named[0] : faults[alike.indexOf(issue)]
    const field = meant?.querySelector<HTMLElement>(typed) ?? meant?.querySelector<HTMLElement>('button')
    field?.focus()
  })
}
