/* A workflow's definition, and how its steps are changed: always a new one, so that the one before can be taken back. */

export interface Step {
  type: string
  name?: string
  settings: Settings
  branches?: Record<string, Step[]>
}
export type Settings = Record<string, unknown>

export interface Definition {
  name: string
  trigger: { type: string; filters: Settings } | null
  steps: Step[]
  settings: { allowMultiple: boolean; allowMultipleOpportunity: boolean }
}

type Parts = Partial<Omit<Definition, 'name'>>

/**
 * What there is to save of it: what is another than it was before, or without a before all of it. Never the name, which
 * is not written here: somebody else may have given another one meanwhile.
 */
export function writtenIn({ name: _, ...parts }: Definition, before?: Definition): Parts {
  if (!before) return parts
  const isChanged = (part: keyof Parts) => JSON.stringify(parts[part]) !== JSON.stringify(before[part])
  const names = Object.keys(parts) as (keyof Parts)[]
  return Object.fromEntries(names.filter(isChanged).map((part) => [part, parts[part]]))
}

/** As the server writes them: a list is `steps` or `steps.2.branches.yes`, a step is its list and a number behind it. */
export type Path = string

export function stepAt(steps: Step[], path: Path): Step | undefined {
  const [, first = '', , branch, ...rest] = path.split('.')
  const step = steps[Number(first)]
  return branch === undefined ? step : step && stepAt(step.branches?.[branch] ?? [], `steps.${rest.join('.')}`)
}

export const listOf = (path: Path): Path => path.slice(0, path.lastIndexOf('.'))
export const indexOf = (path: Path): number => Number(path.slice(path.lastIndexOf('.') + 1))

/** The list as it is, whoever's it is. */
export function listAt(steps: Step[], list: Path): Step[] {
  if (list === 'steps') return steps
  const branch = list.slice(list.lastIndexOf('.') + 1)
  return stepAt(steps, list.replace(/\.branches\.[^.]+$/, ''))?.branches?.[branch] ?? []
}

/** The steps with one list changed. */
export function changeList(steps: Step[], list: Path, change: (inner: Step[]) => Step[]): Step[] {
  if (list === 'steps') return change(steps)
  const [, first = '', , branch = '', ...rest] = list.split('.')
  return steps.map((step, at) => {
    if (at !== Number(first)) return step
    const inner = changeList(step.branches?.[branch] ?? [], ['steps', ...rest].join('.'), change)
    return { ...step, branches: { ...step.branches, [branch]: inner } }
  })
}

export const changeStep = (steps: Step[], path: Path, change: (step: Step) => Step): Step[] =>
  changeList(steps, listOf(path), (list) => list.map((step, at) => (at === indexOf(path) ? change(step) : step)))

export const insertStep = (steps: Step[], list: Path, at: number, step: Step): Step[] =>
  changeList(steps, list, (inner) => inner.toSpliced(at, 0, step))

export const removeStep = (steps: Step[], path: Path): Step[] =>
  changeList(steps, listOf(path), (list) => list.toSpliced(indexOf(path), 1))

export function duplicateStep(steps: Step[], path: Path): Step[] {
  const step = stepAt(steps, path)
  return step ? insertStep(steps, listOf(path), indexOf(path) + 1, structuredClone(step)) : steps
}

/** One place up or down within its list; undefined where there is none. */
export function placeBeside(steps: Step[], path: Path, by: 1 | -1): Path | undefined {
  const at = indexOf(path) + by
  return at >= 0 && at < listAt(steps, listOf(path)).length ? `${listOf(path)}.${at}` : undefined
}

export function moveStep(steps: Step[], path: Path, by: 1 | -1): Step[] {
  const step = stepAt(steps, path)
  const to = placeBeside(steps, path, by)
  return step && to ? insertStep(removeStep(steps, path), listOf(to), indexOf(to), step) : steps
}

export const countSteps = (steps: Step[]): number =>
  steps.reduce(
    (sum, { branches = {} }) =>
      sum +
      1 +
      Object.values(branches)
        .flatMap((inner) => countSteps(inner))
        .reduce((a, b) => a + b, 0),
    0,
  )

/** Settings with one of them changed; what is empty is left out, as if it had never been set. */
export function withSetting(settings: Settings, name: string, value: unknown): Settings {
  const { [name]: _, ...rest } = settings
  return isBlank(value) ? rest : { ...settings, [name]: value }
}

const isBlank = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
