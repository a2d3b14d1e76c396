import { editorWords as words } from '../../words/automationEditor.ts'
import type { Definition, Step } from './definition.ts'

/** Stands where the list of versions hides what is secret. */
const hidden = '•••'

/** What publishing would change, a line each; nothing where the draft is what runs. `titleOf`: what a type is called. */
export function changesBetween(
  before: Definition | undefined,
  after: Definition,
  titleOf: (type: string) => string,
): string[] {
  const says = words.change
  if (!before) return []
  const lines: string[] = []
  if (before.name !== after.name) lines.push(says.name(after.name))
  if (before.trigger?.type !== after.trigger?.type) lines.push(says.trigger(titleOf(after.trigger?.type ?? '')))
  else if (text(before.trigger?.filters) !== text(after.trigger?.filters)) lines.push(says.filters)
  if (text(before.settings) !== text(after.settings)) lines.push(says.settings)
  return [...lines, ...changesOfSteps(flat(before.steps), flat(after.steps), titleOf)]
}

/** A step that is gone and one of its kind that is new are one that was changed. */
function changesOfSteps(before: Flat[], after: Flat[], titleOf: (type: string) => string): string[] {
  const gone = withoutThose(before, after)
  const come = withoutThose(after, before)
  const title = ({ step: { name, type } }: Flat) => name || titleOf(type)
  const changed = come.filter(({ step }) => {
    const at = gone.findIndex((other) => other.step.type === step.type)
    if (at >= 0) gone.splice(at, 1)
    return at >= 0
  })
  const lines = [
    ...changed.map((one) => words.change.changed(title(one))),
    ...come.filter((one) => !changed.includes(one)).map((one) => words.change.added(title(one))),
    ...gone.map((one) => words.change.removed(title(one))),
  ]
  const isMoved = lines.length === 0 && before.map(({ at }) => at).join() !== after.map(({ at }) => at).join()
  return isMoved ? [words.change.order] : lines
}

interface Flat {
  step: Step
  /** What it is, and where. */
  at: string
  what: string
}

function flat(steps: Step[], within = ''): Flat[] {
  return steps.flatMap((step, index) => {
    const { branches = {}, ...bare } = step
    const what = text(bare)
    const inner = Object.entries(branches).flatMap(([name, list]) => flat(list, `${within}${index}.${name}.`))
    return [{ step, what, at: `${within}${index} ${what}` }, ...inner]
  })
}

/** Each of the others takes away one that is the same. */
function withoutThose(list: Flat[], others: Flat[]): Flat[] {
  const left = others.map(({ what }) => what)
  return list.filter(({ what }) => {
    const at = left.indexOf(what)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

/** By the order of names, and without what is secret, which versions do not tell. */
const text = (value: unknown): string => JSON.stringify(plain(value, ''))

function plain(value: unknown, name: string): unknown {
  if (name === 'secret') return hidden
  if (Array.isArray(value)) return value.map((item) => plain(item, ''))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, name === 'headers' ? hidden : plain(inner, key)]))
}
