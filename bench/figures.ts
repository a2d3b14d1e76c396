import type { Sample } from './drive.ts'

export type Samples = Map<string, Sample[]>

/** The medians of a target's rounds. */
export interface Figure {
  name: string
  rate: number
  p99: number
  cpu: number
  databaseCpu: number
  failed: number
}

export const figuresOf = (samples: Samples): Figure[] =>
  [...samples].map(([name, list]) => ({
    name,
    rate: median(list.map(({ rate }) => rate)),
    p99: median(list.map(({ p99 }) => p99)),
    cpu: median(list.map(({ cpu }) => cpu)),
    databaseCpu: median(list.map(({ databaseCpu }) => databaseCpu)),
    failed: list.reduce((sum, { failed }) => sum + failed, 0),
  }))

/** The figure whose name begins with the letter, `(b)`. */
export const named = (figures: Figure[], letter: string) => figures.find(({ name }) => name.startsWith(letter))

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

export const row = (...cells: (string | number)[]) => `| ${cells.join(' | ')} |`
