import { newId } from '../../../domain/ids.ts'
import type { Definition, Step } from './workflow.ts'

/** What each step is called in addresses and logs, by its place; whoever writes a definition need not know. */
export type StepIds = Record<string, string>

/** Whatever has steps that are called something. */
interface Named {
  /** The workflow's. */
  id: string
  stepIds: StepIds
}

/** What was there before steps had ids is called by its place. */
export const stepIdAt = ({ id, stepIds }: Named, place: string): string => stepIds[place] ?? `${id}-${place}`

/** The same for all steps of a draft. */
export const stepIdsOf = (workflow: Named & { draft: Definition }): StepIds =>
  Object.fromEntries(flat(workflow.draft.steps).map(({ place }) => [place, stepIdAt(workflow, place)]))

/**
 * What the steps of a draft are called once it is written anew, so that each keeps its history though it is moved, changed,
 * or has others before it. Of one that is there twice from now on, the second is new; so is one that nothing was like.
 */
export function keptStepIds(before: (Named & { draft: Definition }) | null, steps: Step[]): StepIds {
  const ids: StepIds = {}
  for (const [{ place }, was] of before ? pairs(flat(before.draft.steps), flat(steps)) : []) {
    ids[place] = stepIdAt(before as Named, was.place)
  }
  for (const { place } of flat(steps)) ids[place] ??= newId()
  return ids
}

interface Placed {
  place: string
  type: string
  /** All that it says, but for its branches. */
  text: string
}

/** The steps that have come, each with the one that it was: what stands around the place of a change is what it was. */
function pairs(left: Placed[], come: Placed[]): [one: Placed, was: Placed][] {
  const fewer = Math.min(left.length, come.length)
  const isSame = (at: number) => left.at(at)?.text === come.at(at)?.text
  let [front, back] = [0, 0]
  while (front < fewer && isSame(front)) front++
  while (back < fewer - front && isSame(-1 - back)) back++
  const ends = [...come.splice(0, front), ...come.splice(come.length - back)]
  const wereEnds = [...left.splice(0, front), ...left.splice(left.length - back)]
  return [...ends.map((one, at): [Placed, Placed] => [one, wereEnds[at] as Placed]), ...pairsByLikeness(left, come)]
}

/** From the surest to the last: of a kind that is gone and come, one was changed into the other. */
const likenesses: ((one: Placed, other: Placed) => boolean)[] = [
  (one, other) => one.text === other.text,
  (one, other) => one.place === other.place && one.type === other.type,
  (one, other) => one.type === other.type,
]

function pairsByLikeness(left: Placed[], come: Placed[]): [one: Placed, was: Placed][] {
  const found = new Map<Placed, Placed>()
  for (const isLike of likenesses) {
    for (const one of come.filter((step) => !found.has(step))) {
      const at = left.findIndex((other) => isLike(one, other))
      const [was] = at < 0 ? [] : left.splice(at, 1)
      if (was) found.set(one, was)
    }
  }
  return [...found]
}

function flat(steps: Step[], within = ''): Placed[] {
  return steps.flatMap(({ branches = {}, ...step }, at) => {
    const place = `${within}${at}`
    const inner = Object.entries(branches).flatMap(([name, list]) => flat(list, `${place}.${name}.`))
    return [{ place, type: step.type, text: JSON.stringify(step) }, ...inner]
  })
}
