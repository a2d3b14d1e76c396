import { editorWords } from '../../words/automationEditor.ts'
import { automationWords as words } from '../../words/automations.ts'

/** What the server said: where, and what of it. */
export interface Issue {
  /** The card: `trigger`, a step's path, or what the definition has besides. */
  card: string
  /** Below the card's settings: `tags`, `conditions.0.value`; empty where all of it is meant. */
  field: string
  says: string
}

const step = /^steps\.\d+(?:\.branches\.[^.\s]+\.\d+)*/

/** From “steps.2.settings.tags must be an array” to the card and the field that it belongs to; the first of a field. */
export function readIssues(issues: string[]): Issue[] {
  const read = issues.map(readIssue)
  return read.filter(({ card, field }, at) => read.findIndex((one) => one.card === card && one.field === field) === at)
}

function readIssue(issue: string): Issue {
  const [path = '', ...rest] = issue.split(' ')
  const says = wordsFor(rest.join(' '))
  const card = step.exec(path)?.[0] ?? (path.split('.')[0] as string)
  const field = path.slice(card.length + 1).replace(/^(settings|filters)\.?/, '')
  return { card, field, says }
}

function wordsFor(text: string): string {
  if (/^(should not be empty|must contain at least 1 elements|must be longer than or equal to 1)/.test(text))
    return words.missing
  const sentence = text.replace(/^must be the id of an? /, words.notThere)
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

/** Of one card's issues, those of a field and of what is inside it. */
export const issueOf = (issues: Issue[], field: string): string | undefined =>
  issues.find((issue) => issue.field === field)?.says

/** The issues below a field, with the rest of their path. */
export const issuesBelow = (issues: Issue[], field: string): Issue[] =>
  issues.flatMap((issue) =>
    issue.field.startsWith(`${field}.`) ? [{ ...issue, field: issue.field.slice(field.length + 1) }] : [],
  )

/** Where it is and what is wrong, in a sentence each; the same of several rows once. */
export function saidOf(issues: Issue[]): string {
  const says = issues.map(
    ({ card, field, says }) => `${editorWords.whereabouts(card, field)}: ${says.replace(/\.$/, '')}.`,
  )
  return [...new Set(says)].join(' ')
}
