import { runWords as words } from '../../words/automations.ts'

/** `1.yes.0` as a person counts: “Step 2 › Yes › 1”. */
export function placeName(place: string): string {
  const [first = '0', ...rest] = place.split('.')
  const inner = rest.map((part, at) => (at % 2 === 0 ? (words.branches[part] ?? part) : String(Number(part) + 1)))
  return [words.step(Number(first) + 1), ...inner].join(' › ')
}
